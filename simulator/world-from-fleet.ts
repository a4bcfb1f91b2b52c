// A world made of a fleet: a real scan, or a built one, that can then be called, deployed to and broken.
//
// Invariants
//   the world starts at the instant of the scan; clusters, services, deployments, keys and tasks are as the fleet says
//   what the fleet could not read is taken for the harmless thing: an unread policy lets Fargate use the key
//   a deployment that the scan saw in progress goes on; services without one do nothing until somebody acts

import type { Fleet } from "../domain/fleet";
import { importFleet } from "./world/import/import-fleet";
import { readSimulatorExtra } from "./world/import/simulator-extra";
import type { Switches } from "./world/switches";
import { World } from "./world/world";

export interface WorldFromFleetOptions {
  readonly seed: number;
  readonly switches?: Partial<Switches>;
  /** How late reads may show a write, in milliseconds. @default 0 */
  readonly readLagMaxMs?: number;
  /** How late a replaced key policy may be in force for Fargate, in milliseconds. @default 5 minutes */
  readonly keyPolicyDelayMaxMs?: number;
}

/** Throws RangeError when `readAt` is no instant or `extra.simulator` names what is not in the fleet. */
export function worldFromFleet(fleet: Fleet, options: WorldFromFleetOptions): World {
  const startAtMs = Date.parse(fleet.readAt);
  if (Number.isNaN(startAtMs)) throw new RangeError(`the fleet's readAt is no ISO 8601 instant: ${fleet.readAt}`);
  const extra = readSimulatorExtra(fleet.extra);
  return World.create({ ...options, startAtMs, durations: extra.durations }, (state) =>
    importFleet(state, fleet, extra),
  );
}
