// What holds for every policy, over random documents made of statements that matter to Fargate's calls.

import assert from "node:assert/strict";
import fc from "fast-check";
import { FARGATE_CALLS, fargateKmsRequest } from "../../../domain/fargate-kms-request";
import { evaluatePolicy } from "../../../domain/policy/evaluate-policy";
import { parsePolicy } from "../../../domain/policy/parse-policy";
import { isProblem } from "../../../domain/problem";

interface StatementJson {
  readonly Effect: string;
  readonly Action: string;
  readonly [element: string]: unknown;
}

const principal = fc.constantFrom<unknown>(
  "*",
  { AWS: "*" },
  { AWS: "arn:aws:iam::111122223333:root" },
  { Service: "fargate.amazonaws.com" },
  { Service: "ec2.amazonaws.com" },
);
const action = fc.constantFrom("kms:*", "*", "kms:CreateGrant", "kms:GenerateDataKey*", "kms:Decrypt", "s3:*");
const condition = fc.constantFrom<unknown>(
  undefined,
  { StringEquals: { "kms:EncryptionContext:aws:ecs:clusterName": ["web", "api"] } },
  { StringNotEquals: { "kms:EncryptionContext:aws:ecs:clusterName": "api" } },
  { "ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt"] } },
  { "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": ["aws:ecs:clusterAccount", "aws:ecs:clusterName"] } },
  { ForAllValuesStringEquals: { "kms:GrantOperations": ["Decrypt"] } },
  { StringEquals: { "aws:SourceAccount": "111122223333" } },
  { Bool: { "aws:PrincipalIsAWSService": "false" } },
);

const statement: fc.Arbitrary<StatementJson> = fc
  .tuple(fc.constantFrom("Allow", "Allow", "Deny"), principal, action, condition)
  .map(([Effect, Principal, Action, Condition]) => {
    const elements = { Effect, Principal, Action, Resource: "*" };
    return Condition === undefined ? elements : { ...elements, Condition };
  });
const statements = fc.array(statement, { maxLength: 5 });
const call = fc.constantFrom(...FARGATE_CALLS);

describe("policy evaluation, for every policy", () => {
  it("never turns a refusal into an allow by one Deny more", () => {
    fc.assert(
      fc.property(statements, statement, call, (list, one, asked) => {
        const before = decide(list, asked);
        const after = decide([...list, { ...one, Effect: "Deny" }], asked);
        if (before !== "allow") assert.notEqual(after, "allow");
        if (before === "deny") assert.equal(after, "deny");
      }),
    );
  });

  it("never takes an allow away by one Allow more", () => {
    fc.assert(
      fc.property(statements, statement, call, (list, one, asked) => {
        const after = decide([...list, { ...one, Effect: "Allow" }], asked);
        if (decide(list, asked) === "allow") assert.equal(after, "allow");
      }),
    );
  });

  it("does not look at the case of action names", () => {
    fc.assert(
      fc.property(statements, call, (list, asked) => {
        const shouted = list.map((one) => ({ ...one, Action: one.Action.toUpperCase() }));
        assert.equal(decide(shouted, asked), decide(list, asked));
      }),
    );
  });

  it("does not depend on the order of statements", () => {
    fc.assert(
      fc.property(statements, call, (list, asked) => {
        assert.equal(decide(list.toReversed(), asked), decide(list, asked));
      }),
    );
  });

  it("gives the same answer for a text and for the value it holds", () => {
    fc.assert(
      fc.property(statements, (list) => {
        const document = { Version: "2012-10-17", Statement: list };
        assert.deepEqual(parsePolicy(JSON.stringify(document)), parsePolicy(document));
      }),
    );
  });

  it("never throws, whatever JSON it is given", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (whole, inside) => {
        parsePolicy(whole);
        parsePolicy(JSON.stringify(whole));
        const parsed = parsePolicy({
          Version: "2012-10-17",
          Statement: [inside, { Effect: "Allow", Condition: inside }],
        });
        assert.ok(!isProblem(parsed));
        const request = fargateKmsRequest(FARGATE_CALLS[0] ?? assert.fail(), PLACE);
        assert.notEqual(evaluatePolicy(parsed, "key", request).decision, "allow");
      }),
    );
  });
});

const PLACE = {
  account: "111122223333",
  region: "eu-west-1",
  clusterName: "web",
  keyArn: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  keyAccount: "111122223333",
};

function decide(list: readonly StatementJson[], asked: (typeof FARGATE_CALLS)[number]): string {
  const parsed = parsePolicy({ Version: "2012-10-17", Statement: list });
  assert.ok(!isProblem(parsed));
  return evaluatePolicy(parsed, "key", fargateKmsRequest(asked, PLACE)).decision;
}
