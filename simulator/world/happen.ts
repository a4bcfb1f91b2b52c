// What each happening of the event queue does, and the loop that lets everything due happen.
// Invariants: happenings run in the order of their instants, then of their scheduling; time never goes back.

import type { Happening } from "./happening";
import type { Key } from "./key";
import { expireMaterialOf } from "./key-material";
import { reconcile } from "./reconcile";
import { forgetService } from "./service-deletion";
import { performMove } from "./service-deployment-moves";
import { stepTask } from "./task-life";
import { forgetTask } from "./task-stop";
import { touch, type WorldState } from "./world-state";

/** More happenings than this in one advance mean a rule that feeds itself. */
const HAPPENINGS_MAX = 50_000_000;

/** Lets everything happen that is due at `nowMs` or before; `afterEach` sees the world after every single happening. */
export function advanceTo(world: WorldState, nowMs: number, afterEach: () => void): void {
  for (let done = 0; done < HAPPENINGS_MAX; done++) {
    const next = world.queue.popDue(nowMs);
    if (next === null) {
      world.nowMs = Math.max(world.nowMs, nowMs);
      return;
    }
    world.nowMs = Math.max(world.nowMs, next.atMs);
    happen(world, next.item);
    afterEach();
  }
  throw new Error(`more than ${HAPPENINGS_MAX} happenings up to ${nowMs}: a rule of the simulator feeds itself`);
}

function happen(world: WorldState, happening: Happening): void {
  switch (happening.kind) {
    case "task-step":
      stepTask(world, happening);
      return;
    case "task-forgotten":
      forgetTask(happening.task);
      return;
    case "reconcile":
      reconcile(world, happening.service);
      return;
    case "service-deployment-moves":
      performMove(world, happening.serviceDeployment, happening.move);
      return;
    case "service-changes-shown":
      touch(world, happening.service);
      return;
    case "service-forgotten":
      forgetService(happening.service);
      return;
    case "cluster-forgotten": {
      const { clusters } = happening.cluster.lane;
      if (clusters.get(happening.cluster.name) === happening.cluster) clusters.delete(happening.cluster.name);
      return;
    }
    case "neighbour-gives-vcpu-back":
      happening.room.neighbourTakes(-happening.vcpu, world.nowMs);
      return;
    case "key-material-expires":
      expireMaterialOf(happening.key, happening.validToMs);
      return;
    case "key-deleted":
      deleteKey(world, happening.key, happening.deletionAtMs);
      return;
  }
}

function deleteKey(world: WorldState, key: Key, deletionAtMs: number): void {
  if (key.state !== "PendingDeletion" || key.deletionAtMs !== deletionAtMs) return;
  for (const lane of world.lanes.values()) {
    if (lane.keys.get(key.id) !== key) continue;
    lane.keys.delete(key.id);
    for (const alias of lane.aliases.values()) {
      if (alias.targetKeyId === key.id) lane.aliases.delete(alias.name);
    }
  }
}
