// World-level faults and rival actors, applied now.
// Invariants: a fault that names what does not exist is refused with the name; a rival's act goes through the same rules as a
// caller's.

import { lastPart } from "../../domain/arn";
import type { Cluster } from "./cluster";
import { autoscaleTo, setDesiredCount } from "./desired-count";
import type { Key } from "./key";
import { changeKey } from "./key-faults";
import type { Lane } from "./lane";
import { failNextHook } from "./lifecycle/hook-run";
import { changeOrganisation } from "./organisation-faults";
import { runsOnFargate } from "./revision";
import { wakeSoon } from "./scheduler-wake";
import type { Service } from "./service";
import { deleteService, unitsOf } from "./service-deletion";
import { startDeployment } from "./start-deployment";
import { changeStartNeeds } from "./start-faults";
import { changeSurroundings } from "./surroundings-faults";
import type { Task } from "./task";
import { drainTask, failTask } from "./task-stop";
import { recordCall, rivalIn } from "./trail-of-calls";
import type { FaultPlace, ServicePlace, WorldFault } from "./world-fault";
import { touch, type WorldState } from "./world-state";
import { rebalanceOneTask } from "./zone-rebalancing";

const FOR_EVER_MS = Number.MAX_SAFE_INTEGER;
/** AWS's default (UpdateTaskProtection, documented). */
const PROTECTION_MINUTES = 120;

export function injectFault(world: WorldState, fault: WorldFault): void {
  switch (fault.kind) {
    case "key-disabled":
    case "key-enabled":
    case "key-policy-replaced":
    case "key-deletion-scheduled":
    case "key-material-expires":
      changeKey(world, keyAt(world, fault), fault);
      return;
    case "organisation-denies-key":
    case "organisation-allows-key":
      changeOrganisation(laneAt(world, fault), fault);
      return;
    case "image-missing":
    case "image-moved":
    case "secret-deleted":
    case "secret-scheduled-for-deletion":
    case "parameter-deleted":
    case "log-group-deleted":
    case "task-definition-inactive":
      changeStartNeeds(world, laneAt(world, fault), fault);
      return;
    case "task-protected":
      protectTasks(world, fault);
      return;
    case "new-tasks-fail":
      serviceAt(world, fault).failure = { how: fault.how, untilMs: fault.untilMs ?? FOR_EVER_MS };
      return;
    case "new-tasks-recover":
      serviceAt(world, fault).failure = null;
      return;
    case "capacity-short":
      laneAt(world, fault).capacityShort = { refusals: fault.refusals, untilMs: fault.untilMs };
      return;
    case "subnet-full":
      fillSubnet(world, fault);
      return;
    case "alarm-fires":
    case "alarm-clears":
    case "vcpu-quota":
    case "neighbour-takes-vcpu":
    case "trail-drops-kms":
      changeSurroundings(world, laneAt(world, fault), fault);
      return;
    case "somebody-deploys":
      somebodyDeploys(world, fault);
      return;
    case "somebody-scales":
      somebodyScales(world, fault);
      return;
    case "service-deleted":
      deleteService(world, serviceAt(world, fault));
      return;
    case "cluster-key-changed":
      changeClusterKey(world, clusterAt(world, fault), fault.key);
      return;
    case "hook-fails":
      failHook(world, serviceAt(world, fault));
      return;
    case "zones-rebalanced":
      rebalanceOneTask(world, serviceAt(world, fault));
      return;
    case "task-retired":
      retireTasks(world, fault);
      return;
    case "task-dies":
      stopRunning(world, fault, (task) =>
        failTask(world, task, {
          code: "EssentialContainerExited",
          reason: "Essential container in task exited",
          exitCode: 137,
        }),
      );
      return;
    case "spot-interruption":
      stopRunning(world, fault, (task) =>
        drainTask(world, task, { code: "SpotInterruption", reason: "Your Spot Task was interrupted." }),
      );
      return;
  }
}

function laneAt(world: WorldState, place: FaultPlace): Lane {
  const fitting = [...world.lanes.values()].filter(
    (lane) =>
      (place.account === undefined || lane.account === place.account) &&
      (place.region === undefined || lane.region === place.region),
  );
  // Registries, secrets and keys of other accounts have lanes of their own: only those with clusters are meant by nothing said.
  const withClusters = fitting.filter(({ clusters }) => clusters.size > 0);
  const lanes = withClusters.length === 1 ? withClusters : fitting;
  const [lane, ...others] = lanes;
  if (lane !== undefined && others.length === 0) return lane;
  const names = [...world.lanes.keys()].join(", ") || "none";
  throw new RangeError(`a fault must name one lane; ${lanes.length} fit. Give account and region of one of: ${names}`);
}

