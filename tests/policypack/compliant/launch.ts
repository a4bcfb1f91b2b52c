// Compliant properties of the resource types that the rules in rules/launch/ judge or look up.

import type { Properties } from "../../../policypack/rules/look";
import {
  CAPACITY_PROVIDER,
  CLUSTER_CAPACITY_PROVIDERS,
  EVENT_TARGET,
  EXPRESS_SERVICE,
  JOB_DEFINITION,
  NATIVE_CLUSTER_CAPACITY_PROVIDERS,
  NATIVE_EVENT_RULE,
  NATIVE_JOB_DEFINITION,
  NATIVE_PIPE,
  NATIVE_SCHEDULE,
  NATIVE_STATE_MACHINE,
  NATIVE_TASK_DEFINITION,
  PIPE,
  SCHEDULE,
  STATE_MACHINE,
} from "../../../policypack/rules/resource-types";

const CLUSTER_ARN = "arn:aws:ecs:eu-central-1:111122223333:cluster/shop";
const DEFINITION_ARN = "arn:aws:ecs:eu-central-1:111122223333:task-definition/web:1";

const ECS_PART = { taskDefinitionArn: DEFINITION_ARN, launchType: "FARGATE", platformVersion: "1.4.0" };
const SCHEDULED = { target: { arn: CLUSTER_ARN, roleArn: "arn:…", ecsParameters: ECS_PART } };
const PIPED = { target: CLUSTER_ARN, targetParameters: { ecsTaskParameters: ECS_PART } };

/** The container properties of a Batch job, with the platform version that they name. */
export function containerJson(platformVersion: unknown, rest: Properties = {}): string {
  return JSON.stringify({ image: "busybox", fargatePlatformConfiguration: { platformVersion }, ...rest });
}

/** A state machine with one state that runs a task. */
export function machineJson(parameters: Properties, state: Properties = {}): string {
  const run = {
    Type: "Task",
    Resource: "arn:aws:states:::ecs:runTask.sync",
    Parameters: { Cluster: CLUSTER_ARN, TaskDefinition: DEFINITION_ARN, LaunchType: "FARGATE", ...parameters },
    End: true,
    ...state,
  };
  return JSON.stringify({ StartAt: "Run", States: { Run: run } });
}

export const LAUNCH_PROPERTIES: Readonly<Record<string, Properties>> = {
  [EVENT_TARGET]: { arn: CLUSTER_ARN, ecsTarget: ECS_PART },
  [NATIVE_EVENT_RULE]: { targets: [{ id: "run", arn: CLUSTER_ARN, ecsParameters: ECS_PART }] },
  [SCHEDULE]: SCHEDULED,
  [NATIVE_SCHEDULE]: SCHEDULED,
  [PIPE]: PIPED,
  [NATIVE_PIPE]: PIPED,
  [JOB_DEFINITION]: { platformCapabilities: ["FARGATE"], containerProperties: containerJson("1.4.0") },
  [NATIVE_JOB_DEFINITION]: {
    platformCapabilities: ["FARGATE"],
    containerProperties: { image: "busybox", fargatePlatformConfiguration: { platformVersion: "1.4.0" } },
  },
  [STATE_MACHINE]: { definition: machineJson({ PlatformVersion: "1.4.0" }) },
  [NATIVE_STATE_MACHINE]: { definitionString: machineJson({ PlatformVersion: "1.4.0" }) },
  [EXPRESS_SERVICE]: { cluster: "shop" },
  [NATIVE_TASK_DEFINITION]: { family: "web", runtimePlatform: { operatingSystemFamily: "LINUX" } },
  [CAPACITY_PROVIDER]: { name: "asg" },
  [CLUSTER_CAPACITY_PROVIDERS]: {
    clusterName: "shop",
    capacityProviders: ["asg"],
    defaultCapacityProviderStrategies: [{ capacityProvider: "asg", weight: 1 }],
  },
  [NATIVE_CLUSTER_CAPACITY_PROVIDERS]: {
    cluster: "shop",
    capacityProviders: ["asg"],
    defaultCapacityProviderStrategy: [{ capacityProvider: "asg", weight: 1 }],
  },
};
