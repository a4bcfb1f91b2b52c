import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../policypack/rules/look";
import { monitoringOffTheKey } from "../../../policypack/rules/monitoring/monitoring-off-the-key";
import {
  CLUSTER,
  COMPOSITE_ALARM,
  EVENT_RULE,
  EVENT_TARGET,
  KEY,
  KEY_ALIAS,
  LOG_GROUP,
  METRIC_ALARM,
  NATIVE_EVENT_RULE,
  TOPIC,
  TRAIL,
} from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import { LOG_GROUP_ARN } from "../compliant/monitoring";
import { findings, judged } from "../judged";
import { SCENES, watchedStack } from "../scenes/monitoring-off-the-key";
import { clusterProperties, KEY_ARN, subject } from "../subjects";

const KEY_ID = "1234abcd-12ab-34cd-56ef-1234567890ab";
const ALARM = subject(METRIC_ALARM);
/** As before the first update: no ARN is known. */
const NEW_KEY = subject(KEY, { arn: UNKNOWN, keyId: UNKNOWN }, { name: "fargate" });
const NEW_CLUSTER = subject(CLUSTER, clusterProperties(UNKNOWN), { madeFrom: { configuration: [NEW_KEY.urn] } });

function topic(kmsMasterKeyId: unknown, rest: Partial<StackSubject> = {}): StackSubject {
  return subject(TOPIC, { kmsMasterKeyId }, { name: "alarms", ...rest });
}

function kinds(...resources: readonly StackSubject[]): readonly string[] {
  return findings(monitoringOffTheKey, resources).map(({ verdict }) => verdict.kind);
}

