import assert from "node:assert/strict";
import { clusterKeyForm } from "../../../policypack/rules/cluster/cluster-key-form";
import { UNKNOWN } from "../../../policypack/rules/look";
import { CLUSTER, KEY, KEY_ALIAS, REPLICA_KEY } from "../../../policypack/rules/resource-types";
import type { Finding, StackSubject } from "../../../policypack/rules/rule";
import type { Verdict } from "../../../policypack/rules/verdict";
import { asked } from "../circumstances";
import { judged } from "../judged";
import { SCENES } from "../scenes/cluster-key-form";
import { clusterProperties, KEY_ARN, subject } from "../subjects";

function check(key: unknown, rest: Partial<StackSubject> = {}): Verdict {
  const verdict = clusterKeyForm.checkResource?.(subject(CLUSTER, clusterProperties(key), rest), asked(clusterKeyForm));
  assert.ok(verdict);
  return verdict;
}

function fails(key: unknown, why: RegExp, rest: Partial<StackSubject> = {}): void {
  const verdict = check(key, rest);
  assert.equal(verdict.kind, "fail");
  assert.match(verdict.reason, why);
  assert.equal(verdict.kind === "fail" && verdict.weight, undefined);
}

function atTheEnd(resources: readonly StackSubject[]): readonly Finding[] {
  return clusterKeyForm.checkStack?.(resources, asked(clusterKeyForm)) ?? assert.fail("there is no check of the stack");
}

function kinds(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ verdict }) => verdict.kind);
}

function unseenCluster(madeFrom: readonly string[]): StackSubject {
  return subject(CLUSTER, clusterProperties(UNKNOWN), { madeFrom: { configuration: madeFrom } });
}

