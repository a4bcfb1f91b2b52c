// Lists in sentences: `a`, `a and b`, `a, b and 3 more`.

/** What is left out for want of room is counted. */
export function listed(items: readonly string[], shownMax = 3): string {
  const shown = items.slice(0, items.length > shownMax ? shownMax - 1 : shownMax);
  const more = items.length - shown.length;
  const parts = more > 0 ? [...shown, `${more} more`] : shown;
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`;
}
