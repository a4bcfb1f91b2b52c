// Launching a task: what it is made of, and whether there is room for it.
// Invariants: a launched task has taken an address, its vCPU and a place in the launch rate; a refusal takes nothing;
// the key is settled here, by the deployment (or, by a switch, by the cluster) and never again.

import { ecsArn } from "./arns";
import { type Cluster, fargateKeyOf } from "./cluster";
import type { Lane } from "./lane";
import type { LaunchUnit } from "./launch-unit";
import { LaunchesOfMinute } from "./launches-of-minute";
import { PastViews } from "./past-views";
import { platformFor } from "./platform";
import { runsOnFargate, type ServiceSpec } from "./revision";
import type { Service } from "./service";
import { hasRoom, type Subnet, takeAddress } from "./subnet";
import { countLaunched } from "./tally";
import type { Task } from "./task";
import type { TaskDefinition } from "./task-definition";
import { roomFor, takeVcpu } from "./task-vcpu";
import { cpuUnitsOf } from "./vcpu-room";
import { count, nextSequence, scheduleIn, touch, type WorldState } from "./world-state";

export interface LaunchRequest {
  readonly cluster: Cluster;
  readonly unit: LaunchUnit | null;
  readonly spec: ServiceSpec;
  /** What the deployment captured; for tasks without a deployment, what the cluster has now. */
  readonly kmsKeyArn: string | null;
  readonly group: string;
  readonly startedBy: string | null;
  readonly tags: Readonly<Record<string, string>>;
}

export type LaunchOutcome =
  | { readonly kind: "launched"; readonly task: Task }
  | {
      readonly kind: "refused";
      readonly why: string;
      /** How RunTask tells it. */
      readonly failure: { readonly reason: string; readonly detail?: string };
    };

export function launchTask(world: WorldState, request: LaunchRequest): LaunchOutcome {
  const { cluster, spec } = request;
  const definition = definitionOf(cluster.lane, spec.taskDefinitionArn);
  const platform = runsOnFargate(spec) ? platformFor(spec.platformVersion, definition) : undefined;
  if (platform === null) return refused(`platform version ${spec.platformVersion} can no longer start tasks`);
  const subnet = subnetFor(world, cluster.lane, spec);
  const refusal = capacityRefusal(world, cluster.lane, subnet);
  if (refusal !== null) return refused(refusal);
  const capacityProvider = spec.launchType === null ? providerFor(world, spec) : null;
  if (platform !== undefined && !roomFor(cluster.lane, capacityProvider).hasRoomFor(cpuUnitsOf(cpuOf(definition)))) {
    return refused(VCPU_LIMIT_REACHED, { reason: VCPU_LIMIT_REACHED });
  }
  const task = newTask(world, { ...request, definition, platform, capacityProvider, subnet: subnet?.id ?? null });
  if (subnet !== undefined) takeAddress(subnet);
  register(world, task);
  const delayMs = waitToLaunch(world, task) + world.durations.provisionMs();
  scheduleIn(world, delayMs, { kind: "task-step", task, step: task.step, next: { kind: "provisioned" } });
  return { kind: "launched", task };
}

export function definitionOf(lane: Lane, arn: string): TaskDefinition | undefined {
  return lane.taskDefinitions.get(arn.slice(arn.lastIndexOf("/") + 1));
}

/** Documented as a service event message; that RunTask gives it as the reason of a failure is reported. */
const VCPU_LIMIT_REACHED = "You’ve reached the limit on the number of vCPUs you can run concurrently";

function refused(
  why: string,
  failure: { readonly reason: string; readonly detail?: string } = { reason: "RESOURCE:FARGATE", detail: why },
): LaunchOutcome {
  return { kind: "refused", why, failure };
}

function capacityRefusal(world: WorldState, lane: Lane, subnet: Subnet | undefined): string | null {
  const short = lane.capacityShort;
  if (short.refusals > 0 && world.nowMs < short.untilMs) {
    short.refusals -= 1;
    return "Capacity is unavailable at this time. Please try again later or in a different availability zone";
  }
  if (subnet !== undefined && !hasRoom(subnet, world.nowMs)) {
    return `subnet ${subnet.id} does not have enough free addresses`;
  }
  return null;
}

/** The subnet of the task: the one with the most free addresses among those the service may use. */
function subnetFor(world: WorldState, lane: Lane, spec: ServiceSpec): Subnet | undefined {
  const ids = spec.networkConfiguration?.awsvpcConfiguration?.subnets ?? [];
  const subnets = ids.map((id) => lane.subnets.get(id)).filter((subnet) => subnet !== undefined);
  const free = (subnet: Subnet): number =>
    hasRoom(subnet, world.nowMs) ? (subnet.freeAddresses ?? Number.MAX_SAFE_INTEGER) : 0;
  return subnets.toSorted((a, b) => free(b) - free(a))[0];
}

