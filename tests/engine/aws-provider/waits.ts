// The waits of the official provider, with its reads and without its wall time: reads that must agree follow each other at
// once, and only while they disagree does a second of the simulator's time pass; polls go by the simulator's time.
// Invariant: every wait has an end, and says what it waited for when it gives up.

import type { ResourceContext } from "./resource-type";

type Pausing = Pick<ResourceContext, "pause">;

const READS_MAX = 600;

export interface Agreement {
  /** Consecutive reads that must agree. */
  readonly times: number;
  /** E.g. `KMS Key (id) policy update`. */
  readonly what: string;
  read(): Promise<boolean>;
}

export async function readsThatAgree(context: Pausing, { times, what, read }: Agreement): Promise<void> {
  let agreed = 0;
  for (let reads = 0; reads < READS_MAX; reads += 1) {
    agreed = (await read()) ? agreed + 1 : 0;
    if (agreed === times) return;
    if (agreed === 0) await context.pause(1);
  }
  throw new Error(`waiting for ${what}: timeout while waiting for state to become 'TARGET'`);
}

export interface Poll {
  readonly what: string;
  /** Simulated seconds between two reads, and until giving up. */
  readonly everySeconds: number;
  readonly timeoutSeconds: number;
  /** True when it is over. */
  done(): Promise<boolean>;
}

export async function until(context: Pausing, { what, everySeconds, timeoutSeconds, done }: Poll): Promise<void> {
  for (let waited = 0; waited <= timeoutSeconds; waited += everySeconds) {
    if (await done()) return;
    await context.pause(everySeconds);
  }
  throw new Error(`waiting for ${what}: timeout while waiting for resource (timeout: ${timeoutSeconds}s)`);
}
