// The vCPU quotas of a fleet, and what else in the account uses them.
// Invariants: an unread quota is none, so that a rehearsal never fails on a limit that nobody saw; of an unread use, what the
// fleet's own tasks take is known all the same.

import type { Fleet } from "../../../domain/fleet";
import type { VcpuRecord } from "../../../domain/fleet-surroundings";
import type { Lane } from "../lane";
import type { VcpuRoom } from "../vcpu-room";
import type { WorldState } from "../world-state";

/** To be called when the fleet's tasks are in the world. */
export function importRoom(world: WorldState, lane: Lane, { capacity }: Fleet): void {
  fill(lane.vcpu.onDemand, capacity.onDemand, world.nowMs);
  fill(lane.vcpu.spot, capacity.spot, world.nowMs);
}

function fill(room: VcpuRoom, { quota, inUse }: VcpuRecord, nowMs: number): void {
  if (quota.kind === "known") room.quotaVcpu = quota.value;
  if (inUse.kind === "known") room.neighbourTakes(Math.max(0, inUse.value - room.ownVcpu), nowMs);
  room.begin();
}
