// What is asked for is enough: once the missing statements are added to a policy, nothing but an explicit deny is left to object to.

import assert from "node:assert/strict";
import fc from "fast-check";
import { judgeKeyPolicy } from "../../../components/existing-key/key-policy-objections";
import * as given from "./policies";

const SEEN = [
  given.ROOT,
  given.ADMIN,
  given.DATA_KEY,
  given.GRANT,
  given.LOG_GROUP,
  given.VOLUME_DESCRIBE,
  given.VOLUME_DATA_KEY,
  given.VOLUME_GRANT,
  given.EXEC_DECRYPT,
  { ...given.ADMIN, Sid: "FargateCreateGrant" },
  { ...given.GRANT, Sid: "FargateGenerateDataKey", Condition: { StringEquals: { "aws:SourceAccount": "1" } } },
  { ...given.DATA_KEY, Principal: { AWS: "*" }, Action: ["kms:generatedatakey*"] },
  { ...given.VOLUME_GRANT, Principal: "*", Action: ["kms:*"] },
];
const DENY = {
  Effect: "Deny",
  Principal: "*",
  Action: "kms:*",
  Resource: "*",
  Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
};

const name = fc.constantFrom("orders", "billing", "web");
const role = fc.constantFrom(given.VOLUMES, given.TASK, "arn:aws:iam::111122223333:role/team/other");
const uses = fc.record({
  clusterNames: fc.array(name, { maxLength: 3 }),
  logGroupNames: fc.array(
    name.map((text) => `/ecs/exec/${text}`),
    { maxLength: 3 },
  ),
  volumeRoleArns: fc.array(role, { maxLength: 2 }),
  executeCommandRoleArns: fc.array(role, { maxLength: 2 }),
});
const statements = fc.subarray(SEEN);

describe("the statements that an existing key's policy lacks", () => {
  it("leave no objection once they are added", () => {
    fc.assert(
      fc.property(statements, uses, (had, wanted) => {
        const before = judgeKeyPolicy(given.question(had, wanted));
        const after = judgeKeyPolicy(given.question([...had, ...toJson(before.missing)], wanted));
        assert.deepEqual(after.objections, []);
        assert.deepEqual(after.missing, []);
        assert.equal(before.missing.length === 0, before.objections.length === 0);
      }),
      { numRuns: 300 },
    );
  });

  it("leave only denied calls where something denies them", () => {
    fc.assert(
      fc.property(statements, uses, (had, wanted) => {
        const { missing } = judgeKeyPolicy(given.question([...had, DENY], wanted));
        const after = judgeKeyPolicy(given.question([...had, DENY, ...toJson(missing)], wanted));
        assert.deepEqual(after.missing, []);
        for (const { reason } of after.objections) assert.match(reason, /^denied by/);
      }),
      { numRuns: 150 },
    );
  });

  it("never have a Sid that is there already, and name no one who lacks nothing", () => {
    fc.assert(
      fc.property(statements, uses, (had, wanted) => {
        const { missing, objections } = judgeKeyPolicy(given.question(had, wanted));
        const taken = had.map(({ Sid }) => Sid);
        const sids = missing.map(({ Sid }) => Sid);
        assert.equal(new Set(sids).size, sids.length);
        assert.ok(sids.every((sid) => !taken.includes(sid)));
        const lacking = objections.flatMap(({ user, purpose }) => [user, purpose.split(" ").at(-1) ?? ""]);
        for (const named of missing.flatMap(namesIn))
          assert.ok(
            lacking.some((one) => named.endsWith(one)),
            named,
          );
      }),
      { numRuns: 150 },
    );
  });
});

function toJson(missing: readonly object[]): readonly given.Json[] {
  return JSON.parse(JSON.stringify(missing)) as readonly given.Json[];
}

/** Clusters, log groups or roles of a statement. */
function namesIn({ Principal, Condition }: ReturnType<typeof judgeKeyPolicy>["missing"][number]): readonly string[] {
  return [
    ...(Condition?.StringEquals?.["kms:EncryptionContext:aws:ecs:clusterName"] ?? []),
    ...(Condition?.ArnEquals?.["kms:EncryptionContext:aws:logs:arn"] ?? []),
    ...[Principal.AWS ?? []].flat(),
  ];
}
