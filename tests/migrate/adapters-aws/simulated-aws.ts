// The embedded AWS over HTTP with the real SDK in front of it, for one test: open, use, close.

import type { Fleet } from "../../../domain/fleet";
import { type OpenAwsOptions, type OpenedAws, openAws } from "../../../migrate/adapters/aws/open-aws";
import { chooseClock } from "../../../migrate/adapters/clocks/choose-clock";
import type { Clock } from "../../../migrate/ports/clock";
import { type Simulator, startSimulator } from "../../../simulator/start-simulator";
import { withEnvironment } from "./with-environment";

export interface SimulatedAws extends OpenedAws {
  readonly simulator: Simulator;
}

/** `losing`: an operation (`service:Name`) of which an answer is going to be lost. */
export async function withSimulatedAws(
  fleet: Fleet,
  use: (aws: SimulatedAws) => Promise<void>,
  { losing, ...options }: Partial<OpenAwsOptions> & { readonly losing?: string } = {},
): Promise<void> {
  const { account, region } = fleet.lane;
  const restore = withEnvironment({ AWS_ACCESS_KEY_ID: account, AWS_SECRET_ACCESS_KEY: "any" });
  const simulator = await startSimulator({ fleet, seed: 1, clock: { mode: "manual" } });
  const { endpoint } = simulator;
  const { clock } = await chooseClock({ endpoint });
  const requestClock = losing === undefined ? {} : { requestClock: patientUntilLost(simulator, losing) };
  const aws = await openAws({ region, endpoint, clock, seed: 1, ...requestClock, ...options });
  try {
    await use({ ...aws, simulator });
    if (simulator.defects().length > 0) throw new Error(`the simulator is wrong: ${simulator.defects().join("; ")}`);
  } finally {
    aws.close();
    await simulator.close();
    restore();
  }
}

/** Time for a request is up when the simulator has acted on `operation` and answers nothing, and not before, however busy the machine is. */
function patientUntilLost(simulator: Simulator, operation: string): Clock {
  const failed = () => simulator.simulation.calls().byOperation[operation]?.failed ?? 0;
  return {
    nowMs: () => simulator.simulation.clock.nowMs(),
    async sleep(_ms, signal) {
      const before = failed();
      while (signal?.aborted !== true && failed() === before) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
