// A world of canned replies: for tests of what stands between a client and a world.

import type { SimulatedWorld } from "../../simulator/simulation";
import type { Call, Reply } from "../../simulator/world/call";
import type { WorldFault } from "../../simulator/world/world-fault";

export interface FakeWorld extends SimulatedWorld {
  /** What reached it, oldest first. */
  readonly seen: { readonly call: Call; readonly nowMs: number }[];
  readonly faults: { readonly fault: WorldFault; readonly nowMs: number }[];
  /** The last instant it was advanced to. */
  advancedToMs: number;
}

export function fakeWorld(replyTo: (call: Call) => Reply = () => ({ kind: "ok", output: {} })): FakeWorld {
  const world: FakeWorld = {
    seen: [],
    faults: [],
    advancedToMs: 0,
    apply: (call, nowMs) => {
      world.seen.push({ call, nowMs });
      return replyTo(call);
    },
    due: () => null,
    advance: (nowMs) => {
      world.advancedToMs = nowMs;
    },
    inject: (fault, nowMs) => {
      world.faults.push({ fault, nowMs });
    },
    state: () => ({ nowMs: world.advancedToMs, dueMs: null, lanes: [], counters: {} }),
  };
  return world;
}

export function ok(output: Readonly<Record<string, unknown>>): Reply {
  return { kind: "ok", output };
}
