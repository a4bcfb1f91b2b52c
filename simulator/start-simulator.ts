// Everything for `fargate-cmk simulate` and for tests over HTTP in one call: a fleet becomes a world with a clock and an endpoint.
// Invariant: close() ends the endpoint and the clock; nothing of it keeps the process alive afterwards.

import type { Fleet } from "../domain/fleet";
import { ManualClock } from "./clock/manual-clock";
import { ScaledClock } from "./clock/scaled-clock";
import type { SimulationClock } from "./clock/simulation-clock";
import { VirtualClock } from "./clock/virtual-clock";
import { type SimulatorServer, startHttpServer } from "./http-server";
import { Simulation } from "./simulation";
import type { Switches } from "./world/switches";
import { worldFromFleet } from "./world-from-fleet";

/** How time passes: with the wall clock times `speed`, only when told to, or by jumps when somebody in this process sleeps. */
export type ClockChoice =
  | { readonly mode: "scaled"; readonly speed: number }
  | { readonly mode: "manual" }
  | { readonly mode: "virtual" };

export interface SimulatorOptions {
  readonly fleet: Fleet;
  readonly seed: number;
  readonly clock: ClockChoice;
  /** Default 127.0.0.1; any other lets strangers in, for nothing is checked. */
  readonly host?: string;
  /** Default 0, which picks a free one. */
  readonly port?: number;
  readonly switches?: Partial<Switches>;
  readonly readLagMaxMs?: number;
  /** How late a replaced key policy may be in force for Fargate, in milliseconds. @default 5 minutes */
  readonly keyPolicyDelayMaxMs?: number;
  /** Whether the APIs' token buckets limit the calls; true unless said otherwise. */
  readonly throttling?: boolean;
}

export interface Simulator extends SimulatorServer {
  readonly simulation: Simulation;
}

/**
 * A running simulator; time starts at the fleet's `readAt`, and access keys that name no account are the fleet's account.
 * Rejects when the port cannot be used.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { fleet, clock, host, port } = options;
  const worldOf = (of: Fleet) => worldFromFleet(of, worldOptions(options));
  const simulation = new Simulation({
    world: worldOf(fleet),
    clock: clockOf(clock, Date.parse(fleet.readAt)),
    ...(options.throttling === undefined ? {} : { throttling: options.throttling }),
  });
  const server = await startHttpServer({
    simulation,
    worldOf,
    defaultAccount: fleet.lane.account,
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
  });
  const close = async (): Promise<void> => {
    simulation.clock.close();
    await server.close();
  };
  return { ...server, simulation, close };
}

function worldOptions({ seed, switches, readLagMaxMs, keyPolicyDelayMaxMs }: SimulatorOptions) {
  return {
    seed,
    ...(switches === undefined ? {} : { switches }),
    ...(readLagMaxMs === undefined ? {} : { readLagMaxMs }),
    ...(keyPolicyDelayMaxMs === undefined ? {} : { keyPolicyDelayMaxMs }),
  };
}

function clockOf(choice: ClockChoice, startAtMs: number): SimulationClock {
  switch (choice.mode) {
    case "scaled":
      return new ScaledClock({ startAtMs, speed: choice.speed });
    case "manual":
      return new ManualClock(startAtMs);
    case "virtual":
      return new VirtualClock(startAtMs);
  }
}
