// Asking the service scheduler to look at a service, soon or at an instant.
// Invariant: at most one look is due for a service; an earlier wish replaces a later one, whose entry then does nothing.

import type { Service } from "./service";
import { scheduleIn, type WorldState } from "./world-state";

/** Lets the scheduler answer to a change: after a seeded moment, as ECS does. */
export function wakeSoon(world: WorldState, service: Service): void {
  wakeAt(world, service, world.nowMs + world.durations.schedulerMs());
}

export function wakeAt(world: WorldState, service: Service, atMs: number): void {
  if (service.reconcileAtMs !== null && service.reconcileAtMs <= atMs) return;
  service.reconcileAtMs = atMs;
  scheduleIn(world, atMs - world.nowMs, { kind: "reconcile", service });
}
