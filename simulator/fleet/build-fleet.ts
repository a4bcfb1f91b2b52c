// A whole fleet from what was told about it: every record that a scan of such an account would have found.
// Invariant: counts agree with each other: desired, running and pending of services, deployments, tasks and statistics.

import { partitionOf } from "../../domain/arn";
import { known } from "../../domain/fact";
import { type ClusterRecord, FLEET_SCHEMA, FLEET_VERSION, type Fleet, type TaskRecord } from "../../domain/fleet";
import { buildCapacity } from "./build-capacity";
import { buildKey } from "./build-key";
import { buildProtection } from "./build-protection";
import { buildService, onFargate } from "./build-service";
import { buildStandaloneTask } from "./build-standalone-task";
import { buildStartNeeds, type StartedService } from "./build-start-needs";
import { buildSubnets } from "./build-subnets";
import { buildAlarms, buildScaling, buildTrails } from "./build-watchers";
import type { BuiltService, FleetPlace } from "./built";
import type { ClusterDraft, FleetDraft } from "./drafts";
import { FleetProblem } from "./fleet-problem";
import { untoldDeployment } from "./hook-draft";

export function buildFleet(draft: FleetDraft): Fleet {
  const { account, region, at } = draft;
  const lane = { account, region, partition: partitionOf(region) };
  const keys = [...draft.keys.values()].map((key) => buildKey(key, lane, at));
  const arnOfKey = new Map([...draft.keys.keys()].map((name, index) => [name, keys[index]?.arn ?? ""]));
  const subnets = buildSubnets(draft);
  const placeOf = (cluster: string): FleetPlace => {
    const key = draft.clusters.get(cluster)?.key ?? null;
    const clusterKeyArn = key === null ? null : (arnOfKey.get(key) ?? null);
    return { lane, atMs: Date.parse(at), clusterName: cluster, clusterKeyArn, subnets: subnets.map(({ id }) => id) };
  };
  const built = [
    ...draft.services.map((service) => buildService(service, placeOf(service.cluster))),
    ...draft.standaloneTasks.map((task) => buildStandaloneTask(task, placeOf(task.cluster))),
  ];
  const services = built.flatMap(({ service }) => service ?? []);
  const tasks = built.flatMap((one) => one.tasks);
  return {
    schema: FLEET_SCHEMA,
    version: FLEET_VERSION,
    lane,
    readAt: at,
    clusters: [...draft.clusters.values()].map((cluster) => ({
      ...buildCluster(cluster, placeOf(cluster.name), built),
      protectedTasks: known(buildProtection(draft, { cluster: cluster.name, built }), at),
    })),
    services,
    taskDefinitions: built.map(({ taskDefinition }) => known(taskDefinition, at)),
    tasks,
    keys,
    subnets,
    ...buildStartNeeds(startedServices(draft, built), { lane, at }),
    alarms: buildAlarms(draft),
    scaling: known(buildScaling(draft), at),
    capacity: buildCapacity(draft.vcpu, tasks, at),
    trails: known(buildTrails(draft, lane), at),
    unread: [],
    extra: extraOf(draft),
  };
}

/** What no scan shows and a simulation needs: how the new tasks of some services fail, and how some are deployed. */
function extraOf(draft: FleetDraft): Readonly<Record<string, unknown>> {
  const failingServices = draft.services.flatMap(({ cluster, name, failing }) =>
    failing === null ? [] : [{ cluster, service: name, how: failing }],
  );
  const deployments = draft.services.flatMap((service) => {
    const untold = untoldDeployment(service);
    return untold === null ? [] : [{ cluster: service.cluster, service: service.name, ...untold }];
  });
  const simulator = {
    ...(failingServices.length === 0 ? {} : { failingServices }),
    ...(deployments.length === 0 ? {} : { deployments }),
  };
  return Object.keys(simulator).length === 0 ? {} : { simulator };
}

function startedServices({ services }: FleetDraft, built: readonly BuiltService[]): readonly StartedService[] {
  return services.flatMap((draft, index) => {
    const one = built[index];
    return one === undefined || !onFargate(draft) ? [] : [{ draft, built: one }];
  });
}

function buildCluster(
  draft: ClusterDraft,
  place: FleetPlace,
  built: readonly BuiltService[],
): Omit<ClusterRecord, "protectedTasks"> {
  const { lane, atMs, clusterKeyArn } = place;
  const at = new Date(atMs).toISOString();
  const arn = `arn:${lane.partition}:ecs:${lane.region}:${lane.account}:cluster/${draft.name}`;
  const services = built.flatMap(({ service }) => (service?.clusterArn === arn ? [service] : []));
  const tasks = built.flatMap((one) => one.tasks).filter((task) => task.clusterArn === arn);
  if (services.length > 5_000) {
    throw new FleetProblem(`cluster "${draft.name}" has ${services.length} services`, "AWS allows 5000: add a cluster");
  }
  const whole =
    clusterKeyArn === null ? {} : { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: clusterKeyArn } };
  return {
    arn,
    name: draft.name,
    status: "ACTIVE",
    configuration: known({ fargateEphemeralStorageKmsKeyArn: clusterKeyArn, managedStorageKmsKeyArn: null, whole }, at),
    capacityProviders: ["FARGATE", "FARGATE_SPOT"],
    defaultCapacityProviderStrategy: [],
    tags: draft.tags,
    statistics: statisticsOf(tasks, services.length - services.filter(isEc2).length),
    services: known(services.length, at),
    tasks: known(tasks.length, at),
  };
}

function isEc2(service: { readonly launchType: string | null; readonly taskSets: readonly unknown[] }): boolean {
  return service.launchType === "EC2" && service.taskSets.length === 0;
}

function statisticsOf(tasks: readonly TaskRecord[], fargateServices: number): Readonly<Record<string, number>> {
  const count = (fits: (task: TaskRecord) => boolean): number => tasks.filter(fits).length;
  const onFargate = ({ launchType }: TaskRecord): boolean => launchType === "FARGATE";
  return {
    runningFargateTasksCount: count((task) => onFargate(task) && task.lastStatus === "RUNNING"),
    pendingFargateTasksCount: count((task) => onFargate(task) && task.lastStatus !== "RUNNING"),
    runningEC2TasksCount: count((task) => !onFargate(task) && task.lastStatus === "RUNNING"),
    activeFargateServiceCount: fargateServices,
    drainingFargateServiceCount: 0,
  };
}
