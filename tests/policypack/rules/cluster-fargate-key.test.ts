import assert from "node:assert/strict";
import { clusterFargateKey } from "../../../policypack/rules/cluster/cluster-fargate-key";
import { UNKNOWN } from "../../../policypack/rules/look";
import { CLUSTER, NATIVE_CLUSTER } from "../../../policypack/rules/resource-types";
import type { Verdict } from "../../../policypack/rules/verdict";
import { asked } from "../circumstances";
import { clusterProperties, subject } from "../subjects";

function check(type: string, broken = {}): Verdict {
  const verdict = clusterFargateKey.checkResource?.(subject(type, broken), asked(clusterFargateKey));
  assert.ok(verdict);
  return verdict;
}

function failure(verdict: Verdict): string {
  assert.equal(verdict.kind, "fail");
  return `${verdict.reason}\n${verdict.kind === "fail" ? verdict.change.join("\n") : ""}`;
}

for (const type of [CLUSTER, NATIVE_CLUSTER]) {
  describe(`cluster-fargate-key on ${type}`, () => {
    it("passes with a key", () => {
      assert.equal(check(type).kind, "pass");
    });

    it("passes with a key that is not known yet: a key is wired", () => {
      assert.equal(check(type, clusterProperties(UNKNOWN)).kind, "pass");
    });

    it("fails without configuration, naming the cluster and the change", () => {
      const text = failure(check(type, { configuration: null }));
      assert.match(text, /^Cluster "web" names no key/);
      assert.match(text, /fargateEphemeralStorageKmsKeyId: key\.arn/);
      assert.ok(
        text.includes(type === CLUSTER ? 'new aws.ecs.Cluster("web", {' : 'new awsNative.ecs.Cluster("web", {'),
      );
    });

    it("says that the key stands in what ignoreChanges ignores", () => {
      const verdict = (...ignoredChanges: readonly string[]) => {
        const found = clusterFargateKey.checkResource?.(
          subject(type, { configuration: null }, { ignoredChanges }),
          asked(clusterFargateKey),
        );
        return found?.kind === "fail" ? found.evidence.join() : "";
      };
      for (const path of ["configuration", "configuration.managedStorageConfiguration", "*"]) {
        assert.ok(verdict("tags", path).includes(`ignoreChanges names "${path}"`), path);
      }
      assert.doesNotMatch(verdict("tags", "configurations"), /ignoreChanges/);
    });

    it("fails with an empty or blank key", () => {
      for (const key of ["", "  ", null]) failure(check(type, clusterProperties(key)));
    });

    it("fails when only the key of EBS volumes is given, even an unknown one, and keeps it in the change", () => {
      for (const kmsKeyId of ["arn:aws:kms:…", UNKNOWN]) {
        const text = failure(check(type, { configuration: { managedStorageConfiguration: { kmsKeyId } } }));
        assert.match(text, /keep kmsKeyId as it is/);
      }
    });

    it("fails when everything beside the key is unknown, and keeps ECS Exec's settings in the change", () => {
      const configuration = { executeCommandConfiguration: UNKNOWN, managedStorageConfiguration: {} };
      assert.match(failure(check(type, { configuration })), /keep executeCommandConfiguration as it is/);
    });

    it("is unknown when a parent of the key is, and says which", () => {
      const whole = check(type, { configuration: UNKNOWN });
      const part = check(type, { configuration: { managedStorageConfiguration: UNKNOWN } });
      assert.equal(whole.kind, "unknown");
      assert.match(whole.reason, /: configuration is not known yet/);
      assert.match(part.reason, /: configuration\.managedStorageConfiguration is not known yet/);
    });
  });
}
