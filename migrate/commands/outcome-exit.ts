// With which exit code a run that is finished ends, for whoever ran it and whoever watched it.

import type { RunOutcome } from "../core/model/journal-event";
import { EXIT } from "./command-context";

export function exitCodeOf(outcome: RunOutcome | null): number {
  if (outcome === "aborted") return EXIT.workLeft;
  return outcome === "proved" ? EXIT.done : EXIT.unproved;
}
