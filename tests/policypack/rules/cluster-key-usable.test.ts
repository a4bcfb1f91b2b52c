import assert from "node:assert/strict";
import { clusterKeyUsable } from "../../../policypack/rules/cluster/cluster-key-usable";
import { type Properties, UNKNOWN } from "../../../policypack/rules/look";
import {
  CLUSTER,
  EXTERNAL_KEY,
  KEY,
  KEY_ALIAS,
  KEY_POLICY,
  LOG_GROUP,
  NATIVE_CLUSTER,
  NATIVE_KEY,
  REPLICA_KEY,
} from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import type { Fail, Unknown, Verdict } from "../../../policypack/rules/verdict";
import { asked } from "../circumstances";
import { fargateStatements, POLICY, policyWith } from "../compliant/key";
import { judged } from "../judged";
import { SCENES } from "../scenes/cluster-key-usable";
import { keyed, keyOf } from "../scenes/keyed-cluster";
import { clusterProperties, KEY_ARN, subject } from "../subjects";

function verdictOf(...resources: readonly StackSubject[]): Verdict {
  const [finding, ...others] = clusterKeyUsable.checkStack?.(resources, asked(clusterKeyUsable)) ?? [];
  assert.ok(finding !== undefined && others.length === 0);
  assert.equal(finding.subject.name, "web");
  return finding.verdict;
}

function failure(...resources: readonly StackSubject[]): Fail {
  const verdict = verdictOf(...resources);
  return verdict.kind === "fail" ? verdict : assert.fail(`${verdict.kind}: ${verdict.reason}`);
}

function doubt(...resources: readonly StackSubject[]): Unknown {
  const verdict = verdictOf(...resources);
  return verdict.kind === "unknown" ? verdict : assert.fail(`${verdict.kind}: ${verdict.reason}`);
}

/** The key and the cluster before the first update: the ARN of neither is known. */
function firstPreview(broken: Properties = {}, names: Properties = { name: "web" }): readonly StackSubject[] {
  const key = keyOf(KEY, { arn: UNKNOWN, multiRegion: UNKNOWN, ...broken });
  return [key, toCome([key], names)];
}

function toCome(keys: readonly StackSubject[], names: Properties = { name: "web" }): StackSubject {
  return subject(
    CLUSTER,
    { ...clusterProperties(UNKNOWN), arn: UNKNOWN, id: UNKNOWN, ...names },
    { madeFrom: { configuration: keys.map(({ urn }) => urn) } },
  );
}

function withoutPolicy(key: Properties): StackSubject {
  return keyOf(KEY, { arn: UNKNOWN, policy: UNKNOWN, ...key }, { madeFrom: {} });
}

