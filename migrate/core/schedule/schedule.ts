// What a run's services need and what room there is, reckoned once from plan and fleet.
//
// Invariants
//   room is what the scan saw free; what it did not see limits nothing here, and preflight says so
//   need is what a redeployment adds to what runs now (`surge.ts`); tasks of unseen size count as 0 vCPU, and the plan says so
//   a service that may launch as On-Demand and as Spot needs both: which of its tasks are Spot ones is not foreseen
//   the same ranks for the same plan, whatever the order of its lists (`begin-order.ts`)

import { bucketOf, FARGATE_LAUNCH } from "../../../domain/api-quotas";
import type { Fleet, ServiceRecord } from "../../../domain/fleet";
import type { Plan, PlannedService } from "../model/plan";
import { PACING_LIMITS } from "../pacing/pacing-limits";
import { type CapacityKind, capacityKindsOf, freeVcpu } from "../plan/capacity";
import { FleetIndex } from "../plan/fleet-index";
import { mutexKey } from "../plan/mutex";
import { type AddressRoom, addressRooms, type RoomsOf } from "./address-rooms";
import { beginOrder } from "./begin-order";
import { type Capacity, type Need, type Part, partOf, type Rate, type Room } from "./resource";
import { targetRooms } from "./target-rooms";

export interface Schedule {
  /** By the service's ARN. */
  readonly needs: ReadonlyMap<string, Need>;
  readonly room: Room;
  /** Rank by the service's ARN, 0 for who begins first. */
  readonly order: ReadonlyMap<string, number>;
}

export function scheduleOf({ plan, fleet }: { readonly plan: Plan; readonly fleet: Fleet }): Schedule {
  const records = new Map(fleet.services.map((service) => [service.arn, service]));
  const world: World = {
    fleet,
    index: new FleetIndex(fleet),
    roomsOf: addressRooms(
      plan.services.map(({ arn }) => records.get(arn)?.subnets ?? []),
      fleet.subnets,
    ),
    targets: targetRooms(fleet.services),
    capacities: new CapacityList(),
  };
  const needs = new Map(
    plan.services.map((planned) => [planned.arn, needOf(world, planned, records.get(planned.arn))]),
  );
  return {
    needs,
    room: { capacities: world.capacities.all, rates: RATES },
    order: beginOrder(plan.services, plan.options.inFlightMax),
  };
}

interface World {
  readonly fleet: Fleet;
  readonly index: FleetIndex;
  readonly roomsOf: RoomsOf;
  /** Targets that a target group has room for, by its ARN. */
  readonly targets: ReadonlyMap<string, number>;
  readonly capacities: CapacityList;
}

/** Fargate makes two CreateGrant calls a launch, a dry run and the real one (seen in AWS's own trace; that both count, inferred). */
const GRANT_CALLS_PER_LAUNCH = 2;
const CREATE_GRANT = bucketOf("kms", "CreateGrant") ?? { burst: Number.POSITIVE_INFINITY, perSecond: 1 };

/** Of each bucket the share that all our calls keep to: others launch tasks on this account too. */
const RATES: readonly Rate[] = [
  { kind: "launches", capacity: "onDemand", ...shareOf(FARGATE_LAUNCH.usual) },
  { kind: "launches", capacity: "spot", ...shareOf(FARGATE_LAUNCH.usual) },
  { kind: "grants", ...shareOf(CREATE_GRANT) },
];

function shareOf({ burst, perSecond }: Pick<Rate, "burst" | "perSecond">): Pick<Rate, "burst" | "perSecond"> {
  return { burst: burst * PACING_LIMITS.share, perSecond: perSecond * PACING_LIMITS.share };
}

function needOf(world: World, planned: PlannedService, service: ServiceRecord | undefined): Need {
  const { capacities } = world;
  const mutexes = (planned.mutexes ?? []).map((mutex) =>
    capacities.part(`mutex ${mutexKey(mutex)}`, { kind: "mutex", mutex, room: 1 }, 1),
  );
  if (service === undefined) return { holds: mutexes, draws: [] };
  const kinds = capacityKindsOf(service, world.index.cluster(service.clusterArn));
  const { surgeTasks, surgeVcpu } = planned;
  const addresses = world.roomsOf(service.subnets).map((room) => addressPart(capacities, room, surgeTasks));
  const targets = service.targetGroupArns.map((arn) =>
    capacities.part(
      `targets ${arn}`,
      { kind: "targets", arn, room: Math.max(0, world.targets.get(arn) ?? 0) },
      surgeTasks,
    ),
  );
  // Mutexes first: nothing is kept free for a service that waits for another to end.
  const holds = [...mutexes, ...vcpuParts(world, kinds, surgeVcpu), ...addresses, ...targets];
  return { holds: holds.filter(isSome), draws: drawsOf(kinds, surgeTasks).filter(isSome) };
}

function vcpuParts({ fleet, capacities }: World, kinds: readonly CapacityKind[], amount: number): readonly Part[] {
  return kinds.flatMap((capacity) => {
    const free = freeVcpu(fleet.capacity[capacity]);
    if (free.kind === "unknown") return [];
    return capacities.part(`vcpu ${capacity}`, { kind: "vcpu", capacity, room: free.value }, amount);
  });
}

function addressPart(capacities: CapacityList, { subnets, free }: AddressRoom, amount: number): Part {
  return capacities.part(`addresses ${subnets.join(" ")}`, { kind: "addresses", subnets, room: free }, amount);
}

function drawsOf(kinds: readonly CapacityKind[], launches: number): readonly Part[] {
  return RATES.map((rate, at) => {
    if (rate.kind === "grants") return { at, amount: GRANT_CALLS_PER_LAUNCH * launches };
    return { at, amount: kinds.includes(rate.capacity) ? launches : 0 };
  });
}

function isSome({ amount }: Part): boolean {
  return amount > 0;
}

/** Capacities in the order in which they were first needed, each once. */
class CapacityList {
  readonly all: Capacity[] = [];
  private readonly places = new Map<string, number>();

  part(key: string, capacity: Capacity, amount: number): Part {
    const known = this.places.get(key);
    const at = known ?? this.all.push(capacity) - 1;
    if (known === undefined) this.places.set(key, at);
    return partOf(capacity, at, amount);
  }
}
