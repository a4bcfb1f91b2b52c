// RegisterTaskDefinition and DeregisterTaskDefinition. Source: ECS API reference (documented).

import type {
  DeregisterTaskDefinitionRequest,
  RegisterTaskDefinitionRequest,
  TaskDefinition as SdkTaskDefinition,
} from "@aws-sdk/client-ecs";
import { ecsArn } from "../../world/arns";
import { AwsError, invalidParameter } from "../../world/aws-error";
import type { TaskDefinition } from "../../world/task-definition";
import { nextSequence } from "../../world/world-state";
import type { Context } from "../operation";
import { tagList, tagRecord } from "../tags";
import { requireFargateMembers } from "./fargate-task-definition";
import { taskDefinitionNamed } from "./find";
import { taskDefinitionView } from "./task-definition-view";

export function registerTaskDefinition({ world, lane }: Context, input: RegisterTaskDefinitionRequest) {
  const { family, tags, ...rest } = input;
  if (!family) throw new AwsError("ClientException", "Family should not be null or empty.");
  if ((input.containerDefinitions ?? []).length === 0) {
    throw new AwsError("ClientException", "Container list cannot be empty.");
  }
  requireFargateMembers(input);
  const revision = (lane.newestRevisions.get(family) ?? 0) + 1;
  const definition: TaskDefinition = {
    sequence: nextSequence(world),
    arn: ecsArn(lane, `task-definition/${family}:${revision}`),
    family,
    revision,
    status: "ACTIVE",
    registeredAtMs: world.nowMs,
    deregisteredAtMs: null,
    definition: { volumes: [], placementConstraints: [], ...rest } as SdkTaskDefinition,
    imageDigests: Object.fromEntries(
      (input.containerDefinitions ?? []).map((container) => [container.name ?? "", world.identifiers.imageDigest()]),
    ),
    tags: tagRecord(tags),
  };
  lane.taskDefinitions.set(`${family}:${revision}`, definition);
  lane.newestRevisions.set(family, revision);
  return { taskDefinition: taskDefinitionView(definition), tags: tagList(definition.tags) };
}

export function deregisterTaskDefinition({ world, lane }: Context, input: DeregisterTaskDefinitionRequest) {
  const reference = input.taskDefinition ?? "";
  if (!/:\d+$/.test(reference)) throw invalidParameter("Task definition family:revision or ARN must be specified.");
  const definition = taskDefinitionNamed(lane, reference);
  if (definition === undefined) throw new AwsError("ClientException", "Unable to describe task definition.");
  definition.status = "INACTIVE";
  definition.deregisteredAtMs ??= world.nowMs;
  return { taskDefinition: taskDefinitionView(definition) };
}