function clusterAt(world: WorldState, place: FaultPlace & { readonly cluster: string }): Cluster {
  const cluster = laneAt(world, place).clusters.get(lastPart(place.cluster));
  if (cluster !== undefined) return cluster;
  throw new RangeError(`no cluster ${place.cluster} in the simulated world; name one that is there`);
}

function serviceAt(world: WorldState, place: ServicePlace): Service {
  const service = clusterAt(world, place).services.get(lastPart(place.service));
  if (service !== undefined) return service;
  throw new RangeError(`no service ${place.service} in cluster ${place.cluster}; name one that is there`);
}

function keyAt(world: WorldState, place: FaultPlace & { readonly key: string }): Key {
  const key = laneAt(world, place).keys.get(lastPart(place.key));
  if (key !== undefined) return key;
  throw new RangeError(`no key ${place.key} in the simulated world; give the id or ARN of one that is there`);
}

function protectTasks(world: WorldState, fault: Extract<WorldFault, { kind: "task-protected" }>): void {
  const untilMs = world.nowMs + (fault.minutes ?? PROTECTION_MINUTES) * 60_000;
  for (const unit of unitsOf(serviceAt(world, fault))) {
    for (const task of unit.tasks) task.protectedUntilMs = untilMs;
  }
}

function fillSubnet(world: WorldState, fault: Extract<WorldFault, { kind: "subnet-full" }>): void {
  const subnet = laneAt(world, fault).subnets.get(fault.subnet);
  if (subnet === undefined)
    throw new RangeError(`no subnet ${fault.subnet} in the simulated world; name one that is there`);
  subnet.fullUntilMs = fault.untilMs ?? FOR_EVER_MS;
}

function somebodyDeploys(world: WorldState, fault: Extract<WorldFault, { kind: "somebody-deploys" }>): void {
  const service = serviceAt(world, fault);
  if (service.controller !== "ECS") throw new RangeError(`service ${fault.service} is not deployed by ECS`);
  if (fault.taskDefinition !== undefined) {
    const definition = service.cluster.lane.taskDefinitions.get(lastPart(fault.taskDefinition));
    if (definition === undefined)
      throw new RangeError(`no task definition ${fault.taskDefinition}; give family:revision`);
    service.spec = { ...service.spec, taskDefinitionArn: definition.arn };
  }
  startDeployment(world, service);
}

function somebodyScales(world: WorldState, fault: Extract<WorldFault, { kind: "somebody-scales" }>): void {
  const service = serviceAt(world, fault);
  if (fault.by === "autoscaling") autoscaleTo(world, service, fault.desiredCount);
  else setDesiredCount(world, service, fault.desiredCount);
}

function changeClusterKey(world: WorldState, cluster: Cluster, key: string | null): void {
  const { fargateEphemeralStorageKmsKeyId: _, ...storage } = cluster.configuration?.managedStorageConfiguration ?? {};
  cluster.configuration = {
    ...cluster.configuration,
    managedStorageConfiguration: key === null ? storage : { ...storage, fargateEphemeralStorageKmsKeyId: key },
  };
  touch(world, cluster);
  const input = { cluster: cluster.name, configuration: cluster.configuration };
  const call = { service: "ecs", operation: "UpdateCluster", input, caller: rivalIn(cluster.lane) } as const;
  recordCall(world, call, { kind: "ok", output: {} });
}

function failHook(world: WorldState, service: Service): void {
  failNextHook(world, service);
  wakeSoon(world, service);
}

/** "Task retirement and maintenance for AWS Fargate on Amazon ECS" has the reason (documented); the stop code is inferred. */
function retireTasks(world: WorldState, fault: Extract<WorldFault, { kind: "task-retired" }>): void {
  const service = serviceAt(world, fault);
  if (!unitsOf(service).some(({ revision }) => runsOnFargate(revision.spec))) {
    throw new RangeError(`service ${fault.service} does not run on Fargate; only Fargate tasks are retired`);
  }
  stopRunning(world, fault, (task) => drainTask(world, task, { code: "TerminationNotice", reason: RETIREMENT }));
}

const RETIREMENT = "ECS is performing maintenance on the underlying infrastructure hosting the task";

function stopRunning(
  world: WorldState,
  place: ServicePlace & { readonly count?: number },
  stop: (task: Task) => void,
): void {
  const service = serviceAt(world, place);
  const running = unitsOf(service).flatMap((unit) => [...unit.tasks].filter((task) => task.lastStatus === "RUNNING"));
  for (const task of running.slice(0, place.count ?? 1)) stop(task);
  wakeSoon(world, service);
}
