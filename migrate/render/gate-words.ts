// What the next wave waits for, in words.

import { gateAhead } from "../core/machine/apply-event";
import type { RunState } from "../core/machine/run-state";
import { type GateWait, gateWait, yesAskedFor } from "../core/machine/wave-gates";
import { listed } from "../core/words/listed";
import { duration } from "./units";

export interface GateWords {
  readonly wave: number;
  readonly for: GateWait["for"];
  /** After the wave's name: `waits for a yes`. */
  readonly short: string;
  /** What ends it, as a clause; null where that is said already, or `command` does. */
  readonly ends: string | null;
  /** The command with which a person says yes; null when nobody is asked, or when it was said. */
  readonly command: string | null;
}

/** Null when nothing is waited for at a gate. */
export function gateWords(
  { state, nowMs }: { readonly state: RunState; readonly nowMs: number },
  { approve }: { readonly approve: string },
): GateWords | null {
  const next = gateAhead(state);
  const wait = next === null || state.status === "finished" ? null : gateWait({ state, nowMs });
  if (next === null || wait === null) return null;
  const command = yesAskedFor(state) === null ? null : approve;
  return { wave: next.number, for: wait.for, command, ...wordsOf(wait, nowMs) };
}

function wordsOf(wait: GateWait, nowMs: number): Pick<GateWords, "short" | "ends"> {
  switch (wait.for) {
    case "soak":
      return { short: `opens when the soak is over, in ${duration(wait.untilMs - nowMs)}`, ends: null };
    case "approval":
      return { short: "waits for a yes", ends: null };
    case "alarms": {
      const fires = `alarm ${listed(wait.firing)} ${wait.firing.length === 1 ? "fires" : "fire"}`;
      const short = `waits: ${wait.firing.length > 0 ? fires : (wait.unseen ?? "")}`;
      return { short, ends: "it is looked at twice a minute and opens when all is quiet" };
    }
  }
}
