// Stacks that windows-on-keyed-cluster judges: a launch on a keyed cluster, of a task definition for one operating system.

import { CLUSTER, SCHEDULE, SERVICE, TASK_DEFINITION } from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import { subject } from "../subjects";
import type { Scene } from "./scene";

const RULE = "windows-on-keyed-cluster";

export const keyed = subject(CLUSTER, { name: "shop" }, { name: "shop" });

export function definition(operatingSystemFamily: unknown): StackSubject {
  const requiresCompatibilities = ["FARGATE"];
  return subject(TASK_DEFINITION, {
    family: "web",
    requiresCompatibilities,
    runtimePlatform: { operatingSystemFamily },
  });
}

export const service = subject(SERVICE, { cluster: "shop", taskDefinition: "web:1", platformVersion: "" });

const ECS_PART = { taskDefinitionArn: "web", launchType: "FARGATE" };
const schedule = subject(SCHEDULE, { target: { arn: "shop", ecsParameters: ECS_PART } });

export const SCENES: readonly Scene[] = [service, schedule].map((launch) => ({
  rule: RULE,
  compliant: [keyed, definition("LINUX"), launch],
  violating: [keyed, definition("WINDOWS_SERVER_2022_CORE"), launch],
  on: "web",
}));
