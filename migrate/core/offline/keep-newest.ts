// Of several sightings of one thing the newest, by the instants that the outputs themselves hold.
//
// Invariants
//   neither names nor times of files count: copying, unpacking and renaming change them
//   when nothing tells which is newer, the one that says more is taken, then always the same one, and that is told unless the
//   other says nothing else

import { canonicalJson } from "../canonical-json";
import type { OutputRemark, Sighting } from "./outputs";
import type { Raw } from "./raw";

export interface Newest {
  readonly kept: ReadonlyMap<string, Sighting>;
  readonly remarks: readonly OutputRemark[];
}

export function keepNewest(sightings: readonly Sighting[]): Newest {
  const kept = new Map<string, Sighting>();
  const remarks = new Map<string, OutputRemark>();
  for (const sighting of sightings) {
    const before = kept.get(sighting.id);
    if (before === undefined) {
      kept.set(sighting.id, sighting);
      continue;
    }
    const [best, other] = better(sighting, before) ? [sighting, before] : [before, sighting];
    kept.set(sighting.id, best);
    if (best.newestMs === other.newestMs && !tells(best.raw, other.raw)) remarks.set(best.id, twice(best, other));
  }
  return { kept, remarks: [...remarks.values()] };
}

function better(a: Sighting, b: Sighting): boolean {
  const newer = (a.newestMs ?? 0) - (b.newestMs ?? 0);
  if (newer !== 0) return newer > 0;
  if (a.showsConfiguration !== b.showsConfiguration) return a.showsConfiguration;
  const [left, right] = [canonicalJson(a.raw), canonicalJson(b.raw)];
  return left.length === right.length ? left > right : left.length > right.length;
}

/** Whether all that `less` says stands in `more` too; empty members say nothing. */
function tells(more: Raw, less: Raw): boolean {
  return Object.entries(less).every(
    ([name, value]) => isEmpty(value) || canonicalJson(value) === canonicalJson(more[name] ?? null),
  );
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === "object" && Object.keys(value).length === 0);
}

function twice(best: Sighting, other: Sighting): OutputRemark {
  const where = best.file === other.file ? "twice in this file" : `here and in ${other.file}`;
  return { file: best.file, what: `${best.kind} ${best.id} stands ${where}, and nothing tells which is newer` };
}
