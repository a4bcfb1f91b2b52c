// What is wrong with a value that should have fitted a shape: where, and in which of the five ways AWS tells apart.

export type ShapeProblem =
  | { readonly kind: "wrongType"; readonly at: string; readonly expected: string; readonly found: string }
  | { readonly kind: "missing"; readonly at: string }
  | { readonly kind: "unknownMember"; readonly at: string }
  | { readonly kind: "notInEnum"; readonly at: string; readonly allowed: readonly string[]; readonly found: string }
  | { readonly kind: "notOneOf"; readonly at: string };

/** One sentence for a person, naming the member by its path. */
export function describeProblem(problem: ShapeProblem): string {
  switch (problem.kind) {
    case "wrongType":
      return `${problem.at} must be ${problem.expected}, found ${problem.found}`;
    case "missing":
      return `${problem.at} is required and missing`;
    case "unknownMember":
      return `${problem.at} is no member of its structure`;
    case "notInEnum":
      return `${problem.at} must be one of [${problem.allowed.join(", ")}], found ${problem.found}`;
    case "notOneOf":
      return `${problem.at} must have exactly one member set`;
  }
}

/** The path of a member below another; the root is the empty path. */
export function below(path: string, name: string | number): string {
  if (typeof name === "number") return `${path}[${name}]`;
  return path === "" ? name : `${path}.${name}`;
}

/** What a value is, in a word or two, without showing the value: it may be a secret. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (value instanceof Date) return "a date";
  return typeof value === "object" ? "a structure" : `a ${typeof value}`;
}