describe("cluster-key-form", () => {
  it("has scenes that are silent when compliant and fail once when not", () => judged(clusterKeyForm, SCENES));

  it("passes with the ARN of a key of the cluster's Region", () => {
    assert.equal(check(KEY_ARN).kind, "pass");
  });

  it("fails with an alias, as name and as ARN", () => {
    fails("alias/fargate", /an alias/);
    fails("arn:aws:kms:eu-central-1:111122223333:alias/fargate", /an alias/);
  });

  it("fails with a multi-Region key", () => {
    fails("arn:aws:kms:eu-central-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab", /multi-Region/);
    fails("mrk-1234abcd12ab34cd56ef1234567890ab", /multi-Region/);
  });

  it("fails with a key of another Region, naming both", () => {
    fails(KEY_ARN.replace("eu-central-1", "us-east-1"), /in us-east-1, not in eu-central-1/);
  });

  it("fails with a key of another partition", () => {
    fails(KEY_ARN.replace("arn:aws:", "arn:aws-cn:"), /of partition aws-cn, not aws/);
  });

  it("says all that is wrong at once", () => {
    const key = "arn:aws:kms:us-east-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab";
    fails(key, /multi-Region key; it is in us-east-1/);
  });

  it("fails with what is no key, and shows the value on one short line", () => {
    fails("my key", /not a key's ARN/);
    fails(42, /not a text/);
    const long = check(`x\n${"y".repeat(5000)}`);
    assert.ok(long.kind === "fail" && long.evidence.every((line) => line.length < 200 && !line.includes("\n")));
  });

  it("advises against a bare key id, and never blocks it", () => {
    const verdict = check("1234abcd-12ab-34cd-56ef-1234567890ab");
    assert.ok(verdict.kind === "fail" && verdict.weight === "advisory");
    assert.match(verdict.reason, /bare id/);
    assert.match(verdict.why ?? "", /answers with the ARN/);
  });

  it("leaves a key that is not known yet to the end of the preview, and compares it with nothing", () => {
    assert.equal(check(UNKNOWN).kind, "notApplicable");
    assert.equal(check(UNKNOWN, { region: { state: "unknown", at: "region" } }).kind, "notApplicable");
  });

  it("passes with a key that the same stack makes, whatever the provider fills in for multiRegion", () => {
    for (const multiRegion of [undefined, false, UNKNOWN]) {
      const key = subject(KEY, { multiRegion });
      assert.deepEqual(kinds(atTheEnd([key, unseenCluster([key.urn])])), ["pass"]);
    }
  });

  it("is unknown when the key is made from an alias, whose ARN Fargate refuses", () => {
    const key = subject(KEY, { arn: UNKNOWN });
    const alias = subject(KEY_ALIAS, {}, { name: "storage", madeFrom: { targetKeyId: [key.urn] } });
    const [finding, ...more] = atTheEnd([key, alias, unseenCluster([alias.urn])]);
    assert.equal(more.length, 0);
    assert.equal(finding?.verdict.kind, "unknown");
    assert.match(finding.verdict.reason, /alias "storage": Fargate takes the alias's targetKeyArn/);
  });

  it("leaves a key from outside the stack to cluster-key-usable", () => {
    assert.deepEqual(kinds(atTheEnd([subject(KEY), unseenCluster([])])), ["notApplicable"]);
  });

  it("fails before the update when all that the key is made from is a multi-Region key of the stack", () => {
    for (const key of [subject(KEY, { multiRegion: true, arn: UNKNOWN }), subject(REPLICA_KEY, { arn: UNKNOWN })]) {
      const [finding] = atTheEnd([key, unseenCluster([key.urn])]);
      assert.equal(finding?.verdict.kind, "fail");
      assert.match(finding.verdict.reason, /"web": it is a multi-Region key\.$/);
    }
  });

  it("fails before the update when all that the key is made from is a key of another Region", () => {
    const key = subject(KEY, { arn: UNKNOWN }, { region: { state: "known", value: "us-east-1" } });
    const [finding] = atTheEnd([key, unseenCluster([key.urn])]);
    assert.match(finding?.verdict.reason ?? "", /it is in us-east-1, not in eu-central-1/);
    const somewhere = { ...unseenCluster([key.urn]), region: { state: "unknown", at: "region" } as const };
    assert.deepEqual(kinds(atTheEnd([key, somewhere])), ["pass"]);
  });

  it("fails when ECS Exec uses the unfit key too, and when there is no key that will do", () => {
    const key = subject(KEY, { multiRegion: true, arn: UNKNOWN });
    const exec = { executeCommandConfiguration: { kmsKeyId: UNKNOWN } };
    const configuration = { ...exec, managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: UNKNOWN } };
    const both = (...madeFrom: readonly string[]) =>
      subject(CLUSTER, { configuration }, { madeFrom: { configuration: madeFrom } });
    assert.deepEqual(kinds(atTheEnd([key, both(key.urn)])), ["fail"]);
    const replica = subject(REPLICA_KEY, { arn: UNKNOWN });
    assert.deepEqual(kinds(atTheEnd([key, replica, both(key.urn, replica.urn)])), ["fail"]);
    const good = subject(KEY, { multiRegion: false, arn: UNKNOWN }, { name: "good" });
    assert.deepEqual(kinds(atTheEnd([key, good, both(key.urn, good.urn)])), ["pass"]);
  });

  it("leaves an unfit key to cluster-key-usable where it may be ECS Exec's alone", () => {
    const key = subject(KEY, { multiRegion: true, arn: UNKNOWN });
    const exec = { executeCommandConfiguration: { kmsKeyId: UNKNOWN } };
    const configuration = { ...exec, managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: UNKNOWN } };
    const cluster = subject(CLUSTER, { configuration }, { madeFrom: { configuration: [key.urn, "urn:elsewhere"] } });
    assert.deepEqual(kinds(atTheEnd([key, cluster])), ["notApplicable"]);
    const known = subject(KEY, { multiRegion: true });
    assert.deepEqual(kinds(atTheEnd([known, unseenCluster([known.urn])])), ["notApplicable"]);
  });

  it("leaves a cluster of which not even the presence of a key can be seen to cluster-fargate-key", () => {
    assert.deepEqual(atTheEnd([subject(CLUSTER, { configuration: UNKNOWN })]), []);
  });

  it("has said of a known key what there is to say, and of an absent one nothing", () => {
    assert.deepEqual(
      atTheEnd([subject(CLUSTER, clusterProperties("alias/x")), subject(CLUSTER, clusterProperties(""))]),
      [],
    );
  });

  it("is unknown when the Region cannot be seen, and still judges the form", () => {
    for (const region of [{ state: "absent" }, { state: "unknown", at: "region" }] as const) {
      assert.equal(check(KEY_ARN, { region }).kind, "unknown");
      fails("alias/fargate", /an alias/, { region });
    }
  });

  it("is not applicable without a key: another rule speaks of that", () => {
    assert.equal(check("").kind, "notApplicable");
  });
});
