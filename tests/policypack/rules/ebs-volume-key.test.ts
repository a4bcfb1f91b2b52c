import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../policypack/rules/look";
import { CLUSTER, NATIVE_SERVICE, SERVICE } from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import { ebsVolumeKey } from "../../../policypack/rules/storage/ebs-volume-key";
import type { Fail, Verdict } from "../../../policypack/rules/verdict";
import { ebsVolume, FILES_KEY_ARN } from "../compliant/storage";
import { findings, judged } from "../judged";
import { main, SCENES, service } from "../scenes/ebs-volume-key";
import { subject } from "../subjects";

/** The one verdict of the stack. */
function verdictOf(resources: readonly StackSubject[]): Verdict {
  const [finding, ...more] = findings(ebsVolumeKey, resources);
  assert.equal(more.length, 0);
  return finding?.verdict ?? assert.fail("nothing was judged");
}

function check(broken: Properties, cluster: StackSubject = main(CLUSTER)): Verdict {
  return verdictOf([cluster, service(SERVICE, { volumeConfiguration: ebsVolume(broken) })]);
}

function failed(verdict: Verdict): Fail {
  return verdict.kind === "fail" ? verdict : assert.fail(`it is ${verdict.kind}: ${verdict.reason}`);
}

describe("ebs-volume-key", () => {
  it("has scenes that are silent when compliant and fail once when not", () => judged(ebsVolumeKey, SCENES));

  it("says nothing of a cluster without volumes, keyed for Fargate or not", () => {
    assert.deepEqual(findings(ebsVolumeKey, [main(CLUSTER), subject(SERVICE, { cluster: "main" })]), []);
    for (const volumeConfiguration of [null, [], { __defaults: [] }]) {
      assert.deepEqual(findings(ebsVolumeKey, [main(CLUSTER), service(SERVICE, { volumeConfiguration })]), []);
    }
  });

  it("passes with a key of the volume, while its ARN is not known yet too", () => {
    for (const kmsKeyId of [FILES_KEY_ARN, UNKNOWN, "alias/volumes"]) assert.equal(check({ kmsKeyId }).kind, "pass");
  });

  it("passes with the cluster's key for volumes, while its ARN is not known yet too", () => {
    for (const key of [FILES_KEY_ARN, UNKNOWN])
      assert.equal(check({ kmsKeyId: undefined }, main(CLUSTER, key)).kind, "pass");
  });

  it("fails without either, and says that the Fargate key does not reach volumes", () => {
    const { reason, evidence, change } = failed(check({ kmsKeyId: undefined }));
    assert.equal(reason, 'Service "web" attaches an EBS volume without a key of yours: "data".');
    assert.match(evidence[0] ?? "", /managedStorageConfiguration of cluster "main" has none either/);
    assert.match(evidence[1] ?? "", /covers ephemeral storage, not volumes/);
    assert.deepEqual(change, [
      '  new aws.ecs.Service("web", {',
      '    volumeConfiguration: { name: "data", managedEbsVolume: {',
      "+     kmsKeyId: key.arn,   // the infrastructure role needs it",
      "    } },",
      "  });",
    ]);
  });

  it("finds the cluster by what the service was made from while names are not known", () => {
    const cluster = { ...main(CLUSTER), properties: { ...main(CLUSTER).properties, arn: UNKNOWN, name: UNKNOWN } };
    const volumes = { cluster: UNKNOWN, volumeConfiguration: ebsVolume({ kmsKeyId: undefined }) };
    const wired = subject(SERVICE, volumes, { madeFrom: { cluster: [cluster.urn] } });
    assert.equal(verdictOf([cluster, wired]).kind, "fail");
    assert.equal(verdictOf([cluster, subject(SERVICE, volumes)]).kind, "notApplicable");
  });

  it("is silent on a cluster from outside the stack, which may have a key for volumes", () => {
    const elsewhere = subject(SERVICE, { cluster: "legacy", volumeConfiguration: ebsVolume({ kmsKeyId: undefined }) });
    assert.equal(verdictOf([main(CLUSTER), elsewhere]).kind, "notApplicable");
  });

  it("fails where encryption is turned off, on any cluster and whatever the key", () => {
    for (const encrypted of [false, "false"]) {
      const { evidence, change } = failed(check({ encrypted }));
      assert.equal(evidence[0], `volume "data": encrypted is ${JSON.stringify(encrypted)}`);
      assert.ok(change.includes(`-     encrypted: ${JSON.stringify(encrypted)},`));
      const elsewhere = subject(SERVICE, { cluster: "legacy", volumeConfiguration: ebsVolume({ encrypted }) });
      assert.equal(verdictOf([elsewhere]).kind, "fail");
    }
  });

  it("fails with the key that AWS manages", () => {
    const { evidence } = failed(check({ kmsKeyId: "alias/aws/ebs" }));
    assert.match(evidence[0] ?? "", /kmsKeyId is "alias\/aws\/ebs", which AWS manages/);
  });

  it("names every wrong volume of an aws-native service, and no other", () => {
    const volumeConfigurations = [
      ebsVolume({}, "a"),
      ebsVolume({ kmsKeyId: "" }, "b"),
      ebsVolume({ encrypted: false }, "c"),
    ];
    const { reason, change } = failed(verdictOf([main(CLUSTER), service(NATIVE_SERVICE, { volumeConfigurations })]));
    assert.match(reason, /volumes without a key of yours: "b", "c"\.$/);
    assert.deepEqual(change.slice(1, 4), [
      "    volumeConfigurations: [",
      '      { name: "b", managedEbsVolume: {',
      "+       kmsKeyId: key.arn,   // the infrastructure role needs it",
    ]);
  });

  it("is unknown while the volume, its encryption or the cluster's configuration is not known, naming it", () => {
    const cases: readonly (readonly [Verdict, RegExp])[] = [
      [
        verdictOf([main(CLUSTER), service(SERVICE, { volumeConfiguration: UNKNOWN })]),
        /volumeConfiguration is not known/,
      ],
      [check({ encrypted: UNKNOWN }), /managedEbsVolume\.encrypted is not known/],
      [
        verdictOf([main(CLUSTER), service(SERVICE, { volumeConfiguration: { name: "x", managedEbsVolume: UNKNOWN } })]),
        /volumeConfiguration\[0\] is not known/,
      ],
      [
        verdictOf([service(NATIVE_SERVICE, { volumeConfigurations: [UNKNOWN] })]),
        /volumeConfigurations\[0\] is not known/,
      ],
      [
        check(
          { kmsKeyId: undefined },
          { ...main(CLUSTER), properties: { ...main(CLUSTER).properties, configuration: UNKNOWN } },
        ),
        /configuration of cluster "main" is not known/,
      ],
    ];
    for (const [verdict, why] of cases) {
      assert.equal(verdict.kind, "unknown");
      assert.match(verdict.reason, why);
    }
  });

  it("is not applicable to a volume of another shape", () => {
    for (const volumeConfiguration of ["data", [null], { name: "data" }]) {
      assert.equal(verdictOf([service(SERVICE, { volumeConfiguration })]).kind, "notApplicable");
    }
  });
});
