// A process of its own that holds a run directory until it is killed: run-store.test.ts starts it.

import { createSystemClock } from "../../../migrate/adapters/clocks/system-clock";
import { openRunStore } from "../../../migrate/adapters/files/run-store";

const STAY_MS = 60_000;

async function hold(directory: string): Promise<void> {
  const clock = createSystemClock();
  const { store } = await openRunStore({ directory, clock });
  await store.append({ kind: "control", request: "pause" }, clock.nowMs());
  process.stdout.write("held\n");
  await clock.sleep(STAY_MS);
}

if (require.main === module) void hold(process.argv[2] ?? "");
