// Whether anything kept the program from looking in a span of time: nobody there, or AWS not answering well.
// Invariant: told from the calls that were really sent and from when processes lived, not from what a story had in store.

import type { Life } from "../stage/live";

/** After throttled calls the program slows down to a 32nd of its rate, and takes a hundredth of it back each second. */
const SLOWED_FOR_MS = 100_000;
/** What a look would have been, had it been answered: a good answer later than this is no answer in time. */
const SLOW_MS = 1_000;

export function couldLook({ calls, processes, notes }: Life, fromMs: number, untilMs: number): boolean {
  const someoneWasThere = processes.some(({ beganMs, endedMs }) => beganMs <= fromMs && endedMs >= untilMs);
  const stoodStill = notes.some(({ atMs, what }) => {
    const [, forMs] = STANDSTILL.exec(what) ?? [];
    return forMs !== undefined && atMs <= untilMs && atMs + Number(forMs) >= fromMs;
  });
  return (
    someoneWasThere &&
    !stoodStill &&
    !calls.some(({ atMs, answer, delayedMs }) => {
      if (atMs > untilMs || atMs + delayedMs < fromMs - SLOWED_FOR_MS) return false;
      if (THROTTLED.includes(answer)) return true;
      return atMs + delayedMs >= fromMs && (delayedMs > SLOW_MS || UNANSWERED.includes(answer));
    })
  );
}

/** As the stage notes it. */
const STANDSTILL = /stands still for (\d+) ms/;

const THROTTLED: readonly string[] = ["ThrottlingException", "Throttling", "RequestLimitExceeded"];

const UNANSWERED: readonly string[] = [
  "reset",
  "lost",
  "ServerException",
  "InternalFailure",
  "ServiceUnavailable",
  "ExpiredTokenException",
  "ExpiredToken",
  "InvalidSignatureException",
  "AccessDeniedException",
  "AccessDenied",
];
