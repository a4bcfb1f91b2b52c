// Puts a fleet into an empty world, in the order in which things need each other.

import { lastPart } from "../../../domain/arn";
import type { Fleet, ServiceRecord } from "../../../domain/fleet";
import type { Lane } from "../lane";
import { laneOf, touch, type WorldState } from "../world-state";
import { importCluster } from "./import-cluster";
import { importImages } from "./import-images";
import { importKeys } from "./import-keys";
import { importLogGroups } from "./import-log-groups";
import { importProtection } from "./import-protection";
import { importRoom } from "./import-room";
import { importSecrets } from "./import-secrets";
import { importService } from "./import-service";
import { importTask } from "./import-task";
import { importTaskDefinition } from "./import-task-definition";
import { importTrails } from "./import-trails";
import { importAlarms, importScaling } from "./import-watchers";
import { fillMissingTasks, resumeService } from "./resume-service";
import { runningDigests } from "./running-digests";
import type { SimulatorExtra } from "./simulator-extra";

const FOR_EVER_MS = Number.MAX_SAFE_INTEGER;

export function importFleet(world: WorldState, fleet: Fleet, extra: SimulatorExtra): void {
  const lane = laneOf(world, fleet.lane.account, fleet.lane.region);
  importKeys(world, fleet);
  importSubnets(lane, fleet);
  const running = runningDigests(fleet);
  for (const fact of fleet.taskDefinitions) {
    if (fact.kind === "known") importTaskDefinition(world, { lane, record: fact.value, running });
  }
  importImages(world, fleet, running);
  importSecrets(world, fleet);
  importLogGroups(world, lane, fleet);
  importAlarms(world, lane, fleet);
  for (const record of fleet.clusters) importCluster(world, lane, record);
  const untoldOf = untoldDeployments(extra, fleet);
  for (const record of fleet.services) importService(world, { lane, record, running, untold: untoldOf(record) });
  importTasks(world, lane, fleet);
  importProtection(lane, fleet);
  importRoom(world, lane, fleet);
  importScaling(world, lane, fleet);
  importTrails(lane, fleet);
  for (const failing of extra.failingServices) failNewTasks(lane, failing);
  for (const cluster of lane.clusters.values()) {
    for (const service of cluster.services.values()) resumeService(world, service);
  }
}

/** What the fleet says of a service's deployments to the simulator alone. Throws when it names a service that is not there. */
function untoldDeployments({ deployments }: SimulatorExtra, { services }: Fleet) {
  const nameOf = ({ clusterArn, name }: ServiceRecord): string => `${lastPart(clusterArn)}/${name}`;
  const names = new Set(services.map(nameOf));
  const untold = new Map(
    deployments.map(({ cluster, service, configuration }) => [`${lastPart(cluster)}/${service}`, configuration]),
  );
  const stray = [...untold.keys()].find((name) => !names.has(name));
  if (stray !== undefined) {
    throw new RangeError(`extra.simulator.deployments names ${stray}, which is not in the fleet`);
  }
  return (record: ServiceRecord) => untold.get(nameOf(record)) ?? {};
}

function importSubnets(lane: Lane, fleet: Fleet): void {
  for (const { id, vpcId, availabilityZone, cidrBlock, availableIpAddresses } of fleet.subnets) {
    const freeAddresses = availableIpAddresses.kind === "known" ? availableIpAddresses.value : null;
    lane.subnets.set(id, { id, vpcId, availabilityZone, cidrBlock, freeAddresses, fullUntilMs: 0 });
  }
}

function importTasks(world: WorldState, lane: Lane, fleet: Fleet): void {
  for (const record of fleet.tasks) {
    const cluster = lane.clusters.get(lastPart(record.clusterArn));
    if (cluster === undefined) continue;
    importTask(world, cluster, record);
  }
  for (const record of fleet.services) {
    const service = lane.clusters.get(lastPart(record.clusterArn))?.services.get(record.name);
    if (service === undefined) continue;
    fillMissingTasks(world, service, record);
    touch(world, service);
  }
}

function failNewTasks(lane: Lane, failing: SimulatorExtra["failingServices"][number]): void {
  const service = lane.clusters.get(lastPart(failing.cluster))?.services.get(lastPart(failing.service));
  if (service === undefined) {
    const place = `${failing.cluster}/${failing.service}`;
    throw new RangeError(`extra.simulator.failingServices names ${place}, which is not in the fleet`);
  }
  service.failure = { how: failing.how, untilMs: FOR_EVER_MS };
}
