// What is said when a run ends: the verdict, coverage, what is left and whose it is, where the evidence lies.
// Invariant: complete: whoever reads `--json` needs no second command.

import type { RunOutcome } from "../core/model/journal-event";
import type { ServiceClass } from "../core/model/service-class";

export interface RunEnding {
  readonly planId: string;
  /** Null when the run was left with work to do. */
  readonly outcome: RunOutcome | null;
  /** Why it was left, and how to go on; null when it is finished. */
  readonly stopped: { readonly why: string; readonly next: string } | null;
  readonly proved: number;
  readonly failed: number;
  readonly setAside: number;
  readonly planned: number;
  readonly tookMs: number | null;
  readonly coverage: {
    readonly before: { readonly tasks: number; readonly onKey: number };
    readonly after: { readonly tasks: number; readonly onKey: number };
  };
  /** The verdict in sentences. */
  readonly sentences: readonly string[];
  readonly left: readonly LeftService[];
  readonly calls: { readonly total: number; readonly throttled: number };
  readonly directory: string;
  readonly report: string;
}

export interface LeftService {
  /** `cluster/service`. */
  readonly name: string;
  readonly owner: string | null;
  readonly outcome: string;
  readonly class: ServiceClass;
  readonly nextStep: string | null;
}
