import assert from "node:assert/strict";
import { windowsOnKeyedCluster } from "../../../policypack/rules/launch/windows-on-keyed-cluster";
import { UNKNOWN } from "../../../policypack/rules/look";
import {
  CLUSTER_CAPACITY_PROVIDERS,
  NATIVE_SERVICE,
  NATIVE_TASK_DEFINITION,
  STATE_MACHINE,
} from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import type { Verdict } from "../../../policypack/rules/verdict";
import { asked } from "../circumstances";
import { machineJson } from "../compliant/launch";
import { judged } from "../judged";
import { definition, keyed, SCENES, service } from "../scenes/windows-on-keyed-cluster";
import { clusterProperties, subject } from "../subjects";

const windows = definition("WINDOWS_SERVER_2022_CORE");

function verdictOf(launch: StackSubject, ...others: readonly StackSubject[]): Verdict {
  const findings = windowsOnKeyedCluster.checkStack?.([launch, ...others], asked(windowsOnKeyedCluster));
  return findings?.find(({ subject: one }) => one.urn === launch.urn)?.verdict ?? assert.fail("it was not judged");
}

function broken(properties: object, rest: Partial<StackSubject> = {}): StackSubject {
  return { ...service, properties: { ...service.properties, ...properties }, ...rest };
}

describe("windows-on-keyed-cluster", () => {
  it("has scenes that are silent when compliant and fail once when not", () => judged(windowsOnKeyedCluster, SCENES));

  it("names the service, the cluster, the task definition and its operating system", () => {
    const verdict = verdictOf(service, keyed, windows);
    assert.ok(verdict.kind === "fail");
    assert.match(verdict.reason, /^Service "web" runs Windows tasks on cluster "shop"/);
    assert.match(verdict.evidence.join(), /"web" is "WINDOWS_SERVER_2022_CORE"/);
    assert.match(verdict.change.join("\n"), /cluster: windows\.arn,/);
  });

  it("passes with Linux, which is also the default", () => {
    for (const family of ["LINUX", undefined]) {
      assert.equal(verdictOf(service, keyed, definition(family)).kind, "pass");
    }
  });

  it("finds cluster and task definition while their ARNs are not known yet", () => {
    const madeFrom = { cluster: [keyed.urn], taskDefinition: [windows.urn] };
    const unborn = broken({ cluster: UNKNOWN, taskDefinition: UNKNOWN }, { madeFrom });
    assert.equal(verdictOf(unborn, keyed, windows).kind, "fail");
  });

  it("judges aws-native's services, and states of a state machine", () => {
    const native = subject(NATIVE_SERVICE, { cluster: "shop", taskDefinition: "web" });
    const its = subject(NATIVE_TASK_DEFINITION, {
      runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2019_FULL" },
    });
    assert.equal(verdictOf(native, keyed, its).kind, "fail");
    const machine = subject(STATE_MACHINE, { definition: machineJson({ Cluster: "shop", TaskDefinition: "web" }) });
    const verdict = verdictOf(machine, keyed, windows);
    assert.ok(verdict.kind === "fail");
    assert.match(verdict.reason, /^State "Run" of state machine "web"/);
    assert.match(verdict.change.join("\n"), /in definition: windows\.arn/);
  });

  it("judges a launch without launch type when its task definition is for Fargate alone, or the default strategy is", () => {
    const open = broken({ launchType: UNKNOWN });
    assert.equal(verdictOf(open, keyed, windows).kind, "fail");
    const both = { ...windows, properties: { ...windows.properties, requiresCompatibilities: ["EC2", "FARGATE"] } };
    assert.equal(verdictOf(open, keyed, both).kind, "notApplicable");
    const capacity = (capacityProvider: string) =>
      subject(CLUSTER_CAPACITY_PROVIDERS, { defaultCapacityProviderStrategies: [{ capacityProvider }] });
    assert.equal(verdictOf(open, keyed, both, capacity("FARGATE")).kind, "fail");
    assert.equal(verdictOf(open, keyed, windows, capacity("asg")).kind, "notApplicable");
  });

  it("is not applicable without a key, on EC2, and where something is not known or not part of the stack", () => {
    const bare = { ...keyed, properties: { ...keyed.properties, configuration: null } };
    const dark = { ...keyed, properties: { ...keyed.properties, configuration: UNKNOWN } };
    const none = [
      [service, bare, windows],
      [service, dark, windows],
      [service, keyed],
      [service, windows],
      [service, keyed, definition(UNKNOWN)],
      [broken({ launchType: "EC2" }), keyed, windows],
      [broken({ launchType: UNKNOWN }, { madeFrom: { launchType: ["urn:pulumi:config"] } }), keyed, windows],
      [broken({ cluster: UNKNOWN }), keyed, windows],
      [broken({ taskDefinition: UNKNOWN }), keyed, windows],
    ] as const;
    for (const [launch, ...others] of none) assert.equal(verdictOf(launch, ...others).kind, "notApplicable");
  });

  it("shows the change where each kind of launch names its cluster", () => {
    const changes = SCENES.flatMap(({ violating }) =>
      (windowsOnKeyedCluster.checkStack?.(violating, asked(windowsOnKeyedCluster)) ?? []).map(({ verdict }) =>
        verdict.kind === "fail" ? verdict.change.at(-2) : "none",
      ),
    );
    assert.deepEqual(changes, ["  cluster: windows.arn,", "  target: { arn: windows.arn },"]);
  });

  it("sees a key that is not known yet", () => {
    const unborn = { ...keyed, properties: { ...keyed.properties, ...clusterProperties(UNKNOWN) } };
    assert.equal(verdictOf(service, unborn, windows).kind, "fail");
  });
});
