// The events that DescribeServices shows: newest first, at most 100 (ECS service quotas, documented).

import type { Service } from "./service";
import { touch, type WorldState } from "./world-state";

const EVENTS_MAX = 100;

export function addServiceEvent(world: WorldState, service: Service, text: string): void {
  const message = `(service ${service.name}) ${text}`;
  service.events.unshift({ id: world.identifiers.eventId(), atMs: world.nowMs, message });
  if (service.events.length > EVENTS_MAX) service.events.length = EVENTS_MAX;
  touch(world, service);
}
