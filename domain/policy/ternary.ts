// Kleene's three-valued logic: what is not known stays not known, unless the rest decides alone.
// Invariants: a single "no" decides a conjunction, a single "yes" decides a disjunction, whatever is unknown beside it.

export type Ternary = "yes" | "no" | "unknown";

/** Yes when all are; yes for none at all. */
export function all(values: readonly Ternary[]): Ternary {
  if (values.includes("no")) return "no";
  return values.includes("unknown") ? "unknown" : "yes";
}

/** Yes when one is; no for none at all. */
export function any(values: readonly Ternary[]): Ternary {
  if (values.includes("yes")) return "yes";
  return values.includes("unknown") ? "unknown" : "no";
}

export function not(value: Ternary): Ternary {
  if (value === "unknown") return "unknown";
  return value === "yes" ? "no" : "yes";
}

export function ternary(value: boolean): Ternary {
  return value ? "yes" : "no";
}
