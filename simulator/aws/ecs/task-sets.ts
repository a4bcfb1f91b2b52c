// Task sets: how EXTERNAL services are moved to a new revision.
// Source: CreateTaskSet and its neighbours, ECS API reference (documented; clientToken makes CreateTaskSet repeatable).
// The key is captured when the task set is made.

import type {
  CreateTaskSetRequest,
  DeleteTaskSetRequest,
  DescribeTaskSetsRequest,
  TaskSet as SdkTaskSet,
  UpdateServicePrimaryTaskSetRequest,
  UpdateTaskSetRequest,
} from "@aws-sdk/client-ecs";
import { invalidParameter } from "../../world/aws-error";
import { newTaskSet } from "../../world/new-task-set";
import { runsOnFargate, type ServiceSpec } from "../../world/revision";
import { wakeSoon } from "../../world/scheduler-wake";
import type { Service } from "../../world/service";
import { count, touch, type WorldState } from "../../world/world-state";
import type { Context } from "../operation";
import { tagRecord } from "../tags";
import {
  type MissingFailure,
  missing,
  requireActiveService,
  requireActiveTaskDefinition,
  requireCluster,
  requireService,
  requireTaskSet,
} from "./find";
import { placement, requireLaunchable } from "./service-rules";
import { taskSetView } from "./task-set-view";

export function createTaskSet(context: Context, input: CreateTaskSetRequest) {
  const { world, lane } = context;
  const service = requireActiveService(requireCluster(lane, input.cluster), input.service);
  if (service.controller !== "EXTERNAL") {
    throw invalidParameter("CreateTaskSet is only supported on services with an EXTERNAL deployment controller.");
  }
  const made = service.taskSets.find(({ clientToken }) => clientToken !== null && clientToken === input.clientToken);
  if (made !== undefined) return { taskSet: taskSetView(made) };
  const spec = taskSetSpec(context, service, input);
  requireLaunchable(lane, spec);
  const taskSet = newTaskSet(world, {
    service,
    spec,
    scale: input.scale ?? { value: 100, unit: "PERCENT" },
    externalId: input.externalId ?? null,
    clientToken: input.clientToken ?? null,
    tags: tagRecord(input.tags),
  });
  service.taskSets.push(taskSet);
  service.counters.deploymentsStarted += 1;
  count(world, "deploymentsStarted");
  changed(world, service);
  return { taskSet: taskSetView(taskSet) };
}

export function describeTaskSets({ lane }: Context, input: DescribeTaskSetsRequest) {
  const service = requireService(requireCluster(lane, input.cluster), input.service);
  const failures: MissingFailure[] = [];
  const found = (input.taskSets ?? service.taskSets.map((taskSet) => taskSet.id)).flatMap((reference) => {
    const taskSet = service.taskSets.find((candidate) => [candidate.id, candidate.arn].includes(reference));
    if (taskSet === undefined) failures.push(missing(reference));
    return taskSet === undefined ? [] : [withTags(taskSetView(taskSet), input.include?.includes("TAGS") === true)];
  });
  return { taskSets: found, failures };
}

export function updateTaskSet({ world, lane }: Context, input: UpdateTaskSetRequest) {
  const service = requireActiveService(requireCluster(lane, input.cluster), input.service);
  const taskSet = requireTaskSet(service, input.taskSet);
  taskSet.scale = input.scale ?? taskSet.scale;
  taskSet.updatedAtMs = world.nowMs;
  changed(world, service);
  return { taskSet: taskSetView(taskSet) };
}

export function updateServicePrimaryTaskSet({ world, lane }: Context, input: UpdateServicePrimaryTaskSetRequest) {
  const service = requireActiveService(requireCluster(lane, input.cluster), input.service);
  const primary = requireTaskSet(service, input.primaryTaskSet);
  for (const taskSet of service.taskSets) {
    if (taskSet.status === "PRIMARY") taskSet.status = "ACTIVE";
  }
  primary.status = "PRIMARY";
  primary.updatedAtMs = world.nowMs;
  service.spec = { ...primary.revision.spec };
  changed(world, service);
  return { taskSet: taskSetView(primary) };
}

export function deleteTaskSet({ world, lane }: Context, input: DeleteTaskSetRequest) {
  const service = requireService(requireCluster(lane, input.cluster), input.service);
  const taskSet = requireTaskSet(service, input.taskSet);
  if (input.force !== true && (taskSet.scale.value ?? 100) > 0 && taskSet.status === "PRIMARY") {
    throw invalidParameter("The primary task set cannot be deleted while it is scaled above 0 without force.");
  }
  taskSet.status = "DRAINING";
  taskSet.updatedAtMs = world.nowMs;
  changed(world, service);
  return { taskSet: taskSetView(taskSet) };
}

/** Tags come only when they are asked for (documented). */
function withTags(view: SdkTaskSet, wanted: boolean): SdkTaskSet {
  if (wanted) return view;
  const { tags: _, ...rest } = view;
  return rest;
}

function changed(world: WorldState, service: Service): void {
  touch(world, service);
  wakeSoon(world, service);
}

function taskSetSpec({ lane }: Context, service: Service, input: CreateTaskSetRequest): ServiceSpec {
  const place = placement({
    launchType: input.launchType,
    strategy: input.capacityProviderStrategy,
    cluster: service.cluster,
  });
  return {
    ...place,
    taskDefinitionArn: requireActiveTaskDefinition(lane, input.taskDefinition ?? "").arn,
    platformVersion: runsOnFargate(place) ? (input.platformVersion ?? "LATEST") : null,
    networkConfiguration: input.networkConfiguration,
    loadBalancers: input.loadBalancers ?? [],
    serviceRegistries: input.serviceRegistries ?? [],
    serviceConnectConfiguration: undefined,
    volumeConfigurations: [],
    vpcLatticeConfigurations: [],
  };
}
