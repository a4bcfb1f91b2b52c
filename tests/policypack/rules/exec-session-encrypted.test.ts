import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../policypack/rules/look";
import { execSessionEncrypted } from "../../../policypack/rules/monitoring/exec-session-encrypted";
import { CLUSTER, SERVICE } from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import type { Fail, Verdict } from "../../../policypack/rules/verdict";
import { findings, judged } from "../judged";
import { exec, execCluster, MAIN_ARN, SCENES } from "../scenes/exec-session-encrypted";
import { subject } from "../subjects";

const USER = service({ enableExecuteCommand: true });

function service(properties: Properties): StackSubject {
  return subject(SERVICE, { cluster: MAIN_ARN, ...properties });
}

function verdictOf(...resources: readonly StackSubject[]): Verdict {
  const [finding, ...more] = findings(execSessionEncrypted, resources);
  assert.equal(more.length, 0);
  return finding?.verdict ?? assert.fail("nothing was judged");
}

function failed(verdict: Verdict): Fail {
  return verdict.kind === "fail" ? verdict : assert.fail(`it is ${verdict.kind}: ${verdict.reason}`);
}

function isSilent(...resources: readonly StackSubject[]): void {
  assert.deepEqual(findings(execSessionEncrypted, resources), []);
}

describe("exec-session-encrypted", () => {
  it("has scenes that are silent when compliant and fail once when not", () => judged(execSessionEncrypted, SCENES));

  it("says nothing where Exec is neither used nor configured", () => {
    isSilent(execCluster(undefined), service({}));
    for (const off of [false, "false", null, ""])
      isSilent(execCluster(undefined), service({ enableExecuteCommand: off }));
    for (const empty of [null, [], { __defaults: [] }]) isSilent(execCluster(empty));
  });

  it("says nothing of a cluster over a service that uses Exec elsewhere", () => {
    isSilent(execCluster(undefined), subject(SERVICE, { cluster: "legacy", enableExecuteCommand: true }));
    isSilent(execCluster(undefined), subject(SERVICE, { enableExecuteCommand: true }));
    isSilent(subject(SERVICE, { cluster: "legacy", enableExecuteCommand: true }));
  });

  it("passes with a key, while its ARN is not known yet too", () => {
    for (const kmsKeyId of [UNKNOWN, "alias/exec"]) {
      assert.equal(verdictOf(execCluster(exec({ kmsKeyId })), USER).kind, "pass");
      assert.equal(verdictOf(execCluster({ kmsKeyId })).kind, "pass");
    }
  });

  it("fails without a key, naming who turns Exec on, also where a program says so in a text", () => {
    for (const flag of [true, "true"]) {
      const { reason, evidence, change } = failed(
        verdictOf(execCluster(exec({ kmsKeyId: "" })), service({ enableExecuteCommand: flag })),
      );
      assert.equal(reason, 'ECS Exec on cluster "main": sessions have no key of yours.');
      assert.equal(evidence.at(-1), 'Exec is turned on by service "web"');
      assert.ok(change.includes("+     kmsKeyId: key.arn,   // the task role needs kms:Decrypt"));
    }
  });

  it("fails where the cluster configures Exec without a key, whoever uses it", () => {
    assert.equal(verdictOf(execCluster({ logging: "DEFAULT" })).kind, "fail");
  });

  it("fails with an unencrypted destination, the flag off or left out", () => {
    for (const cloudWatchEncryptionEnabled of [false, "false", undefined, null]) {
      const { reason, change } = failed(verdictOf(execCluster(exec({}, { cloudWatchEncryptionEnabled }))));
      assert.match(reason, /the log group they are logged to is not asked to be encrypted/);
      assert.ok(change.includes("+       cloudWatchEncryptionEnabled: true,"));
    }
    const bucket = { s3BucketName: "sessions", s3BucketEncryptionEnabled: false };
    const { reason, evidence, change } = failed(verdictOf(execCluster(exec({}, bucket))));
    assert.match(reason, /the bucket they are logged to/);
    assert.deepEqual(evidence, ["logConfiguration.s3BucketEncryptionEnabled is false"]);
    assert.deepEqual(change, [
      '  new aws.ecs.Cluster("main", {',
      "    configuration: { executeCommandConfiguration: {",
      "      logConfiguration: {",
      "-       s3BucketEncryptionEnabled: false,",
      "+       s3BucketEncryptionEnabled: true,",
      "      },",
      "    } },",
      "  });",
    ]);
  });

  it("passes with encrypted destinations, and where the cluster does not override them", () => {
    const both = { s3BucketName: UNKNOWN, s3BucketEncryptionEnabled: "true", cloudWatchLogGroupName: UNKNOWN };
    assert.equal(verdictOf(execCluster(exec({}, both))).kind, "pass");
    for (const logging of ["DEFAULT", "NONE", undefined]) {
      const log = { cloudWatchEncryptionEnabled: false };
      assert.equal(verdictOf(execCluster(exec({ logging }, log))).kind, "pass");
    }
  });

  it("finds the cluster by what the service was made from while names are not known", () => {
    const cluster = execCluster(undefined);
    const unnamed = { ...cluster, properties: { ...cluster.properties, arn: UNKNOWN, name: UNKNOWN } };
    const madeFrom = { cluster: [cluster.urn] };
    const user = subject(SERVICE, { cluster: UNKNOWN, enableExecuteCommand: true }, { madeFrom });
    assert.equal(verdictOf(unnamed, user).kind, "fail");
    isSilent(unnamed, { ...user, madeFrom: {} });
  });

  it("is unknown while something that decides is not known, naming it", () => {
    const cases: readonly (readonly [Verdict, RegExp])[] = [
      [verdictOf(execCluster(UNKNOWN)), /configuration\.executeCommandConfiguration is not known/],
      [verdictOf(subject(CLUSTER, { configuration: UNKNOWN, arn: MAIN_ARN }), USER), /: configuration is not known/],
      [verdictOf(execCluster(exec({ logging: UNKNOWN }))), /\.logging is not known/],
      [verdictOf(execCluster(exec({ logConfiguration: UNKNOWN }))), /\.logConfiguration is not known/],
      [
        verdictOf(execCluster(exec({}, { cloudWatchEncryptionEnabled: UNKNOWN }))),
        /cloudWatchEncryptionEnabled is not known/,
      ],
      [
        verdictOf(execCluster(undefined), service({ enableExecuteCommand: UNKNOWN })),
        /whether service "web" turns it on is not known/,
      ],
    ];
    for (const [verdict, why] of cases) {
      assert.equal(verdict.kind, "unknown");
      assert.match(verdict.reason, why);
    }
  });

  it("fails over what is surely wrong, whatever else is not known", () => {
    assert.equal(verdictOf(execCluster(exec({ kmsKeyId: "", logging: UNKNOWN }))).kind, "fail");
  });
});
