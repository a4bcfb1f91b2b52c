import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../policypack/rules/look";
import { logGroupKey } from "../../../policypack/rules/monitoring/log-group-key";
import {
  CLUSTER,
  LOG_GROUP,
  NATIVE_TASK_DEFINITION,
  SERVICE,
  TASK_DEFINITION,
} from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import { LOG_GROUP_NAME, loggingContainer } from "../compliant/monitoring";
import { findings, judged } from "../judged";
import { SCENES } from "../scenes/log-group-key";
import { subject } from "../subjects";

const BARE = subject(LOG_GROUP, { kmsKeyId: undefined }, { name: "logs" });
const UNNAMED = subject(LOG_GROUP, { kmsKeyId: undefined, name: UNKNOWN, arn: UNKNOWN }, { name: "logs" });

function kinds(...resources: readonly StackSubject[]): readonly string[] {
  return findings(logGroupKey, resources).map(({ verdict }) => verdict.kind);
}

function definition(containerDefinitions: unknown, rest: Partial<StackSubject> = {}): StackSubject {
  return subject(TASK_DEFINITION, { containerDefinitions }, rest);
}

function withContainer(container: Properties): StackSubject {
  return definition(JSON.stringify([container]));
}

describe("log-group-key", () => {
  it("has scenes that are silent when compliant and fail once when not", () => judged(logGroupKey, SCENES));

  it("says nothing of log groups that nothing of the stack writes to", () => {
    assert.deepEqual(kinds(BARE), []);
    assert.deepEqual(kinds(BARE, withContainer(loggingContainer("/ecs/other"))), []);
    assert.deepEqual(kinds(BARE, withContainer({ name: "app", image: "app" })), []);
  });

  it("fails without a key, absent or empty, and names who writes", () => {
    for (const kmsKeyId of [undefined, null, "", "  "]) {
      const group = subject(LOG_GROUP, { kmsKeyId }, { name: "logs" });
      const [finding, ...more] = findings(logGroupKey, [group, withContainer(loggingContainer())]);
      assert.equal(more.length, 0);
      assert.ok(finding?.verdict.kind === "fail");
      assert.equal(
        finding.verdict.reason,
        'Log group "logs" has no key of yours, and container "app" of task definition "web" writes to it.',
      );
      assert.equal(finding.verdict.change[0], 'new aws.cloudwatch.LogGroup("logs", {');
      assert.ok(finding.verdict.change.includes("  kmsKeyId: key.arn,"));
    }
  });

  it("passes with a key that the same stack makes, whose ARN is not known yet", () => {
    const group = subject(LOG_GROUP, { kmsKeyId: UNKNOWN });
    assert.deepEqual(kinds(group, withContainer(loggingContainer())), ["pass"]);
  });

  it("finds the group by what the containers were made from while the text is not known", () => {
    const from = { madeFrom: { containerDefinitions: [UNNAMED.urn] } };
    assert.deepEqual(kinds(UNNAMED, definition(UNKNOWN, from)), ["fail"]);
    const glued = JSON.stringify([loggingContainer("04da6b54-80e4-46f7-96ec-b56ff0331ba9")]);
    assert.deepEqual(kinds(UNNAMED, definition(glued, from)), ["fail"]);
    assert.deepEqual(kinds(UNNAMED, definition(UNKNOWN)), []);
  });

  it("lets a known name decide alone, whatever the containers were made from", () => {
    const from = { madeFrom: { containerDefinitions: [BARE.urn] } };
    assert.deepEqual(kinds(BARE, definition(JSON.stringify([loggingContainer("/ecs/other")]), from)), []);
  });

  it("never takes an unknown name for the name of another unknown group", () => {
    assert.deepEqual(kinds(UNNAMED, withContainer(loggingContainer())), []);
    const container = loggingContainer(UNKNOWN);
    assert.deepEqual(kinds(UNNAMED, subject(NATIVE_TASK_DEFINITION, { containerDefinitions: [container] })), []);
  });

  it("reads aws-native containers that are known in part only", () => {
    const parts = subject(NATIVE_TASK_DEFINITION, { containerDefinitions: [UNKNOWN, loggingContainer()] });
    assert.deepEqual(kinds(BARE, parts), ["fail"]);
    const from = { madeFrom: { containerDefinitions: [UNNAMED.urn] } };
    assert.deepEqual(kinds(UNNAMED, subject(NATIVE_TASK_DEFINITION, { containerDefinitions: [UNKNOWN] }, from)), [
      "fail",
    ]);
  });

  it("survives containers that are malformed or of another shape", () => {
    for (const text of ["[", "{}", "null", "7", "[7]", '["app"]', "[[]]", '[{"logConfiguration":"awslogs"}]', 7, {}]) {
      assert.deepEqual(kinds(BARE, definition(text)), []);
    }
  });

  it("judges no other driver, and no group of another Region", () => {
    const { logConfiguration } = loggingContainer() as { logConfiguration: Properties };
    assert.deepEqual(
      kinds(BARE, withContainer({ logConfiguration: { ...logConfiguration, logDriver: "splunk" } })),
      [],
    );
    assert.deepEqual(
      kinds(BARE, withContainer(loggingContainer(LOG_GROUP_NAME, { "awslogs-region": "us-east-1" }))),
      [],
    );
    const abroad = { ...BARE, region: { state: "known", value: "us-east-1" } as const };
    assert.deepEqual(kinds(abroad, withContainer(loggingContainer(LOG_GROUP_NAME, { "awslogs-region": null }))), []);
    assert.deepEqual(
      kinds(abroad, withContainer(loggingContainer(LOG_GROUP_NAME, { "awslogs-region": "us-east-1" }))),
      ["fail"],
    );
  });

  it("counts the log of ECS Exec only where the cluster overrides it", () => {
    const cluster = (logging: unknown, name: unknown = LOG_GROUP_NAME) => {
      const executeCommandConfiguration = { logging, logConfiguration: { cloudWatchLogGroupName: name } };
      return subject(
        CLUSTER,
        { configuration: { executeCommandConfiguration } },
        { madeFrom: { configuration: [UNNAMED.urn] } },
      );
    };
    assert.deepEqual(kinds(BARE, cluster("OVERRIDE")), ["fail"]);
    assert.deepEqual(kinds(UNNAMED, cluster("OVERRIDE", UNKNOWN)), ["fail"]);
    for (const logging of ["DEFAULT", "NONE"]) assert.deepEqual(kinds(BARE, cluster(logging)), []);
  });

  it("finds the log of Service Connect by its sources while it is not known", () => {
    for (const serviceConnectConfiguration of [UNKNOWN, { enabled: true, logConfiguration: UNKNOWN }]) {
      const madeFrom = { serviceConnectConfiguration: [UNNAMED.urn] };
      assert.deepEqual(kinds(UNNAMED, subject(SERVICE, { serviceConnectConfiguration }, { madeFrom })), ["fail"]);
    }
  });

  it("names the first of many writers, and only some of the rest", () => {
    const writers = Array.from({ length: 8 }, (_, index) => ({ ...loggingContainer(), name: `app-${index}` }));
    const [finding] = findings(logGroupKey, [BARE, definition(JSON.stringify(writers))]);
    assert.ok(finding?.verdict.kind === "fail");
    assert.equal(finding.verdict.evidence.length, 6);
    assert.equal(finding.verdict.evidence.at(-1), "and 3 more");
  });
});
