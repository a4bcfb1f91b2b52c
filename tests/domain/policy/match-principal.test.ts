// Who a statement's Principal or NotPrincipal means. Expected values are literals, read off the IAM user guide's pages
// "AWS JSON policy elements: Principal" and "NotPrincipal".

import assert from "node:assert/strict";
import { matchPrincipal, type Via } from "../../../domain/policy/match-principal";
import { parsePrincipals } from "../../../domain/policy/parse-principal";
import type { RequestPrincipal } from "../../../domain/policy/request";
import type { Ternary } from "../../../domain/policy/ternary";

const ACCOUNT = "111122223333";
const ROOT_ARN = "arn:aws:iam::111122223333:root";
const ROLE_ARN = "arn:aws:iam::111122223333:role/app";
const OTHER_ROLE_ARN = "arn:aws:iam::111122223333:role/other";
const SESSION_ARN = "arn:aws:sts::111122223333:assumed-role/app/ci";
const USER_ARN = "arn:aws:iam::111122223333:user/ann";

const role: RequestPrincipal = { kind: "aws", arn: ROLE_ARN };
const session: RequestPrincipal = { kind: "aws", arn: SESSION_ARN };
const user: RequestPrincipal = { kind: "aws", arn: USER_ARN };
const root: RequestPrincipal = { kind: "aws", arn: ROOT_ARN };
const stranger: RequestPrincipal = { kind: "aws", arn: "arn:aws:iam::444455556666:role/app" };
const fargate: RequestPrincipal = { kind: "service", name: "fargate.amazonaws.com" };
const anonymous: RequestPrincipal = { kind: "anonymous" };
const federated: RequestPrincipal = { kind: "federated", provider: "cognito-identity.amazonaws.com" };
const canonical: RequestPrincipal = { kind: "canonical", id: "79a59df900b949e5" };

type Row = readonly [title: string, element: unknown, asker: RequestPrincipal, expected: Ternary, via: Via | null];

const PRINCIPAL: readonly Row[] = [
  ["* means a role", "*", role, "yes", "everyone"],
  ["* means an anonymous caller", "*", anonymous, "yes", "everyone"],
  ['{"AWS": "*"} means a role of any account', { AWS: "*" }, stranger, "yes", "everyone"],
  ['{"AWS": "*"} means an AWS service', { AWS: "*" }, fargate, "yes", "everyone"],
  ["an account id means its roles", { AWS: ACCOUNT }, role, "yes", "account"],
  ["an account's root means its roles", { AWS: ROOT_ARN }, role, "yes", "account"],
  ["an account's root means its sessions", { AWS: ROOT_ARN }, session, "yes", "account"],
  ["an account's root means its root user itself", { AWS: ROOT_ARN }, root, "yes", "root"],
  ["an account's root means no role of another account", { AWS: ROOT_ARN }, stranger, "no", null],
  ["an account's root means no AWS service", { AWS: ROOT_ARN }, fargate, "no", null],
  ["a role means itself", { AWS: ROLE_ARN }, role, "yes", "role"],
  ["a role means its sessions", { AWS: ROLE_ARN }, session, "yes", "role"],
  [
    "a role's path does not part it from its sessions",
    { AWS: ROLE_ARN.replace("app", "team/app") },
    session,
    "yes",
    "role",
  ],
  ["a role means no other role", { AWS: OTHER_ROLE_ARN }, role, "no", null],
  ["a role means no role of that name elsewhere", { AWS: ROLE_ARN }, stranger, "no", null],
  ["a role means no user of that name", { AWS: ROLE_ARN.replace("app", "ann") }, user, "no", null],
  ["a session means itself", { AWS: SESSION_ARN }, session, "yes", "session"],
  ["a session means no other session", { AWS: SESSION_ARN.replace("/ci", "/dev") }, session, "no", null],
  ["a session may be the one that its role is asked about as", { AWS: SESSION_ARN }, role, "unknown", "session"],
  ["a user means itself", { AWS: [OTHER_ROLE_ARN, USER_ARN] }, user, "yes", "user"],
  ["the closest of several ways counts", { AWS: [ROOT_ARN, ROLE_ARN] }, role, "yes", "role"],
  ["a service means itself", { Service: "fargate.amazonaws.com" }, fargate, "yes", "service"],
  ["a service means no other", { Service: ["ecs-tasks.amazonaws.com", "ec2.amazonaws.com"] }, fargate, "no", null],
  ["a service of a Region is another principal", { Service: "fargate.eu-west-1.amazonaws.com" }, fargate, "no", null],
  ["a service means no role", { Service: "fargate.amazonaws.com" }, role, "no", null],
  [
    "types beside each other are alternatives",
    { AWS: ROLE_ARN, Service: "fargate.amazonaws.com" },
    fargate,
    "yes",
    "service",
  ],
  ["a provider means its users", { Federated: "cognito-identity.amazonaws.com" }, federated, "yes", "federated"],
  ["a provider means no other's users", { Federated: "accounts.google.com" }, federated, "no", null],
  ["a canonical user means itself", { CanonicalUser: "79a59df900b949e5" }, canonical, "yes", "canonical"],
  ["the id of a deleted role means nobody", { AWS: "AROAEXAMPLEID12345678" }, role, "no", null],
  ["a wildcard inside an ARN is refused by AWS", { AWS: "arn:aws:iam::111122223333:role/*" }, role, "unknown", "role"],
  ["a type that does not exist decides nothing", { Aws: ROLE_ARN }, role, "unknown", "role"],
  ["a bare name decides nothing", "app", role, "unknown", "role"],
  ["an empty list means nobody", { AWS: [] }, role, "no", null],
];

const NOT_PRINCIPAL: readonly Row[] = [
  ["everyone who is not listed", { AWS: [OTHER_ROLE_ARN, ROOT_ARN] }, role, "yes", "everyone"],
  ["not a role that is listed with its account", { AWS: [ROLE_ARN, ROOT_ARN] }, role, "no", null],
  ["perhaps a role that is listed without its account", { AWS: ROLE_ARN }, role, "unknown", "everyone"],
  [
    "perhaps a session of which only role and account are listed",
    { AWS: [ROLE_ARN, ACCOUNT] },
    session,
    "unknown",
    "everyone",
  ],
  [
    "not a session that is listed with role and account",
    { AWS: [SESSION_ARN, ROLE_ARN, ACCOUNT] },
    session,
    "no",
    null,
  ],
  ["the roles of an account that is listed alone", { AWS: ROOT_ARN }, role, "yes", "everyone"],
  ["not the root user of a listed account", { AWS: ROOT_ARN }, root, "no", null],
  ["not a listed service", { Service: "fargate.amazonaws.com" }, fargate, "no", null],
  ["a service beside a listed account", { AWS: ROOT_ARN }, fargate, "yes", "everyone"],
  ["nobody when everyone is listed", "*", stranger, "no", null],
];

for (const [element, rows, negated] of [
  ["Principal", PRINCIPAL, false],
  ["NotPrincipal", NOT_PRINCIPAL, true],
] as const) {
  describe(element, () => {
    for (const [title, written, asker, expected, via] of rows) {
      it(`${negated ? "means " : ""}${title}: ${expected}`, () => {
        const found = matchPrincipal({ negated, principals: parsePrincipals(written) }, asker);
        assert.deepEqual([found.match, found.via], [expected, via]);
      });
    }
  });
}

describe("a statement without Principal", () => {
  it("means nobody", () => {
    assert.equal(matchPrincipal(null, role).match, "no");
  });
});
