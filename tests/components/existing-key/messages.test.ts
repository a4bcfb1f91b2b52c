// What a person reads: who is refused what and why, and what to ask the key's owner for.

import assert from "node:assert/strict";
import { judgeKeyPolicy } from "../../../components/existing-key/key-policy-objections";
import { doubtMessage, objectionMessage } from "../../../components/existing-key/messages";
import type { KeyUses } from "../../../components/key-policy/storage-key-policy";
import * as given from "./policies";

const { ROOT, ADMIN, DATA_KEY, GRANT, ORDERS, ALL, NONE } = given;
const DENY = { Sid: "OnlyUs", Effect: "Deny", Principal: "*", Action: "kms:CreateGrant", Resource: "*" };

function objection(statements: readonly given.Json[], uses: KeyUses): string {
  return objectionMessage(judgeKeyPolicy(given.question(statements, uses))) ?? "";
}

describe("the message about an existing key's policy", () => {
  it("is not there when nothing is refused and nothing in doubt", () => {
    const judgement = judgeKeyPolicy(given.question([ROOT, DATA_KEY, GRANT], ORDERS));
    assert.deepEqual([objectionMessage(judgement), doubtMessage(judgement)], [null, null]);
  });

  it("is short when one thing is wrong, with the statement that repairs it", () => {
    assert.equal(
      objection([ROOT, DATA_KEY], ORDERS),
      `its policy does not let Fargate use it for cluster orders
  kms:CreateGrant: no statement allows this to fargate.amazonaws.com
    add the statement FargateCreateGrant
Ask the key's owner to add to its policy:
[
  {
    "Sid": "FargateCreateGrant",
    "Effect": "Allow",
    "Principal": { "Service": "fargate.amazonaws.com" },
    "Action": ["kms:CreateGrant"],
    "Resource": "*",
    "Condition": {
      "StringEquals": {
        "kms:EncryptionContext:aws:ecs:clusterAccount": ["111122223333"],
        "kms:EncryptionContext:aws:ecs:clusterName": ["orders"]
      },
      "ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt"] }
    }
  }
]
Nothing is ever written to a key that this stack does not own.`,
    );
  });

  it("prints no statement when only a deny stands in the way, but the change", () => {
    assert.equal(
      objection([ROOT, DATA_KEY, GRANT, DENY], ORDERS),
      `its policy does not let Fargate use it for cluster orders
  kms:CreateGrant: denied by OnlyUs
    except AWS services from OnlyUs: add the condition "Bool": {"aws:PrincipalIsAWSService": "false"}
Ask the key's owner to change that. Nothing is ever written to a key that this stack does not own.`,
    );
  });

  it("offers the change of a statement that is near, beside a new one", () => {
    const other = JSON.parse(JSON.stringify(GRANT).replace('"orders"', '"web"')) as given.Json;
    const lines = objection([ROOT, DATA_KEY, { ...other, Sid: "Grant" }], ORDERS).split("\n");
    assert.equal(lines[2], "    add orders to the cluster names of Grant; or add the statement FargateCreateGrant");
  });

  it("does not offer to open a statement by dropping a condition of it", () => {
    const viaRds = { ...ROOT, Sid: "Rds", Condition: { StringEquals: { "kms:ViaService": "rds.amazonaws.com" } } };
    const lines = objection([viaRds], given.EXEC).split("\n");
    assert.equal(lines[2], "    add the statement ExecSessions");
  });

  it("tells both when a call is denied and nothing allows it either", () => {
    const lines = objection([ROOT, DATA_KEY, DENY], ORDERS).split("\n");
    assert.match(lines[2] ?? "", /^ {4}except AWS services from OnlyUs: .*; and add the statement FargateCreateGrant$/);
  });

  it("tells clusters of the same lack together, and every other user apart", () => {
    const text = objection([ADMIN], { ...ALL, clusterNames: ["orders", "billing", "web"] });
    const users = text.split("\n").filter((line) => /^(its|Nor)/.test(line));
    assert.deepEqual(users, [
      "its policy does not let Fargate use it for cluster orders, cluster billing and cluster web",
      "Nor does it let CloudWatch Logs use it for log group /ecs/exec/orders",
      "Nor does it let arn:aws:iam::111122223333:role/volumes use it for EBS volumes",
      "Nor does it let arn:aws:iam::111122223333:role/task use it for ECS Exec sessions",
    ]);
    assert.match(text, /^ {2}kms:Encrypt, kms:Decrypt, kms:GenerateDataKey: no statement allows this to logs\./m);
  });

  it("ends a long list with how many more there are", () => {
    const roles = Array.from({ length: 9 }, (_, index) => `arn:aws:iam::111122223333:role/volumes-${index}`);
    const text = objection([ADMIN], { ...NONE, volumeRoleArns: roles });
    assert.match(text, /^and so on for 4 more\.$/m);
    assert.doesNotMatch(text, /let \S+volumes-5 /);
    assert.match(text, /role\/volumes-8"/);
  });

  it("prints statements that parse as the ones that are missing", () => {
    const judgement = judgeKeyPolicy(given.question([], ALL));
    const text = objectionMessage(judgement) ?? "";
    const json = text.slice(text.indexOf("\n[\n"), text.lastIndexOf("\nNothing"));
    assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(judgement.missing)));
  });

  it("keeps the statements within 100 columns", () => {
    const text = objection([], { ...ALL, clusterNames: Array.from({ length: 12 }, (_, index) => `c-${index}`) });
    const json = text.slice(text.indexOf("\n[\n")).split("\n");
    assert.deepEqual(
      json.filter((line) => line.length > 100),
      [],
    );
  });

  it("says that a policy which cannot be read is none", () => {
    const judgement = judgeKeyPolicy({ ...given.question([], ORDERS), policy: "{" });
    assert.match(objectionMessage(judgement) ?? "", /^its policy cannot be read: the policy is not JSON/);
  });

  it("gives a doubt one line, with what would end it", () => {
    const misspelt = {
      ...GRANT,
      Sid: "Grant",
      Condition: { ForAllValuesStringEquals: { "kms:GrantOperations": "x" } },
    };
    const judgement = judgeKeyPolicy(given.question([ROOT, DATA_KEY, misspelt], ORDERS));
    assert.equal(objectionMessage(judgement), null);
    const doubt = doubtMessage(judgement) ?? "";
    assert.match(doubt, /^it is not certain that its policy lets Fargate use it for cluster orders: kms:CreateGrant: /);
    assert.match(doubt, /spell the operator of Grant right$/);
    assert.doesNotMatch(doubt, /\n/);
  });

  it("settles a doubt by a statement beside the one that others may need", () => {
    const forAccount = { ...ROOT, Principal: "*", Condition: { StringEquals: { "kms:CallerAccount": given.ACCOUNT } } };
    const judgement = judgeKeyPolicy(given.question([forAccount], ORDERS));
    assert.match(doubtMessage(judgement) ?? "", /; add the documented Fargate statement to settle it$/);
  });
});
