// What one read showed, or that it showed nothing, as it is told to a person.

import type { Fact } from "../../../../domain/fact";
import type { ExplainedFact } from "./explanation";

export function read<T>(name: string, fact: Fact<T>, show: (value: T) => string): ExplainedFact {
  return fact.kind === "known" ? { name, value: show(fact.value), asOf: fact.asOf } : { name, value: null, asOf: null };
}
