// A clock that can be put ahead: a journal may hold lines of a machine whose clock was ahead of this one's, and a run that goes on
// from it must not wait until this machine gets there.
//
// Invariants
//   it is only ever put ahead, so that the instants of a run never go back from one machine to the next
//   the pace stays that of the clock beneath

import type { Clock } from "../../ports/clock";

export function lateStartingClock(clock: Clock): Clock {
  let aheadMs = 0;
  const nowMs = (): number => clock.nowMs() + aheadMs;
  const { lapse, jumpsAfter } = clock;
  return {
    nowMs,
    sleep: (ms, signal) => clock.sleep(ms, signal),
    ...(lapse === undefined ? {} : { lapse: (ms, signal) => lapse(ms, signal) }),
    ...(jumpsAfter === undefined
      ? {}
      : {
          jumpsAfter: (instantMs) =>
            jumpsAfter(instantMs - aheadMs).map((jump) => ({ ...jump, atMs: jump.atMs + aheadMs })),
        }),
    notBefore(instantMs) {
      const behindMs = Math.max(0, instantMs - nowMs());
      aheadMs += behindMs;
      return behindMs;
    },
  };
}
