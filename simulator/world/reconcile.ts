// One look of the service scheduler at one service.
// Invariant: a look that is no longer wanted (an earlier one took its place) does nothing.

import { rollService } from "./rolling-scheduler";
import type { Service } from "./service";
import { emptyService } from "./service-deletion";
import { scaleTaskSets } from "./task-set-scheduler";
import type { WorldState } from "./world-state";

export function reconcile(world: WorldState, service: Service): void {
  if (service.reconcileAtMs === null || service.reconcileAtMs > world.nowMs) return;
  service.reconcileAtMs = null;
  if (service.status === "INACTIVE") return;
  if (service.status === "DRAINING") emptyService(world, service);
  else if (service.controller === "ECS") rollService(world, service);
  else scaleTaskSets(world, service);
}
