// What policies of several kinds say together. Expected decisions are literals, read off the IAM user guide's "Policy
// evaluation logic" and the KMS developer guide's "Default key policy".

import assert from "node:assert/strict";
import { type Authorization, authorize } from "../../../domain/policy/authorize";
import type { Policy } from "../../../domain/policy/document";
import { parsePolicy } from "../../../domain/policy/parse-policy";
import type { PolicyRequest, RequestPrincipal } from "../../../domain/policy/request";
import { isProblem } from "../../../domain/problem";

const ACCOUNT = "111122223333";
const KEY_ARN = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const role: RequestPrincipal = { kind: "aws", arn: "arn:aws:iam::111122223333:role/app" };
const user: RequestPrincipal = { kind: "aws", arn: "arn:aws:iam::111122223333:user/ann" };
const root: RequestPrincipal = { kind: "aws", arn: "arn:aws:iam::111122223333:root" };
const stranger: RequestPrincipal = { kind: "aws", arn: "arn:aws:iam::444455556666:role/app" };
const fargate: RequestPrincipal = { kind: "service", name: "fargate.amazonaws.com" };

const everything = policy({});
const nothing = policy({ Action: "s3:*" });
const denied = policy({ Effect: "Deny" });
const forAccount = policy({ Principal: { AWS: "arn:aws:iam::111122223333:root" } });
const forRole = policy({ Principal: { AWS: "arn:aws:iam::111122223333:role/app" } });
const forUser = policy({ Principal: { AWS: "arn:aws:iam::111122223333:user/ann" } });
const forStranger = policy({ Principal: { AWS: "444455556666" } });
const forFargate = policy({ Principal: { Service: "fargate.amazonaws.com" } });
const undecided = policy({ Condition: { StringMatches: { "a:b": "c" } } });

type Parts = Omit<Authorization, "request" | "resourceAccount">;
type Row = readonly [
  title: string,
  principal: RequestPrincipal,
  parts: Parts,
  decision: string,
  stoppedBy: string | null,
];
const key = (its: Policy) => ({ resourcePolicy: { kind: "key", policy: its } }) as const;
const bucket = (its: Policy) => ({ resourcePolicy: { kind: "resource", policy: its } }) as const;

const ROWS: readonly Row[] = [
  ["a key policy that names the role is enough", role, key(forRole), "allow", null],
  [
    "a key policy that names the account leaves it to IAM, which says nothing",
    role,
    key(forAccount),
    "implicit-deny",
    "key",
  ],
  [
    "a key policy that names the account leaves it to IAM, which allows",
    role,
    { ...key(forAccount), identityPolicies: [everything] },
    "allow",
    null,
  ],
  [
    "a key policy that names the account leaves it to IAM, which allows other things",
    role,
    { ...key(forAccount), identityPolicies: [nothing] },
    "implicit-deny",
    "identity",
  ],
  [
    "an identity policy alone does not open a key",
    role,
    { ...key(forUser), identityPolicies: [everything] },
    "implicit-deny",
    "key",
  ],
  ["the root user of a named account needs no identity policy", root, key(forAccount), "allow", null],
  [
    "a role of another account needs both policies, and has the key's",
    stranger,
    key(forStranger),
    "implicit-deny",
    "key",
  ],
  [
    "a role of another account needs both policies, and has both",
    stranger,
    { ...key(forStranger), identityPolicies: [everything] },
    "allow",
    null,
  ],
  ["a service needs the key policy alone", fargate, key(forFargate), "allow", null],
  [
    "a service is not let in by naming the account",
    fargate,
    { ...key(forAccount), identityPolicies: [everything] },
    "implicit-deny",
    "key",
  ],
  ["a deny in an identity policy wins", role, { ...key(forRole), identityPolicies: [denied] }, "deny", "identity"],
  ["a deny in the key policy wins", role, { ...key(denied), identityPolicies: [everything] }, "deny", "key"],
  [
    "elsewhere than in KMS an identity policy is enough",
    role,
    { ...bucket(forUser), identityPolicies: [everything] },
    "allow",
    null,
  ],
  ["elsewhere than in KMS a resource policy that names the role is enough", role, bucket(forRole), "allow", null],
  [
    "an identity policy alone decides where a resource has none",
    role,
    { identityPolicies: [everything] },
    "allow",
    null,
  ],
  [
    "another account's resource without a policy is closed",
    stranger,
    { identityPolicies: [everything] },
    "implicit-deny",
    "identity",
  ],
  ["an SCP must allow", role, { ...key(forRole), scpLevels: [[everything], [nothing]] }, "implicit-deny", "scp"],
  ["one SCP of a level is enough", role, { ...key(forRole), scpLevels: [[nothing, everything]] }, "allow", null],
  ["an SCP's deny wins", role, { ...key(forRole), scpLevels: [[everything, denied]] }, "deny", "scp"],
  ["an SCP does not bind a service", fargate, { ...key(forFargate), scpLevels: [[denied]] }, "allow", null],
  [
    "an SCP does not bind a service-linked role",
    { ...role, serviceLinked: true },
    { ...key(forRole), scpLevels: [[denied]] },
    "allow",
    null,
  ],
  ["an RCP binds a service", fargate, { ...key(forFargate), rcpLevels: [[everything, denied]] }, "deny", "rcp"],
  ["an RCP must allow", fargate, { ...key(forFargate), rcpLevels: [[nothing]] }, "implicit-deny", "rcp"],
  [
    "an RCP does not bind a service-linked role",
    { ...role, serviceLinked: true },
    { ...key(forRole), rcpLevels: [[denied]] },
    "allow",
    null,
  ],
  [
    "a boundary must allow",
    role,
    { ...key(forAccount), identityPolicies: [everything], boundary: nothing },
    "implicit-deny",
    "boundary",
  ],
  [
    "a boundary limits a role that the key policy names",
    role,
    { ...key(forRole), boundary: nothing },
    "implicit-deny",
    "boundary",
  ],
  [
    "a boundary's silence does not limit a user that the key policy names",
    user,
    { ...key(forUser), boundary: nothing },
    "allow",
    null,
  ],
  ["a boundary's deny limits also that user", user, { ...key(forUser), boundary: denied }, "deny", "boundary"],
  [
    "what the identity policy cannot decide is unknown",
    role,
    { ...key(forAccount), identityPolicies: [undecided] },
    "unknown",
    "identity",
  ],
  ["what an SCP cannot decide is unknown", role, { ...key(forRole), scpLevels: [[undecided]] }, "unknown", "scp"],
  ["a sure deny outweighs what is unknown", role, { ...key(forRole), scpLevels: [[undecided, denied]] }, "deny", "scp"],
];

describe("policies of several kinds together", () => {
  for (const [title, principal, parts, decision, stoppedBy] of ROWS) {
    it(`${title}: ${decision}`, () => {
      const request: PolicyRequest = {
        principal,
        action: "kms:Decrypt",
        resource: KEY_ARN,
        context: { keys: {}, others: "absent" },
      };
      const found = authorize({ request, resourceAccount: ACCOUNT, ...parts });
      assert.deepEqual([found.decision, found.stoppedBy], [decision, stoppedBy]);
    });
  }
});

function policy(elements: Readonly<Record<string, unknown>>): Policy {
  const standard = { Sid: "S", Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" };
  const parsed = parsePolicy({ Version: "2012-10-17", Statement: [{ ...standard, ...elements }] });
  assert.ok(!isProblem(parsed));
  return parsed;
}