interface NewTask extends LaunchRequest {
  readonly definition: TaskDefinition | undefined;
  readonly platform: { readonly version: string; readonly family: string } | undefined;
  readonly capacityProvider: string | null;
  readonly subnet: string | null;
}

function newTask(world: WorldState, request: NewTask): Task {
  const { cluster, spec, definition, platform } = request;
  const id = world.identifiers.taskId();
  return {
    ...freshState(world.nowMs),
    kind: "task",
    sequence: nextSequence(world),
    id,
    arn: ecsArn(cluster.lane, `task/${cluster.name}/${id}`),
    cluster,
    unit: request.unit,
    group: request.group,
    startedBy: request.startedBy,
    taskDefinitionArn: spec.taskDefinitionArn,
    launchType: platform !== undefined ? "FARGATE" : (spec.launchType ?? "EC2"),
    capacityProviderName: request.capacityProvider,
    platformVersion: platform?.version ?? null,
    platformFamily: platform?.family ?? null,
    kmsKeyArn: keyFor(world, request),
    ephemeralStorageGib: definition?.definition.ephemeralStorage?.sizeInGiB ?? 20,
    cpu: cpuOf(definition),
    memory: definition?.definition.memory ?? "512",
    subnet: request.subnet,
    imageDigests: {},
    tags: { ...request.tags },
  };
}

function cpuOf(definition: TaskDefinition | undefined): string {
  return definition?.definition.cpu ?? "256";
}

function freshState(nowMs: number) {
  return {
    lastStatus: "PROVISIONING" as const,
    desiredStatus: "RUNNING" as const,
    healthy: false,
    healthStatus: "UNKNOWN" as const,
    createdAtMs: nowMs,
    pullStartedAtMs: null,
    pullStoppedAtMs: null,
    startedAtMs: null,
    stoppingAtMs: null,
    executionStoppedAtMs: null,
    stoppedAtMs: null,
    stopCode: null,
    stoppedReason: null,
    exitCode: null,
    protectedUntilMs: null,
    step: 0,
    past: new PastViews(),
  };
}

function keyFor(world: WorldState, { cluster, platform, kmsKeyArn }: NewTask): string | null {
  if (platform === undefined) return null;
  if (platform.family !== "Linux" && world.switches.windowsTaskWithKey === "ignore") return null;
  return world.switches.keyCapture === "task" ? fargateKeyOf(cluster) : kmsKeyArn;
}

/** By weight, with the seed's help; base counts are not modelled. */
function providerFor(world: WorldState, spec: ServiceSpec): string | null {
  const items = spec.capacityProviderStrategy;
  const total = items.reduce((sum, item) => sum + (item.weight ?? 0), 0);
  let drawn = total > 0 ? world.life.below(total) : 0;
  for (const item of items) {
    drawn -= item.weight ?? 0;
    if (drawn < 0) return item.capacityProvider ?? null;
  }
  return items[0]?.capacityProvider ?? null;
}

/** The account's launch rate first, then what one service may launch in a minute; RunTask knows the first only. */
function waitToLaunch(world: WorldState, task: Task): number {
  const { lane } = task.cluster;
  const rate = task.capacityProviderName === "FARGATE_SPOT" ? lane.spotLaunches : lane.onDemandLaunches;
  const rateMs = rate.reserve(world.nowMs);
  if (task.unit === null || task.launchType !== "FARGATE") return rateMs;
  return launchesOf(lane, task.unit.service).reserve(world.nowMs + rateMs) - world.nowMs;
}

function launchesOf({ launchesOfServices }: Lane, { arn }: Service): LaunchesOfMinute {
  const known = launchesOfServices.get(arn);
  if (known !== undefined) return known;
  const launches = new LaunchesOfMinute();
  launchesOfServices.set(arn, launches);
  return launches;
}

function register(world: WorldState, task: Task): void {
  task.cluster.tasks.set(task.id, task);
  takeVcpu(task, world.nowMs);
  countLaunched(world, task);
  count(world, "launches");
  if (task.kmsKeyArn !== null) count(world, "launchesWithKey");
  if (task.unit !== null) {
    task.unit.service.counters.launches += 1;
    if (task.kmsKeyArn !== null) task.unit.service.counters.launchesWithKey += 1;
  }
  touch(world, task);
}
