// How a scan reads outputs: what they show is known as of their instant, what they do not show is a gap.
// Invariant: every gap is told once, however often it was met.

import { known, unknown } from "../../domain/fact";
import { type Gap, NotShown } from "../core/offline/gap";
import { byText } from "./by-text";
import type { ScanReader } from "./scan-reader";

export interface GapReader extends ScanReader {
  /** Writes a gap down and gives it back. */
  note(gap: Gap): Gap;
  /** In the order of kind and subject. */
  gaps(): readonly Gap[];
}

export function createGapReader(readAt: string): GapReader {
  const gaps = new Map<string, Gap>();
  const note = (gap: Gap): Gap => {
    gaps.set(`${gap.operation} ${gap.subject}`, gap);
    return gap;
  };
  const sorted = (): readonly Gap[] => [...gaps].toSorted(byText(([key]) => key)).map(([, gap]) => gap);
  return {
    oneByOne: true,
    async read(_subject, ask) {
      try {
        return known(await ask(), readAt);
      } catch (error) {
        if (!(error instanceof NotShown)) throw error;
        const { why, permission } = note(error.gap);
        return unknown(why, permission);
      }
    },
    mustRead: (_doing, ask) => ask(),
    unread: () => sorted().map(({ operation, subject, why, permission }) => ({ operation, subject, why, permission })),
    note,
    gaps: sorted,
  };
}
