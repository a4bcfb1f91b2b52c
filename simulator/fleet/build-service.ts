// One service with its deployments or task sets, its task definition and its tasks.
// Invariants
//   with the ECS controller there are deployments and no task sets; with CODE_DEPLOY and EXTERNAL it is the other way round
//   a service in flight has its old deployment ACTIVE with all its tasks, and a new PRIMARY one that starts its first task

import type {
  DeploymentRecord,
  ServiceRecord,
  TaskDefinitionRecord,
  TaskRecord,
  TaskSetRecord,
} from "../../domain/fleet";
import { LATEST_LINUX_PLATFORM_VERSION, LATEST_WINDOWS_PLATFORM_VERSION } from "../../domain/platform-version";
import { buildTask, platformFamilyOf } from "./build-task";
import { buildTaskDefinition } from "./build-task-definition";
import { type BuiltService, ecsArnOf, type FleetPlace, isoOf } from "./built";
import type { ServiceDraft } from "./drafts";
import { deploymentIdOf, hexOf } from "./fleet-ids";
import { FleetProblem } from "./fleet-problem";
import { digestAtHand } from "./image-digest";

const HOUR_MS = 3_600_000;
/** Service deployments are kept for those made since this day (ECS developer guide, service-deployment, documented). */
const SERVICE_DEPLOYMENTS_SINCE_MS = Date.parse("2024-10-25T00:00:00Z");

export function buildService(draft: ServiceDraft, place: FleetPlace): BuiltService {
  if (draft.keyed && place.clusterKeyArn === null) {
    throw new FleetProblem(
      `service "${draft.cluster}/${draft.name}" is keyed in a cluster without a key`,
      "give the cluster a key",
    );
  }
  const taskDefinition = taskDefinitionOf(draft, place);
  const units = unitsOf(draft, place);
  const tasks = units.flatMap((unit) => tasksOf({ draft, place, taskDefinition, unit }));
  return { service: serviceOf({ draft, place, taskDefinition, units }), taskDefinition, tasks };
}

/** A deployment or a task set: whatever launches tasks. */
interface Unit {
  readonly id: string;
  readonly primary: boolean;
  readonly running: number;
  readonly pending: number;
  readonly createdAtMs: number;
  readonly kmsKeyArn: string | null;
}

interface Parts {
  readonly draft: ServiceDraft;
  readonly place: FleetPlace;
  readonly taskDefinition: TaskDefinitionRecord;
}

function unitsOf(draft: ServiceDraft, { atMs, clusterKeyArn, lane }: FleetPlace): readonly Unit[] {
  const seedText = `${lane.account} ${lane.region} ${draft.cluster} ${draft.name}`;
  const settled: Unit = {
    id: deploymentIdOf(`deployment ${seedText}`),
    primary: !draft.inFlight,
    running: draft.desired,
    pending: 0,
    createdAtMs: atMs - draft.ageHours * HOUR_MS,
    kmsKeyArn: draft.keyed ? clusterKeyArn : null,
  };
  if (!draft.inFlight) return [settled];
  const under = { id: deploymentIdOf(`new deployment ${seedText}`), primary: true, running: 0, pending: 1 };
  return [{ ...under, createdAtMs: atMs - 40_000, kmsKeyArn: clusterKeyArn }, settled];
}

function serviceOf({
  draft,
  place,
  taskDefinition,
  units,
}: Parts & { readonly units: readonly Unit[] }): ServiceRecord {
  const byEcs = draft.controller === "ECS";
  const name = draft.oldArnFormat ? draft.name : `${draft.cluster}/${draft.name}`;
  return {
    arn: ecsArnOf(place, `service/${name}`),
    name: draft.name,
    clusterArn: ecsArnOf(place, `cluster/${draft.cluster}`),
    status: "ACTIVE",
    controller: draft.controller,
    strategy: draft.strategy.kind,
    schedulingStrategy: "REPLICA",
    // An EXTERNAL service says EC2 although its task sets run on Fargate (reported).
    launchType: draft.controller === "EXTERNAL" ? "EC2" : launchTypeOf(draft),
    capacityProviderStrategy: strategyOf(draft),
    platformVersion: onFargate(draft) && draft.controller !== "EXTERNAL" ? draft.platformVersion : null,
    platformFamily: onFargate(draft) ? platformFamilyOf(draft.windows) : null,
    desiredCount: draft.desired,
    runningCount: units.reduce((sum, { running }) => sum + running, 0),
    pendingCount: units.reduce((sum, { pending }) => sum + pending, 0),
    minimumHealthyPercent: draft.minimumHealthyPercent,
    maximumPercent: draft.maximumPercent,
    circuitBreaker: draft.breaker,
    alarms: alarmsOf(draft),
    pauseHooks: draft.pauseHooks,
    bakeTimeMinutes: draft.bakeMinutes,
    availabilityZoneRebalancing: "DISABLED",
    taskDefinitionArn: taskDefinition.arn,
    subnets: onFargate(draft) ? place.subnets : [],
    securityGroups: [],
    assignsPublicIp: false,
    targetGroupArns: draft.behindLoadBalancer ? [targetGroupOf(draft, place)] : [],
    healthCheckGracePeriodSeconds: 0,
    deployments: byEcs ? units.map((unit) => deploymentOf(draft, unit, taskDefinition)) : [],
    taskSets: byEcs ? [] : units.map((unit) => taskSetOf(draft, unit)),
    currentServiceDeployment: byEcs ? currentServiceDeploymentOf(draft, place, units) : null,
    resourceManagementType: "CUSTOMER",
    createdAt: isoOf(place.atMs - (draft.ageHours + 24 * 30) * HOUR_MS),
    tags: draft.tags,
    events: [],
  };
}

