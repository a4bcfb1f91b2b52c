// The log groups of a fleet.
// Invariants: one that a scan looked for in vain is not there; one that nobody could look at is taken for present; what a container
// makes itself at its start is not made here; groups in other Regions, which a scan of this lane does not see, are present.

import type { Fleet } from "../../../domain/fleet";
import { usualLogGroup } from "../container-log";
import type { Lane } from "../lane";
import { laneOf, type WorldState } from "../world-state";

export function importLogGroups(world: WorldState, lane: Lane, fleet: Fleet): void {
  const missing = new Set<string>();
  for (const { name, exists } of fleet.logGroups) {
    if (exists.kind === "known" && !exists.value) missing.add(name);
    else add(world, lane, name);
  }
  for (const fact of fleet.taskDefinitions) {
    if (fact.kind === "unknown") continue;
    for (const { logGroup, logRegion, createsLogGroup } of fact.value.containers) {
      if (logGroup === null || createsLogGroup) continue;
      const home = logRegion === null ? lane : laneOf(world, lane.account, logRegion);
      if (home !== lane || !missing.has(logGroup)) add(world, home, logGroup);
    }
  }
}

function add(world: WorldState, lane: Lane, name: string): void {
  if (!lane.logGroups.has(name)) lane.logGroups.set(name, usualLogGroup(lane, name, world.startedAtMs));
}
