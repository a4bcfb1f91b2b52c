// A resource's inputs with some of them changed, as the policy host wants them back.
// Invariant: nothing is read but what the paths lead through, since reading an unknown value throws; a path that leads nowhere changes
//   nothing.

import type { Mending } from "../rules/rule";

type Inputs = Record<string | number, unknown>;

export function mended(inputs: Record<string, unknown>, mendings: readonly Mending[]): Record<string, unknown> {
  for (const { path, value } of mendings) {
    const last = path.at(-1);
    const holder = holderOf(inputs, path.slice(0, -1));
    if (last === undefined || holder === null) continue;
    if (value === undefined) delete holder[last];
    else holder[last] = value;
  }
  return inputs;
}

function holderOf(inputs: Record<string, unknown>, path: Mending["path"]): Inputs | null {
  let here: unknown = inputs;
  for (const name of path) {
    if (typeof here !== "object" || here === null || !(name in here)) return null;
    here = (here as Inputs)[name];
  }
  return typeof here === "object" && here !== null ? (here as Inputs) : null;
}