describe("monitoring-off-the-key", () => {
  it("has scenes that are silent when compliant and fail once when not", () => judged(monitoringOffTheKey, SCENES));

  it("fails with the cluster, the value and the alarm in its words", () => {
    const [finding] = findings(monitoringOffTheKey, watchedStack(topic(KEY_ARN), ALARM));
    assert.ok(finding?.verdict.kind === "fail");
    assert.equal(
      finding.verdict.reason,
      'The topic "alarms" is encrypted with the Fargate key of cluster "main", which it watches.',
    );
    assert.deepEqual(finding.verdict.evidence, [
      `kmsMasterKeyId is "${KEY_ARN}"`,
      'the key is "fargate", which this stack makes',
      'it receives alarm "web"',
    ]);
    assert.ok(finding.verdict.change.includes("  kmsMasterKeyId: monitoringKey.arn,"));
  });

  it("knows the key by its bare id, and by an alias of the stack, named or as ARN", () => {
    const arn = `arn:aws:kms:eu-central-1:111122223333:alias/fargate`;
    const alias = subject(KEY_ALIAS, { name: "alias/fargate", arn, targetKeyId: KEY_ID });
    assert.deepEqual(kinds(...watchedStack(topic(KEY_ID), ALARM)), ["fail"]);
    for (const named of ["alias/fargate", arn]) {
      assert.deepEqual(kinds(...watchedStack(topic(named), ALARM, alias)), ["fail"]);
    }
    assert.deepEqual(kinds(...watchedStack(topic("alias/aws/sns"), ALARM, alias)), ["pass"]);
    const abroad = { ...alias, region: { state: "known", value: "us-east-1" } as const };
    assert.deepEqual(kinds(...watchedStack(topic("alias/fargate"), ALARM, abroad)), ["pass"]);
  });

  it("knows a key from outside the stack by equal references", () => {
    const cluster = subject(CLUSTER, clusterProperties(KEY_ARN));
    assert.deepEqual(kinds(cluster, topic(KEY_ARN), ALARM), ["fail"]);
    assert.deepEqual(kinds(cluster, topic(KEY_ARN.replace("eu-central-1", "us-east-1")), ALARM), ["pass"]);
  });

  it("fails before the first update, when both are made from the one key of the stack", () => {
    const from = (urn: string) => ({ madeFrom: { kmsMasterKeyId: [urn] } });
    assert.deepEqual(kinds(NEW_KEY, NEW_CLUSTER, topic(UNKNOWN, from(NEW_KEY.urn)), ALARM), ["fail"]);
    const alias = subject(
      KEY_ALIAS,
      { name: UNKNOWN, targetKeyId: UNKNOWN },
      { madeFrom: { targetKeyId: [NEW_KEY.urn] } },
    );
    assert.deepEqual(kinds(NEW_KEY, NEW_CLUSTER, alias, topic(UNKNOWN, from(alias.urn)), ALARM), ["fail"]);
  });

  it("is silent before the first update when the topic has a key of its own", () => {
    const own = subject(KEY, { arn: UNKNOWN, keyId: UNKNOWN }, { name: "monitoring" });
    const alarms = topic(UNKNOWN, { madeFrom: { kmsMasterKeyId: [own.urn] } });
    assert.deepEqual(kinds(NEW_KEY, own, NEW_CLUSTER, alarms, ALARM), ["pass"]);
    assert.deepEqual(kinds(NEW_KEY, NEW_CLUSTER, topic(UNKNOWN), ALARM), []);
  });

  it("is unknown, never a failure, while the cluster's key may be ECS Exec's", () => {
    const exec = subject(KEY, { arn: UNKNOWN, keyId: UNKNOWN }, { name: "exec" });
    const configuration = { ...(NEW_CLUSTER.properties.configuration as Properties) };
    const keyed = { ...configuration, executeCommandConfiguration: { kmsKeyId: UNKNOWN } };
    const alarms = topic(UNKNOWN, { madeFrom: { kmsMasterKeyId: [exec.urn] } });
    for (const madeFrom of [
      [NEW_KEY.urn, exec.urn],
      ["urn:elsewhere", exec.urn],
    ]) {
      const cluster = subject(CLUSTER, { configuration: keyed }, { madeFrom: { configuration: madeFrom } });
      assert.deepEqual(kinds(NEW_KEY, exec, cluster, alarms, ALARM), ["unknown"]);
    }
  });

  it("passes with ECS Exec's key once the ARNs are known", () => {
    const exec = subject(KEY, { arn: KEY_ARN.replace("1234abcd", "5678abcd") }, { name: "exec" });
    const managedStorageConfiguration = { fargateEphemeralStorageKmsKeyId: KEY_ARN };
    const configuration = {
      managedStorageConfiguration,
      executeCommandConfiguration: { kmsKeyId: exec.properties.arn },
    };
    const cluster = subject(CLUSTER, { configuration }, { madeFrom: { configuration: [exec.urn] } });
    assert.deepEqual(kinds(exec, cluster, topic(exec.properties.arn), ALARM), ["pass"]);
  });

  it("judges no topic that nothing of the monitoring sends to, and no alarm whose actions are off", () => {
    assert.deepEqual(kinds(...watchedStack(topic(KEY_ARN))), []);
    assert.deepEqual(kinds(...watchedStack(topic(KEY_ARN), subject(METRIC_ALARM, { alarmActions: ["arn:else"] }))), []);
    for (const off of [false, "false"]) {
      assert.deepEqual(kinds(...watchedStack(topic(KEY_ARN), subject(METRIC_ALARM, { actionsEnabled: off }))), []);
    }
  });

  it("judges nothing without a Fargate key, and no topic without a key", () => {
    assert.deepEqual(kinds(subject(CLUSTER, clusterProperties("")), topic(KEY_ARN), ALARM), []);
    for (const none of [undefined, null, ""]) assert.deepEqual(kinds(...watchedStack(topic(none), ALARM)), []);
  });

  it("finds a topic whose ARN is not known by what the alarm was made from", () => {
    const alarms = subject(TOPIC, { kmsMasterKeyId: KEY_ARN, arn: UNKNOWN }, { name: "alarms" });
    for (const alarmActions of [UNKNOWN, [UNKNOWN]]) {
      for (const type of [METRIC_ALARM, COMPOSITE_ALARM]) {
        const madeFrom = { alarmActions: [alarms.urn] };
        assert.deepEqual(kinds(...watchedStack(alarms, subject(type, { alarmActions }, { madeFrom }))), ["fail"]);
      }
      assert.deepEqual(kinds(...watchedStack(alarms, subject(METRIC_ALARM, { alarmActions }))), []);
    }
  });

  it("counts rules for events of AWS's watchers, not those of other events", () => {
    const rule = (eventPattern: unknown) =>
      kinds(...watchedStack(topic(KEY_ARN), subject(EVENT_RULE, { eventPattern }), subject(EVENT_TARGET)));
    const watching = [
      '{"source":["aws.ecs"]}',
      '{"source":[{"prefix":"aws."}]}',
      '{"source":["shop","aws.health"]}',
      '{"detail":{"eventSource":["kms.amazonaws.com"]}}',
    ];
    for (const pattern of watching) assert.deepEqual(rule(pattern), ["fail"], pattern);
    for (const pattern of [
      '{"source":["shop"]}',
      '{"source":["aws.s3"]}',
      '{"source":"aws.ecs"}',
      "{",
      "[]",
      UNKNOWN,
      undefined,
    ]) {
      assert.deepEqual(rule(pattern), [], String(pattern));
    }
    assert.deepEqual(kinds(...watchedStack(topic(KEY_ARN), subject(NATIVE_EVENT_RULE, { eventPattern: {} }))), []);
  });

  it("finds the rule of a target by what it was made from, and the target of a rule too", () => {
    const rule = subject(EVENT_RULE, { name: UNKNOWN });
    const alarms = subject(TOPIC, { kmsMasterKeyId: KEY_ARN, arn: UNKNOWN }, { name: "alarms" });
    const wired = { madeFrom: { rule: [rule.urn], arn: [alarms.urn] } };
    assert.deepEqual(
      kinds(...watchedStack(alarms, rule, subject(EVENT_TARGET, { rule: UNKNOWN, arn: UNKNOWN }, wired))),
      ["fail"],
    );
    const native = subject(NATIVE_EVENT_RULE, { targets: [{ arn: UNKNOWN }] }, { madeFrom: { targets: [alarms.urn] } });
    assert.deepEqual(kinds(...watchedStack(alarms, native)), ["fail"]);
  });

  it("judges trails that log, and their log groups, not the log groups of containers", () => {
    const group = subject(LOG_GROUP, { kmsKeyId: KEY_ARN }, { name: "trail" });
    assert.deepEqual(kinds(...watchedStack(group)), []);
    assert.deepEqual(kinds(...watchedStack(group, subject(TRAIL, { cloudWatchLogsGroupArn: LOG_GROUP_ARN }))), [
      "fail",
      "pass",
    ]);
    assert.deepEqual(kinds(...watchedStack(group, subject(TRAIL, { enableLogging: false }))), []);
    const madeFrom = { cloudWatchLogsGroupArn: [group.urn] };
    const wired = subject(TRAIL, { cloudWatchLogsGroupArn: UNKNOWN, kmsKeyId: undefined }, { madeFrom });
    assert.deepEqual(kinds(...watchedStack(group, wired)), ["fail"]);
  });
});
