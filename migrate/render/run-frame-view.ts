// What a frame of the live block is drawn from: the run as its journal tells it, and what whoever shows it knows beside that.
// Invariant: what is not known is null and left out of the frame; a frame of another terminal guesses nothing.

import type { RunState } from "../core/machine/run-state";
import type { RunRequestWord } from "../core/model/journal-event";
import type { Waiting } from "../core/schedule/what-begins";
import type { KeyMode } from "./steering-keys";

export interface RunFrame {
  readonly state: RunState;
  readonly nowMs: number;
  readonly commands: FrameCommands;
  /** Services that could begin and wait for room or rate. */
  readonly waiting: readonly Waiting[];
  /** Calls of the process that works on the run; null where it is another one. */
  readonly calls: { readonly total: number; readonly throttled: number } | null;
  /** What an operator asked for and the run has not taken up yet; null when nothing. */
  readonly asked: RunRequestWord | null;
  /** What the keys of this terminal do now; null when they are not read. */
  readonly keys: KeyMode | null;
  readonly worker: Worker;
  readonly width: number;
  readonly height: number;
  /** Rows that the services had before, so that what stands below them stays in its place. */
  readonly rowsMin?: number;
}

/** What a person types to steer the run. */
export interface FrameCommands {
  /** What to call the run in `status`, `pause`, `resume`, `approve` and `abort`. */
  readonly reference: string;
  readonly run: string;
  readonly resume: string;
  readonly approve: string;
}

export type Worker =
  | { readonly kind: "this-process" }
  /** `silentMs`: for how long it has not been heard of, when that is longer than it should be. */
  | {
      readonly kind: "process";
      readonly pid: number;
      readonly host: string;
      /** Its last heartbeat, ISO 8601, on the run's clock. */
      readonly heardAt: string;
      readonly silentMs: number | null;
    }
  | { readonly kind: "nobody" };
