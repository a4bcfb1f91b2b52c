// What became of a probe: not asked for, held back because the run is refused anyway, or launched.

import type { ProbeOutcome } from "./judge-probe";

export type ProbeAnswer =
  | { readonly kind: "not-asked" }
  | { readonly kind: "held-back"; readonly why: string }
  | { readonly kind: "done"; readonly outcomes: readonly ProbeOutcome[] };
