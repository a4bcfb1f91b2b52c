// A task definition as ECS shows it.

import type { TaskDefinition as SdkTaskDefinition } from "@aws-sdk/client-ecs";
import type { TaskDefinition } from "../../world/task-definition";
import { instant, instantOrNothing } from "../instant";
import { withoutUndefined } from "../operation";

export function taskDefinitionView(definition: TaskDefinition): SdkTaskDefinition {
  return withoutUndefined({
    ...definition.definition,
    taskDefinitionArn: definition.arn,
    family: definition.family,
    revision: definition.revision,
    status: definition.status,
    registeredAt: instant(definition.registeredAtMs),
    deregisteredAt: instantOrNothing(definition.deregisteredAtMs),
    compatibilities: definition.definition.compatibilities ?? ["EC2" as const, "FARGATE" as const],
  });
}
