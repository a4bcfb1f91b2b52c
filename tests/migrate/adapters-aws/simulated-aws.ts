// The embedded AWS over HTTP with the real SDK in front of it, for one test: open, use, close.

import type { Fleet } from "../../../domain/fleet";
import { type OpenAwsOptions, type OpenedAws, openAws } from "../../../migrate/adapters/aws/open-aws";
import { chooseClock } from "../../../migrate/adapters/clocks/choose-clock";
import { type Simulator, startSimulator } from "../../../simulator/start-simulator";
import { withEnvironment } from "./with-environment";

export interface SimulatedAws extends OpenedAws {
  readonly simulator: Simulator;
}

export async function withSimulatedAws(
  fleet: Fleet,
  use: (aws: SimulatedAws) => Promise<void>,
  options: Partial<OpenAwsOptions> = {},
): Promise<void> {
  const { account, region } = fleet.lane;
  const restore = withEnvironment({ AWS_ACCESS_KEY_ID: account, AWS_SECRET_ACCESS_KEY: "any" });
  const simulator = await startSimulator({ fleet, seed: 1, clock: { mode: "manual" } });
  const { endpoint } = simulator;
  const { clock } = await chooseClock({ endpoint });
  const aws = await openAws({ region, endpoint, clock, seed: 1, ...options });
  try {
    await use({ ...aws, simulator });
    if (simulator.defects().length > 0) throw new Error(`the simulator is wrong: ${simulator.defects().join("; ")}`);
  } finally {
    aws.close();
    await simulator.close();
    restore();
  }
}