describe("cluster-key-usable", () => {
  it("has scenes that are silent when compliant and fail once when not", () => judged(clusterKeyUsable, SCENES));

  it("is silent on the first preview of a key whose policy admits Fargate", () => {
    assert.equal(verdictOf(...firstPreview()).kind, "pass");
    const anyCluster = policyWith(...fargateStatements("web", { Condition: undefined }));
    assert.equal(verdictOf(...firstPreview({ policy: anyCluster })).kind, "pass");
    assert.equal(verdictOf(...firstPreview({ policy: anyCluster }, { name: UNKNOWN })).kind, "pass");
  });

  for (const [title, policy, why] of [
    ["no statement for Fargate", policyWith(), /no statement allows kms:GenerateDataKeyWithoutPlaintext/],
    ["no grants", policyWith(fargateStatements("web")[0] ?? {}), /no statement allows kms:CreateGrant/],
    ["another cluster's name", policyWith(...fargateStatements("shop")), /shop/],
    [
      "a denial of everything",
      policyWith(...fargateStatements("web"), {
        Sid: "Closed",
        Effect: "Deny",
        Principal: "*",
        Action: "kms:*",
        Resource: "*",
      }),
      /denied by Closed/,
    ],
    ["statements without Resource", policyWith(...fargateStatements("web", { Resource: undefined })), /no Resource/],
    [
      "the encryption context closed to what real calls carry",
      policyWith(
        ...fargateStatements("web", {
          Condition: {
            "ForAllValues:StringEquals": {
              "kms:EncryptionContextKeys": ["aws:ecs:clusterAccount", "aws:ecs:clusterName"],
            },
          },
        }),
      ),
      /aws:ebs:id/,
    ],
  ] as const) {
    it(`fails on the first preview, before any ARN is known, with ${title}`, () => {
      const { reason, change, weight } = failure(...firstPreview({ policy }));
      assert.match(reason, /^Fargate cannot use key "cmk" of cluster "web": its policy refuses kms:/);
      assert.match(reason, why);
      assert.equal(weight, undefined);
      assert.ok(change.some((line) => line.trim() === 'new aws.kms.Key("cmk", {'));
    });
  }

  it("shows the statements that are missing, with the cluster's name and, once it is known, its account", () => {
    const change = failure(...keyed(KEY, { policy: policyWith() })).change.join("\n");
    assert.match(change, /"kms:EncryptionContext:aws:ecs:clusterAccount": "111122223333"/);
    assert.match(change, /"kms:EncryptionContext:aws:ecs:clusterName": "web"/);
    assert.match(change, /kms:GenerateDataKeyWithoutPlaintext[\s\S]*kms:CreateGrant/);
    const before = failure(...firstPreview({ policy: policyWith() })).change.join("\n");
    assert.match(before, /clusterAccount": accountId,/);
    const grants = failure(...keyed(KEY, { policy: policyWith(fargateStatements("web")[0] ?? {}) })).change.join("\n");
    assert.doesNotMatch(grants, /Action: "kms:GenerateDataKey/);
  });

  it("adds the cluster's name, or its account, to statements that name others", () => {
    const { change } = failure(...keyed(KEY, { policy: policyWith(...fargateStatements("shop")) }));
    assert.deepEqual(change, [
      '  new aws.kms.Key("cmk", {',
      "    // in the policy: FargateGenerateDataKey",
      '-   "kms:EncryptionContext:aws:ecs:clusterName": ["shop"],',
      '+   "kms:EncryptionContext:aws:ecs:clusterName": ["shop", "web"],',
      "    // in the policy: FargateCreateGrant",
      '-   "kms:EncryptionContext:aws:ecs:clusterName": ["shop"],',
      '+   "kms:EncryptionContext:aws:ecs:clusterName": ["shop", "web"],',
      "  });",
    ]);
    const other = JSON.stringify(POLICY).replaceAll('["111122223333"]', '["444455556666"]');
    const account = failure(...keyed(KEY, { policy: other })).change.join("\n");
    assert.match(account, /\+ {3}"kms:EncryptionContext:aws:ecs:clusterAccount": \["444455556666", "111122223333"\],/);
  });

  it("says in words what to change of a statement that is near for another reason", () => {
    const denied = { Sid: "Closed", Effect: "Deny", Principal: "*", Action: "kms:*", Resource: "*" };
    const { change } = failure(...keyed(KEY, { policy: policyWith(...fargateStatements("web"), denied) }));
    assert.match(change.join("\n"), /\/\/ except AWS services from Closed/);
    assert.ok(change.every((line) => line.length <= 66));
  });

  it("fails on the first preview with a policy that the program leaves out, which is AWS's default", () => {
    for (const key of [withoutPolicy({}), keyOf(KEY, { policy: undefined, arn: UNKNOWN })]) {
      const { reason, change } = failure(key, toCome([key]));
      assert.match(reason, /AWS's default policy, which does not admit fargate\.amazonaws\.com/);
      assert.match(change.join("\n"), /AccountAdministration[\s\S]*FargateGenerateDataKey[\s\S]*FargateCreateGrant/);
    }
  });

  it("is unknown, once, with a policy that the program gives and that is not known yet", () => {
    for (const key of [
      keyOf(KEY, { policy: UNKNOWN, arn: UNKNOWN }),
      keyOf(NATIVE_KEY, { keyPolicy: { ...POLICY, Statement: [UNKNOWN] }, arn: UNKNOWN }),
    ]) {
      const { reason, checkedBy } = doubt(key, toCome([key]));
      assert.equal(
        reason,
        'Whether Fargate can use key "cmk" of cluster "web" cannot be seen: its policy is not known yet.',
      );
      assert.equal(checkedBy, "the update, at its end");
    }
  });

  it("takes the policy of a KeyPolicy resource in place of the key's own, joined by sources, id and alias", () => {
    const key = withoutPolicy({});
    const alias = subject(KEY_ALIAS, {}, { name: "alias", madeFrom: { targetKeyId: [key.urn] } });
    for (const source of [key.urn, alias.urn]) {
      const separate = subject(KEY_POLICY, { keyId: UNKNOWN }, { madeFrom: { keyId: [source] } });
      assert.equal(verdictOf(key, alias, separate, toCome([key])).kind, "pass");
    }
    const [known, cluster] = keyed(KEY, { policy: policyWith() });
    assert.ok(known !== undefined && cluster !== undefined);
    assert.equal(verdictOf(known, cluster, subject(KEY_POLICY)).kind, "pass");
    const others = subject(KEY_POLICY, { keyId: "abcd1234-12ab-34cd-56ef-1234567890ab" });
    assert.equal(verdictOf(known, cluster, others).kind, "fail");
  });

  it("finds the key behind a KeyPolicy that the cluster waits for", () => {
    const key = withoutPolicy({});
    const separate = subject(KEY_POLICY, { keyId: UNKNOWN, policy: policyWith() }, { madeFrom: { keyId: [key.urn] } });
    assert.equal(verdictOf(key, separate, toCome([separate])).kind, "fail");
  });

  it("is unknown when a KeyPolicy may be for the key that has none", () => {
    const key = withoutPolicy({});
    const stray = subject(KEY_POLICY, { keyId: UNKNOWN }, { madeFrom: { keyId: ["urn:elsewhere"] } });
    assert.equal(verdictOf(key, stray, toCome([key])).kind, "unknown");
  });

  it("compares the account of a known ARN with the policy's", () => {
    const other = JSON.stringify(POLICY).replaceAll('["111122223333"]', '["444455556666"]');
    assert.equal(verdictOf(...firstPreview({ policy: other })).kind, "pass");
    assert.match(failure(...keyed(KEY, { policy: other })).reason, /444455556666/);
  });

  it("is unknown when the policy names clusters and the cluster's name is not known", () => {
    const { reason } = doubt(...firstPreview({}, { name: UNKNOWN }));
    assert.match(reason, /it names clusters, and the cluster's name is not known yet/);
    assert.equal(verdictOf(...firstPreview({ policy: policyWith() }, { name: UNKNOWN })).kind, "fail");
  });

  it("fails with a disabled key and with one that is not symmetric, as providers and languages write it", () => {
    for (const [broken, why] of [
      [{ isEnabled: false }, /it is disabled/],
      [{ isEnabled: "false" }, /it is disabled/],
      [{ keyUsage: "SIGN_VERIFY" }, /no symmetric encryption key/],
      [{ customerMasterKeySpec: "RSA_2048" }, /no symmetric encryption key/],
    ] as const) {
      assert.match(failure(...firstPreview(broken)).reason, why);
    }
    const external = keyOf(EXTERNAL_KEY, { enabled: false, arn: UNKNOWN });
    assert.match(failure(external, toCome([external])).change.join("\n"), /- {3}enabled: false,/);
  });

  it("takes what the provider computes for what it will be", () => {
    const key = keyOf(EXTERNAL_KEY, { arn: UNKNOWN, keySpec: UNKNOWN, keyUsage: UNKNOWN, enabled: UNKNOWN });
    assert.equal(verdictOf(key, toCome([key])).kind, "pass");
  });

  it("passes when one of the keys that it may be will do", () => {
    const exec = keyOf(KEY, { arn: UNKNOWN, policy: policyWith() }, { name: "exec" });
    const [key, cluster] = firstPreview();
    assert.ok(key !== undefined && cluster !== undefined);
    assert.equal(verdictOf(exec, key, toCome([exec, key])).kind, "pass");
  });

  it("fails when none of them will do, naming each, the nearest first", () => {
    const exec = keyOf(KEY, { arn: UNKNOWN, policy: policyWith() }, { name: "exec" });
    const key = keyOf(KEY, { arn: UNKNOWN, policy: policyWith(fargateStatements("web")[0] ?? {}) });
    const { reason, evidence } = failure(exec, key, toCome([exec, key]));
    assert.match(reason, /key "cmk".*CreateGrant/);
    assert.ok(evidence.some((line) => line.startsWith('nor can it use key "exec": ')));
  });

  it("is unknown when an unfit key may be ECS Exec's alone", () => {
    const key = keyOf(KEY, { arn: UNKNOWN, policy: policyWith() });
    const group = subject(LOG_GROUP);
    const exec = { executeCommandConfiguration: { kmsKeyId: UNKNOWN } };
    const configuration = { ...exec, managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: UNKNOWN } };
    const cluster = { ...toCome([key, group]), properties: { name: "web", configuration } };
    assert.match(doubt(key, cluster).reason, /If it is "cmk", it cannot: its policy refuses/);
    const inUse = keyOf(KEY, { policy: policyWith() });
    assert.equal(doubt(inUse, toCome([inUse])).kind, "unknown");
  });

  it("does not take ECS Exec's new key for the known one from elsewhere", () => {
    const exec = keyOf(KEY, { arn: UNKNOWN, policy: policyWith() }, { name: "exec" });
    const cluster = subject(CLUSTER, clusterProperties(KEY_ARN), { madeFrom: { configuration: [exec.urn] } });
    assert.match(doubt(exec, cluster).reason, /not part of this stack/);
  });

  it("is unknown for a key from elsewhere, with a command that can be pasted once all is known", () => {
    const names = { name: "web", arn: "arn:aws:ecs:eu-central-1:111122223333:cluster/web" };
    const { reason, command } = doubt(subject(CLUSTER, { ...clusterProperties(KEY_ARN), ...names }));
    assert.equal(
      reason,
      'Whether Fargate can use the key of cluster "web" cannot be seen: the key is not part of this stack.',
    );
    assert.equal(
      command,
      `aws kms get-key-policy --policy-name default --key-id ${KEY_ARN} --region eu-central-1 | ` +
        "fargate-cmk check-key-policy - --account 111122223333 --cluster web --region eu-central-1",
    );
    const open = doubt(subject(CLUSTER, clusterProperties(UNKNOWN), { region: { state: "absent" } }));
    assert.match(
      open.command ?? "",
      /--key-id KEY-ARN --region REGION .* --account ACCOUNT --cluster NAME --region REGION$/,
    );
    const odd = doubt(subject(CLUSTER, { ...clusterProperties(KEY_ARN), name: "a; b" }));
    assert.match(odd.command ?? "", /--cluster NAME/);
  });

  it("leaves a key from elsewhere to the component that reads and judges it, and to no other", () => {
    const below = (types: string) => `urn:pulumi:dev::shop::${types}$${CLUSTER}::web`;
    const verdict = (urn: string) => verdictOf({ ...subject(CLUSTER, clusterProperties(KEY_ARN)), urn }).kind;
    assert.equal(verdict(below("fargate-cmk:index:EncryptedFargateCluster")), "notApplicable");
    assert.equal(verdict(below("acme:index:Shop$fargate-cmk:index:EncryptedFargateCluster")), "notApplicable");
    assert.equal(verdict(below("acme:index:EncryptedFargateCluster")), "unknown");
    assert.equal(verdict(below("fargate-cmk:index:EncryptedFargateCluster$acme:index:Inner")), "unknown");
  });

  it("takes a bare key id for the key of the stack that has it", () => {
    const key = keyOf(KEY, { policy: policyWith() });
    const cluster = subject(CLUSTER, clusterProperties(KEY_ARN.split("/")[1]));
    assert.equal(verdictOf(key, cluster).kind, "fail");
  });

  it("leaves to cluster-key-form what it says: aliases, other Regions, multi-Region keys", () => {
    const far = KEY_ARN.replace("eu-central-1", "us-east-1");
    for (const key of ["alias/fargate", far]) {
      assert.equal(verdictOf(subject(CLUSTER, clusterProperties(key))).kind, "notApplicable");
    }
    for (const key of [
      keyOf(KEY, { arn: UNKNOWN, multiRegion: true, policy: policyWith() }),
      keyOf(REPLICA_KEY, { arn: UNKNOWN }),
    ]) {
      assert.equal(verdictOf(key, toCome([key])).kind, "notApplicable");
    }
  });

  it("leaves a misspelt condition operator to key-policy-not-public", () => {
    const [, , policy] = POLICY.Statement;
    const misspelt = policyWith(fargateStatements("web")[0] ?? {}, {
      ...policy,
      Condition: { ForAllValuesStringEquals: { "kms:GrantOperations": ["Decrypt"] } },
    });
    assert.equal(verdictOf(...firstPreview({ policy: misspelt })).kind, "notApplicable");
  });

  it("is unknown, and points to a probe, where no document tells", () => {
    const policy = policyWith(
      ...fargateStatements("web", { Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } } }),
    );
    const { reason, checkedBy } = doubt(...firstPreview({ policy }));
    assert.match(reason, /aws:SourceAccount/);
    assert.match(checkedBy, /--probe/);
  });

  it("never throws at what is no policy", () => {
    for (const policy of ["{", "[]", "nope", 42, { Statement: "x" }]) {
      assert.ok(["unknown", "fail"].includes(verdictOf(...firstPreview({ policy })).kind), String(policy));
    }
  });

  it("says nothing of a cluster without a key, or of which none can be seen", () => {
    for (const properties of [clusterProperties(""), { configuration: UNKNOWN }, {}]) {
      const found = clusterKeyUsable.checkStack?.([subject(NATIVE_CLUSTER, properties, {})], asked(clusterKeyUsable));
      assert.ok(found?.every(({ verdict }) => verdict.kind === "notApplicable" || verdict.kind === "unknown"));
    }
    assert.deepEqual(
      clusterKeyUsable.checkStack?.([subject(CLUSTER, clusterProperties(""))], asked(clusterKeyUsable)),
      [],
    );
  });
});
