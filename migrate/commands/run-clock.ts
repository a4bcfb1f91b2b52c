// The time of a run as another terminal can tell it: for "22 min in", soaks and estimates.
//
// A run lives by its own clock. Where that is a simulator's that answers (the same endpoint options), it is asked and never moved.
// Else the journal and the lock's heartbeat tell instants of it: while this machine's clock agrees with them it is taken; where it
// does not (another machine's, a simulator whose endpoint was not given) time goes on from the last such instant. When nobody works on
// the run its time stands still.
//
// Invariant: it never goes back while one watches.

import { chooseClock } from "../adapters/clocks/choose-clock";
import type { Clock } from "../ports/clock";
import type { CommandContext, GlobalOptions } from "./command-context";

export interface RunClock {
  /** `lastSeenMs`: the newest instant in journal and lock; null before there is one. */
  nowMs(seen: { readonly lastSeenMs: number | null; readonly isWorkedOn: boolean }): number;
}

/** A lock is renewed every twenty seconds; a clock this far from it is not the run's. */
const APART_MAX_MS = 90_000;

export async function runClock(options: GlobalOptions, { env, clock }: CommandContext): Promise<RunClock> {
  const endpoint = options.endpointUrl ?? (env.AWS_ENDPOINT_URL === "" ? undefined : env.AWS_ENDPOINT_URL);
  const chosen = await chooseClock({ endpoint: URL.canParse(endpoint ?? "") ? endpoint : undefined });
  const foreign = chosen.source === "system clock" ? null : chosen.clock;
  return runClockOf({ machine: clock, foreign });
}

export interface RunClockSources {
  readonly machine: Pick<Clock, "nowMs">;
  /** A simulator's, which the run lives by; null when there is none. */
  readonly foreign: Pick<Clock, "nowMs"> | null;
}

export function runClockOf({ machine, foreign }: RunClockSources): RunClock {
  let last = { seenMs: Number.NEGATIVE_INFINITY, machineMs: machine.nowMs() };
  let toldMs = Number.NEGATIVE_INFINITY;

  function reckonedMs(isWorkedOn: boolean): number {
    if (!isWorkedOn) return last.seenMs;
    if (foreign !== null) return Math.max(foreign.nowMs(), last.seenMs);
    const nowMs = machine.nowMs();
    if (nowMs >= last.seenMs && nowMs - last.seenMs <= APART_MAX_MS) return nowMs;
    return last.seenMs + nowMs - last.machineMs;
  }

  return {
    nowMs({ lastSeenMs, isWorkedOn }) {
      if (lastSeenMs === null) return (foreign ?? machine).nowMs();
      if (lastSeenMs > last.seenMs) last = { seenMs: lastSeenMs, machineMs: machine.nowMs() };
      toldMs = Math.max(toldMs, reckonedMs(isWorkedOn));
      return toldMs;
    },
  };
}
