// A world to measure in: the simulated AWS behind the real SDK clients, on a clock that jumps, with a record of what was begun.
//
// Invariants
//   both sides, our run and what is done by hand, get a stage of their own made of the same fleet and seed
//   AWS answers at once for both: what a call takes on the way is left out on both sides

import type { Fleet } from "../../../domain/fleet";
import { inProcessHandler } from "../../../simulator/in-process-handler";
import { type Outcome, Simulation } from "../../../simulator/simulation";
import type { Call } from "../../../simulator/world/call";
import { worldFromFleet } from "../../../simulator/world-from-fleet";
import { SimClock } from "../../sim/stage/sim-clock";
import { sdkClients } from "../../simulator/sdk-clients";

export interface StageQuestion {
  readonly fleet: Fleet;
  /** Of the world: how long its tasks take to start, to become healthy, to drain. */
  readonly seed: number;
  /** What others in the account take of every bucket of the ECS API, from 0 to 1. */
  readonly neighbour?: number;
}

export type BenchStage = ReturnType<typeof setBenchStage>;

const READ_LAG_MAX_MS = 2_000;
const DAYS_MS = 86_400_000;

export function setBenchStage({ fleet, seed, neighbour = 0 }: StageQuestion) {
  const clock = new SimClock(Date.parse(fleet.readAt));
  const world = worldFromFleet(fleet, { seed, readLagMaxMs: READ_LAG_MAX_MS });
  const simulation = new RecordedSimulation({ world, clock });
  if (neighbour > 0) {
    const untilMs = clock.nowMs() + 365 * DAYS_MS;
    simulation.scheduleFault({ kind: "neighbour-takes-tokens", service: "ecs", share: neighbour, untilMs });
  }
  const handler = inProcessHandler({ simulation });
  const { account, region } = fleet.lane;
  return {
    fleet,
    clock,
    simulation,
    clients: sdkClients({ handler }, account, region),
    defects: () => handler.defects(),
  };
}

/** Notes when each UpdateService was taken. */
class RecordedSimulation extends Simulation {
  /** Services as `cluster/name`, in order. */
  readonly begun: { readonly service: string; readonly atMs: number }[] = [];
  /** Called when an UpdateService was taken. */
  onBegun: (count: number) => void = () => {};

  override call(call: Call): Outcome {
    const outcome = super.call(call);
    const isTaken = outcome.kind === "lost" || (outcome.kind === "answered" && outcome.reply.kind === "ok");
    if (call.operation === "UpdateService" && isTaken) {
      this.begun.push({ service: serviceOf(call), atMs: this.clock.nowMs() });
      this.onBegun(this.begun.length);
    }
    return outcome;
  }
}

/** Ours names a service by its ARN, a person by its name beside the cluster's. */
function serviceOf({ input }: Call): string {
  const [cluster, service] = [String(input.cluster), String(input.service)];
  return [cluster, service].map((name) => name.slice(name.lastIndexOf("/") + 1)).join("/");
}
