// Whether two JSON documents say the same: key policies and container definitions come back from AWS written otherwise.
// Invariant: the order of members never matters, and that of a list only when its items are objects.

export function sameJson(left: string, right: string): boolean {
  if (left === right) return true;
  try {
    return canonicalJson(JSON.parse(left)) === canonicalJson(JSON.parse(right));
  } catch {
    return false;
  }
}

/** JSON with sorted members, without insignificant space: what the official provider sends for a policy. */
export function normalizedJson(text: string): string {
  return JSON.stringify(sortedMembers(JSON.parse(text)));
}

function sortedMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedMembers);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, inner]) => [name, sortedMembers(inner)]),
  );
}

/** As above, and besides: one text is as good as a list of it, lists of texts have no order, empty members say nothing. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) {
    const items = value.map(canonicalJson);
    if (items.length === 1 && typeof value[0] === "string") return items[0] ?? "";
    return `[${(value.every((item) => typeof item === "string") ? items.toSorted() : items).join()}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, inner]) => !saysNothing(inner))
    .toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(([name, inner]) => `${JSON.stringify(name)}:${canonicalJson(inner)}`).join()}}`;
}

function saysNothing(value: unknown): boolean {
  return value === null || value === 0 || (Array.isArray(value) && value.length === 0);
}
