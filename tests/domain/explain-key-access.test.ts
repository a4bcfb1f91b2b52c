// Which change is named for one who is refused: by who asks, and by what a deny means.

import assert from "node:assert/strict";
import { explainKeyAccess, type KeyAsker } from "../../domain/explain-key-access";
import { evaluatePolicy } from "../../domain/policy/evaluate-policy";
import { parsePolicy } from "../../domain/policy/parse-policy";
import { ABSENT, type PolicyRequest, present } from "../../domain/policy/request";
import { isProblem } from "../../domain/problem";

const ROLE = "arn:aws:iam::111122223333:role/app";
const WORDS: Omit<KeyAsker, "name" | "kind"> = {
  action: "kms:Decrypt",
  addition: "add it",
  documented: "the documented statement",
  proof: null,
  changeOf: (key, label) => (key === "kms:ViaService" ? `add ec2 to ${label}` : null),
};
const AS_ROLE: KeyAsker = { ...WORDS, name: ROLE, kind: "role" };
const AS_SERVICE: KeyAsker = { ...WORDS, name: "logs.eu-west-1.amazonaws.com", kind: "service" };
const ALLOW = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
const DENY = { Sid: "Stop", Effect: "Deny", Principal: "*", Action: "kms:*", Resource: "*" };

function changeFor(asker: KeyAsker, statements: readonly object[]): string | null {
  const policy = parsePolicy({ Version: "2012-10-17", Statement: statements });
  assert.ok(!isProblem(policy));
  const { kind, name } = asker;
  const request: PolicyRequest = {
    principal: kind === "role" ? { kind: "aws", arn: name } : { kind, name },
    action: asker.action,
    resource: null,
    context: { keys: { "kms:ViaService": present("rds"), "aws:SourceVpce": ABSENT }, others: "unknown" },
  };
  return explainKeyAccess({ asker, ...evaluatePolicy(policy, "key", request) }).change;
}

describe("the change for a call that a key policy refuses", () => {
  for (const [title, asker, statements, change] of [
    ["nothing for an allowed call", AS_ROLE, [ALLOW], null],
    ["the asker's own addition where nothing is near", AS_ROLE, [], "add it"],
    [
      "the exception of AWS services from a deny",
      AS_SERVICE,
      [ALLOW, DENY],
      'except AWS services from Stop: add the condition "Bool": {"aws:PrincipalIsAWSService": "false"}',
    ],
    [
      "the exception of a role from a deny",
      AS_ROLE,
      [ALLOW, DENY],
      `except the role from Stop: add the condition "ArnNotEquals": {"aws:PrincipalArn": "${ROLE}"}`,
    ],
    [
      "the lacking value of a deny that spares a list",
      AS_ROLE,
      [ALLOW, { ...DENY, Condition: { StringNotEquals: { "kms:ViaService": "s3" } } }],
      "add ec2 to Stop",
    ],
    [
      "the exception from a deny that aims at this very value",
      AS_ROLE,
      [ALLOW, { ...DENY, Condition: { StringEquals: { "kms:ViaService": "rds" } } }],
      `except the role from Stop: add the condition "ArnNotEquals": {"aws:PrincipalArn": "${ROLE}"}`,
    ],
    [
      "the documented statement where nobody can tell, without a proof that there is not",
      AS_ROLE,
      [{ ...ALLOW, Sid: "Open", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }],
      "use the documented statement in place of Open",
    ],
    [
      "the exception from a deny of which nobody can tell, or a proof",
      { ...AS_SERVICE, proof: "try it" },
      [ALLOW, { ...DENY, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }],
      'except AWS services from Stop ("Bool": {"aws:PrincipalIsAWSService": "false"}), or try it',
    ],
  ] as const) {
    it(`is ${title}`, () => {
      assert.equal(changeFor(asker, statements), change);
    });
  }
});
