// What a run does when time jumped under it: the machine slept, or somebody changed its clock.
//
// Invariants
//   the lock is renewed before anything else is done: while this process was away its run may have become another's
//   nothing that was seen before a jump forward counts as just seen
//   an outage is not counted across a jump: nobody called AWS meanwhile

import type { RunContext } from "./run-context";

type JumpContext = Pick<
  RunContext,
  "clock" | "store" | "output" | "lastLookAtMs" | "deferred" | "targetLookAtMs" | "memory" | "outage"
>;

/** To be called before every turn. @throws FargateCmkError `lock-lost` when another process has taken the run over */
export function watchJumps(context: JumpContext): () => Promise<void> {
  const { clock, store, output } = context;
  let seenMs = clock.nowMs();
  return async () => {
    const jumps = clock.jumpsAfter?.(seenMs) ?? [];
    seenMs = jumps.at(-1)?.atMs ?? seenMs;
    if (jumps.some(({ kind }) => kind !== "set-back")) {
      await store.heartbeat(clock.nowMs());
      forgetWhatWasSeen(context);
    }
    for (const { kind, byMs } of jumps) output.emit("run.clock-jumped", { kind, byMs });
  };
}

function forgetWhatWasSeen({ lastLookAtMs, deferred, targetLookAtMs, memory, outage }: JumpContext): void {
  lastLookAtMs.clear();
  deferred.clear();
  targetLookAtMs.clear();
  memory.gateLook = null;
  outage.sinceMs = null;
}
