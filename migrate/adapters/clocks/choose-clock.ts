// Which time a command lives by: the machine's, or that of a simulator on this machine when the AWS endpoint is one.
//
// Invariants
//   only an endpoint on loopback that answers as a simulator changes time; anything else is the machine's clock
//   whichever it is, it can be put ahead by a run whose journal is ahead of it

import type { Clock } from "../../ports/clock";
import { lateStartingClock } from "./late-starting-clock";
import { createScaledSimulatorClock } from "./scaled-simulator-clock";
import { isLoopback, simulatorSteering } from "./simulator-steering";
import { createSteppedSimulatorClock } from "./stepped-simulator-clock";
import { createSystemClock } from "./system-clock";

export interface ChosenClock {
  readonly clock: Clock;
  /** For people: `system clock`, or which simulator and how fast. */
  readonly source: string;
}

export async function chooseClock({ endpoint }: { readonly endpoint?: string | undefined }): Promise<ChosenClock> {
  const machine = createSystemClock();
  const system: ChosenClock = { clock: lateStartingClock(machine), source: "system clock" };
  if (endpoint === undefined || !isLoopback(endpoint)) return system;
  const steering = simulatorSteering(endpoint);
  const reading = await steering.readClock();
  if (reading === null) return system;
  if (reading.mode === "stepped") {
    const clock = lateStartingClock(createSteppedSimulatorClock({ reading, steering }));
    return { clock, source: `simulator at ${endpoint}, whose clock moves when this program waits` };
  }
  const wall: Clock = { ...machine, nowMs: () => performance.now() };
  const clock = lateStartingClock(createScaledSimulatorClock({ reading, steering, wall }));
  return { clock, source: `simulator at ${endpoint}, ${reading.speed} times as fast as the wall clock` };
}
