// One of several, by the seed.

import type { Random } from "../../../simulator/world/random";

/** Any of a list that is not known to be without gaps, as `Random.pick` wants it. */
export function one<T>(random: Random, choices: readonly T[]): T {
  const chosen = choices[random.below(choices.length)];
  if (chosen === undefined) throw new Error("nothing to choose from");
  return chosen;
}
