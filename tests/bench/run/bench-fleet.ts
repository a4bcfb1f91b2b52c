// The accounts of the benchmark: services as a team's account has them, of many sizes and percents, spread evenly over clusters.
// Invariants: the same question gives the same fleet; every service can be redeployed, so that what is measured is how, not whether.

import type { Fleet } from "../../../domain/fleet";
import { aFleet, type FleetBuilder } from "../../../simulator/fleet-builder";
import { Random } from "../../../simulator/world/random";

export interface FleetQuestion {
  readonly services: number;
  readonly clusters: number;
  /** What of the vCPU in use is free beside it; several times the fleet when left out. */
  readonly headroom?: number;
}

export function benchFleet({ services, clusters, headroom }: FleetQuestion): Fleet {
  const fleet = grown({ services, clusters }).build();
  if (headroom === undefined) return fleet;
  const inUse = fleet.tasks.reduce((sum, { cpuUnits }) => sum + (cpuUnits ?? 0), 0) / 1024;
  return grown({ services, clusters, quota: Math.ceil(inUse * (1 + headroom)) }).build();
}

interface Size {
  readonly services: number;
  readonly clusters: number;
  readonly quota?: number;
}

function grown({ services, clusters, quota }: Size): FleetBuilder {
  const random = new Random(services * 1_000 + clusters, "bench-fleet");
  const names = Array.from({ length: clusters }, (_, at) => `cluster-${padded(at)}`);
  const start = aFleet().key("key", { clusters: names });
  const account = quota === undefined ? start : start.vcpu({ onDemand: quota });
  return names.reduce((fleet, cluster, at) => {
    const share = Math.floor(services / clusters) + (at < services % clusters ? 1 : 0);
    const own = Array.from({ length: share }, (_, number) => `service-${padded(number)}`);
    return own.reduce((builder, name) => service(builder, name, random), fleet.cluster(cluster, { key: "key" }));
  }, account);
}

/** Mostly small ones: what a team runs twice for safety, and a few that carry load. */
const DESIRED = [1, 2, 2, 2, 2, 3, 3, 4, 6, 10] as const;
const PERCENTS = [
  [100, 200],
  [100, 200],
  [100, 150],
  [50, 100],
] as const;

function service(fleet: FleetBuilder, name: string, random: Random): FleetBuilder {
  const desired = DESIRED[random.below(DESIRED.length)] ?? 2;
  const [minimum, maximum] = PERCENTS[random.below(PERCENTS.length)] ?? [100, 200];
  // One task cannot roll at 50 to 100 percent without a gap, and two of 100 to 150 percent take one step each.
  const percents = desired === 1 ? ([100, 200] as const) : ([minimum, maximum] as const);
  const cpuUnits = random.pick([256, 256, 512, 1024]);
  const plain = fleet.service(name, { desired, cpuUnits, memoryMib: cpuUnits * 2 }).percents(...percents);
  const watched = random.chance(0.7) ? plain.breaker(true) : plain;
  return random.chance(0.5) ? watched.behindLoadBalancer() : watched;
}

function padded(number: number): string {
  return String(number).padStart(4, "0");
}
