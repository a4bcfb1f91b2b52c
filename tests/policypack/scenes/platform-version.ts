// Stacks that platform-version judges: services and task sets by their outputs, every other launch by its inputs.

import {
  CLUSTER,
  CLUSTER_CAPACITY_PROVIDERS,
  EVENT_TARGET,
  JOB_DEFINITION,
  NATIVE_EVENT_RULE,
  NATIVE_JOB_DEFINITION,
  NATIVE_STATE_MACHINE,
  PIPE,
  SCHEDULE,
  SERVICE,
  STATE_MACHINE,
  TASK_DEFINITION,
  TASK_SET,
} from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import { containerJson, LAUNCH_PROPERTIES, machineJson } from "../compliant/launch";
import { subject } from "../subjects";
import type { Scene } from "./scene";

const RULE = "platform-version";
const definition = subject(TASK_DEFINITION, { family: "web" });

/** With the stack's task definition, on which 1.0.0 depends. */
function pinned(type: string, platformVersion: string): StackSubject {
  return subject(
    type,
    { platformVersion, taskDefinition: "web:1" },
    { madeFrom: { taskDefinition: [definition.urn] } },
  );
}

const cluster = subject(CLUSTER, { name: "shop" }, { name: "shop" });
/** The cluster's default strategy places it. */
const placed = subject(
  SERVICE,
  { launchType: "", cluster: "shop", platformVersion: "1.3.0" },
  { name: "placed", madeFrom: { cluster: [cluster.urn] } },
);

function byDefault(capacityProvider: string): readonly StackSubject[] {
  const strategy = { defaultCapacityProviderStrategies: [{ capacityProvider, weight: 1 }] };
  const capacity = subject(CLUSTER_CAPACITY_PROVIDERS, strategy, { madeFrom: { clusterName: [cluster.urn] } });
  return [cluster, capacity, pinned(SERVICE, "LATEST"), placed];
}

const ECS_PART = { taskDefinitionArn: "web:1", launchType: "FARGATE", platformVersion: "1.3.0" };
const NATIVE_CONTAINER = { image: "busybox", fargatePlatformConfiguration: { platformVersion: "1.3.0" } };
const BROKEN: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  [EVENT_TARGET, { ecsTarget: ECS_PART }],
  [NATIVE_EVENT_RULE, { targets: [{ id: "run", arn: "shop", ecsParameters: ECS_PART }] }],
  [SCHEDULE, { target: { arn: "shop", ecsParameters: ECS_PART } }],
  [PIPE, { targetParameters: { ecsTaskParameters: ECS_PART } }],
  [JOB_DEFINITION, { containerProperties: containerJson("1.3.0") }],
  [NATIVE_JOB_DEFINITION, { containerProperties: NATIVE_CONTAINER }],
  [STATE_MACHINE, { definition: machineJson({ PlatformVersion: "1.3.0" }) }],
  [NATIVE_STATE_MACHINE, { definitionString: machineJson({ PlatformVersion: "1.3.0" }) }],
];

export const SCENES: readonly Scene[] = [
  ...[SERVICE, TASK_SET].map((type) => ({
    rule: RULE,
    compliant: [definition, pinned(type, "1.4.0")],
    violating: [definition, pinned(type, "1.0.0")],
    on: "web",
  })),
  { rule: RULE, compliant: byDefault("asg"), violating: byDefault("FARGATE_SPOT"), on: "placed" },
  ...BROKEN.map(([type, broken]) => ({
    rule: RULE,
    compliant: [subject(type, LAUNCH_PROPERTIES[type])],
    violating: [subject(type, { ...LAUNCH_PROPERTIES[type], ...broken })],
    on: "web",
  })),
];