function alarmsOf({ alarms, alarmsRollBack }: ServiceDraft): ServiceRecord["alarms"] {
  const enable = alarms.length > 0;
  return { enable, rollback: enable && alarmsRollBack, names: alarms };
}

function deploymentOf(draft: ServiceDraft, unit: Unit, taskDefinition: TaskDefinitionRecord): DeploymentRecord {
  const inProgress = unit.primary && draft.inFlight;
  return {
    id: unit.id,
    status: unit.primary ? "PRIMARY" : "ACTIVE",
    rolloutState: inProgress ? "IN_PROGRESS" : "COMPLETED",
    rolloutStateReason: `ECS deployment ${unit.id} ${inProgress ? "in progress" : "completed"}.`,
    kmsKeyArn: unit.kmsKeyArn,
    platformVersion: runsOn(draft),
    launchType: launchTypeOf(draft),
    capacityProviderStrategy: strategyOf(draft),
    taskDefinitionArn: taskDefinition.arn,
    desiredCount: draft.desired,
    runningCount: unit.running,
    pendingCount: unit.pending,
    ebsVolumes: draft.start.ebsVolumes,
    failedTasks: 0,
    createdAt: isoOf(unit.createdAtMs),
    updatedAt: isoOf(unit.createdAtMs),
  };
}

function taskSetOf(draft: ServiceDraft, unit: Unit): TaskSetRecord {
  return {
    id: unit.id,
    status: "PRIMARY",
    kmsKeyArn: unit.kmsKeyArn,
    platformVersion: runsOn(draft),
    launchType: launchTypeOf(draft),
    capacityProviderStrategy: strategyOf(draft),
    stabilityStatus: "STEADY_STATE",
    desiredCount: draft.desired,
    runningCount: unit.running,
  };
}

function tasksOf({ draft, place, taskDefinition, unit }: Parts & { readonly unit: Unit }): readonly TaskRecord[] {
  const strategy = strategyOf(draft);
  const [container] = taskDefinition.containers;
  const { multiArch } = draft.start;
  const imageDigest = digestAtHand(container?.image ?? "", { multiArch, lane: place.lane });
  return Array.from({ length: unit.running + unit.pending }, (_, index) =>
    buildTask(
      {
        seedText: `task ${place.lane.account} ${draft.cluster} ${unit.id} ${index}`,
        group: `service:${draft.name}`,
        startedBy: unit.id,
        taskDefinition,
        imageDigest,
        capacityProviderName: strategy[index % Math.max(1, strategy.length)]?.capacityProvider ?? null,
        platformVersion: runsOn(draft),
        windows: draft.windows,
        kmsKeyArn: unit.kmsKeyArn,
        subnet: onFargate(draft) ? (place.subnets[index % place.subnets.length] ?? null) : null,
        createdAtMs: unit.createdAtMs + index * 2_000,
        running: index < unit.running,
        oldArnFormat: draft.oldArnFormat,
      },
      place,
    ),
  );
}

function taskDefinitionOf(draft: ServiceDraft, place: FleetPlace): TaskDefinitionRecord {
  const { cluster, name, cpuUnits, memoryMib, windows, start } = draft;
  return buildTaskDefinition(
    { family: `${cluster}-${name}`, cpuUnits, memoryMib, windows, onFargate: onFargate(draft), start },
    place,
  );
}

export function onFargate({ launch }: ServiceDraft): boolean {
  return launch.kind === "launchType"
    ? launch.launchType === "FARGATE"
    : isFargateProvider(launch.items[0]?.capacityProvider);
}

function isFargateProvider(name: string | undefined): boolean {
  return name === "FARGATE" || name === "FARGATE_SPOT";
}

function launchTypeOf({ launch }: ServiceDraft): string | null {
  return launch.kind === "launchType" ? launch.launchType : null;
}

function strategyOf({ launch }: ServiceDraft) {
  return launch.kind === "strategy" ? launch.items : [];
}

/** The concrete platform version that its tasks run, or null where there is none. A retired pin still runs: it cannot start anew. */
function runsOn(draft: ServiceDraft): string | null {
  if (!onFargate(draft)) return null;
  if (draft.platformVersion !== "LATEST") return draft.platformVersion;
  return draft.windows ? LATEST_WINDOWS_PLATFORM_VERSION : LATEST_LINUX_PLATFORM_VERSION;
}

function targetGroupOf({ cluster, name }: ServiceDraft, { lane }: FleetPlace): string {
  const id = `${`${cluster}-${name}`.slice(0, 32)}/${hexOf(`target group ${cluster} ${name}`, 16)}`;
  return `arn:${lane.partition}:elasticloadbalancing:${lane.region}:${lane.account}:targetgroup/${id}`;
}

function currentServiceDeploymentOf(draft: ServiceDraft, place: FleetPlace, units: readonly Unit[]): string | null {
  const current = units.find(({ primary }) => primary);
  if (current === undefined || current.createdAtMs < SERVICE_DEPLOYMENTS_SINCE_MS) return null;
  return ecsArnOf(place, `service-deployment/${draft.cluster}/${draft.name}/${hexOf(current.id, 21)}`);
}
