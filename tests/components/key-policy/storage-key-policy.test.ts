// Truth tables of the whole key policy: who may do what with the key, asked of domain's evaluator.

import assert from "node:assert/strict";
import { type StorageKeyPolicy, storageKeyPolicy } from "../../../components/key-policy/storage-key-policy";
import { fargateKeyAccess } from "../../../domain/fargate-key-access";
import { administrators } from "../../../domain/key-administrators";
import { publicAccess } from "../../../domain/key-public-access";
import { authorize } from "../../../domain/policy/authorize";
import { parsePolicy } from "../../../domain/policy/parse-policy";
import { ABSENT, type ContextValue, present, type RequestPrincipal } from "../../../domain/policy/request";
import { isProblem } from "../../../domain/problem";

const ACCOUNT = "111122223333";
const REGION = "eu-west-1";
const ADMIN = `arn:aws:iam::${ACCOUNT}:role/admin`;
const OPERATOR = `arn:aws:iam::${ACCOUNT}:role/operator`;
const VOLUMES = `arn:aws:iam::${ACCOUNT}:role/volumes`;
const SESSIONS = `arn:aws:iam::${ACCOUNT}:role/web-task`;
const STRANGER = `arn:aws:iam::${ACCOUNT}:role/stranger`;
const PLACE = { partition: "aws", account: ACCOUNT, region: REGION, callerArn: ADMIN };
const GROUP = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/ecs/exec/web`;

const BARE: StorageKeyPolicy = {
  clusterNames: ["web", "jobs"],
  logGroupNames: [],
  volumeRoleArns: [],
  executeCommandRoleArns: [],
  administratorArns: null,
  clusterOperatorArns: [],
};
const FULL: StorageKeyPolicy = {
  ...BARE,
  administratorArns: [ADMIN],
  clusterOperatorArns: [OPERATOR],
  logGroupNames: ["/ecs/exec/web"],
  volumeRoleArns: [VOLUMES],
  executeCommandRoleArns: [SESSIONS],
};

interface Question {
  readonly principal: RequestPrincipal;
  readonly action: string;
  readonly context?: Readonly<Record<string, ContextValue>>;
}

function mayDo(policy: StorageKeyPolicy, { principal, action, context = {} }: Question): boolean {
  const parsed = parsePolicy(storageKeyPolicy(policy, PLACE));
  assert.ok(!isProblem(parsed));
  assert.deepEqual(parsed.problems, []);
  const request = { principal, action, resource: null, context: { keys: context, others: "absent" as const } };
  return (
    authorize({ request, resourceAccount: ACCOUNT, resourcePolicy: { kind: "key", policy: parsed } }).decision ===
    "allow"
  );
}

const role = (arn: string): RequestPrincipal => ({ kind: "aws", arn });

describe("the policy of an ephemeral storage key", () => {
  for (const [title, policy] of [
    ["with the account's delegation", BARE],
    ["with named administrators and every neighbour", FULL],
  ] as const) {
    describe(title, () => {
      for (const [who, account, clusterName, verdict] of [
        ["the first cluster", ACCOUNT, "web", "pass"],
        ["the second cluster", ACCOUNT, "jobs", "pass"],
        ["another cluster", ACCOUNT, "webs", "fail"],
        ["a cluster of the same name elsewhere", "444455556666", "web", "fail"],
      ] as const) {
        it(`${verdict === "pass" ? "lets" : "does not let"} Fargate use the key for ${who}`, () => {
          const access = fargateKeyAccess({
            policy: storageKeyPolicy(policy, PLACE),
            account,
            region: REGION,
            clusterName,
          });
          assert.equal(access.verdict, verdict, access.reason);
        });
      }

      it("is closed to the public", () => {
        assert.equal(publicAccess(storageKeyPolicy(policy, PLACE)).verdict, "pass");
      });

      it("keeps grants for anything but Decrypt from Fargate", () => {
        const context = (...operations: string[]) => ({
          "kms:EncryptionContext:aws:ecs:clusterAccount": present(ACCOUNT),
          "kms:EncryptionContext:aws:ecs:clusterName": present("web"),
          "kms:GrantOperations": present(...operations),
        });
        const fargate: RequestPrincipal = { kind: "service", name: "fargate.amazonaws.com" };
        const ask = (...operations: string[]) =>
          mayDo(policy, { principal: fargate, action: "kms:CreateGrant", context: context(...operations) });
        assert.deepEqual([ask("Decrypt"), ask("Encrypt"), ask("Decrypt", "CreateGrant")], [true, false, false]);
        assert.equal(mayDo(policy, { principal: fargate, action: "kms:Decrypt", context: context("Decrypt") }), false);
      });
    });
  }

  it("leaves administration to the account, or to those who are named and nobody else", () => {
    const root = `arn:aws:iam::${ACCOUNT}:root`;
    assert.deepEqual(administrators(storageKeyPolicy(BARE, PLACE)).putKeyPolicy, [{ principal: root, sure: true }]);
    assert.deepEqual(administrators(storageKeyPolicy(FULL, PLACE)).putKeyPolicy, [{ principal: ADMIN, sure: true }]);
  });

  it("names CloudWatch Logs by its principal of the China Regions there", () => {
    const place = { ...PLACE, partition: "aws-cn", region: "cn-north-1" };
    const policy = storageKeyPolicy({ ...BARE, logGroupNames: ["/ecs/exec/web"] }, place);
    assert.match(policy, /"Service":"logs\.cn-north-1\.amazonaws\.com\.cn"/);
    assert.match(policy, /"arn:aws-cn:logs:cn-north-1:/);
    assert.match(policy, /"Service":"fargate\.amazonaws\.com"/);
  });

  it("takes its partition into the account's ARN", () => {
    const text = storageKeyPolicy(BARE, { ...PLACE, partition: "aws-cn" });
    assert.match(text, /arn:aws-cn:iam::111122223333:root/);
  });

  for (const [action, admin, operator, volumes] of [
    ["kms:DescribeKey", true, true, true],
    ["kms:PutKeyPolicy", true, false, false],
    ["kms:ScheduleKeyDeletion", true, false, false],
    ["kms:EnableKeyRotation", true, false, false],
    ["kms:GetKeyPolicy", true, false, false],
    ["kms:GetKeyRotationStatus", true, false, false],
    ["kms:ListResourceTags", true, false, false],
    ["kms:CreateGrant", false, false, false],
    ["kms:Decrypt", false, false, false],
    ["kms:Encrypt", false, false, false],
    ["kms:GenerateDataKey", false, false, false],
    ["kms:GenerateDataKeyWithoutPlaintext", false, false, false],
  ] as const) {
    it(`${action}: administrator ${admin}, operator ${operator}, volume role ${volumes}, others never`, () => {
      const asked = [ADMIN, OPERATOR, VOLUMES, STRANGER].map((arn) => mayDo(FULL, { principal: role(arn), action }));
      assert.deepEqual(asked, [admin, operator, volumes, false]);
    });
  }

  describe("for EBS volumes", () => {
    const throughEbs = {
      "kms:CallerAccount": present(ACCOUNT),
      "kms:ViaService": present(`ec2.${REGION}.amazonaws.com`),
      "kms:EncryptionContextKeys": present("aws:ebs:id"),
      "kms:GrantIsForAWSResource": present("true"),
    };
    for (const [title, change, dataKey, grant] of [
      ["through EC2, for a volume", {}, true, true],
      ["called directly", { "kms:ViaService": ABSENT }, false, false],
      ["through EC2 of another Region", { "kms:ViaService": present("ec2.us-east-1.amazonaws.com") }, false, false],
      ["for another account", { "kms:CallerAccount": present("444455556666") }, false, false],
      ["for no volume", { "kms:EncryptionContextKeys": ABSENT }, false, false],
      ["for a grant to somebody", { "kms:GrantIsForAWSResource": present("false") }, true, false],
    ] as const) {
      it(`the role may make a data key ${dataKey} and a grant ${grant}: ${title}`, () => {
        const context = { ...throughEbs, ...change };
        const ask = (action: string) => mayDo(FULL, { principal: role(VOLUMES), action, context });
        assert.deepEqual([ask("kms:GenerateDataKeyWithoutPlaintext"), ask("kms:CreateGrant")], [dataKey, grant]);
        assert.equal(mayDo(FULL, { principal: role(STRANGER), action: "kms:CreateGrant", context }), false);
      });
    }
  });

  describe("for log groups", () => {
    const logs: RequestPrincipal = { kind: "service", name: `logs.${REGION}.amazonaws.com` };
    const other: RequestPrincipal = { kind: "service", name: "logs.us-east-1.amazonaws.com" };
    for (const [title, principal, arn, allowed] of [
      ["this group", logs, GROUP, true],
      ["a group that begins alike", logs, `${GROUP}-2`, false],
      ["the group of another account", logs, GROUP.replace(ACCOUNT, "444455556666"), false],
      ["another Region's service", other, GROUP, false],
    ] as const) {
      it(`CloudWatch Logs may use the key: ${allowed} for ${title}`, () => {
        const context = { "kms:EncryptionContext:aws:logs:arn": present(arn) };
        for (const action of ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"]) {
          assert.equal(mayDo(FULL, { principal, action, context }), allowed, action);
        }
        assert.equal(mayDo(FULL, { principal, action: "kms:CreateGrant", context }), false);
      });
    }
  });

  it("is refused when it grows longer than KMS takes", () => {
    const clusterNames = Array.from({ length: 70 }, (_, index) => `${index}`.padStart(255, "c"));
    const policy = { ...BARE, clusterNames };
    assert.throws(
      () => storageKeyPolicy(policy, PLACE),
      /clusterNames is "70 names": the key policy would be \d+ bytes long/,
    );
    assert.ok(storageKeyPolicy({ ...BARE, clusterNames: clusterNames.slice(0, 50) }, PLACE).length < 32_768);
  });
});
