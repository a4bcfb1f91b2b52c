// The given texts, each once, in an order that is the same on every machine.

import { byText } from "./by-text";

export function distinct(values: readonly (string | null)[]): readonly string[] {
  const given = values.filter((value) => value !== null && value !== "") as string[];
  return [...new Set(given)].toSorted(byText((value) => value));
}
