// The name that somebody may have meant.

/** The known name that differs least, by letters added, left out, changed; null when none is near. */
export function nearest(name: string, known: readonly string[]): string | null {
  const near = known
    .map((one) => ({ one, distance: distanceOf(name, one) }))
    .filter(({ one, distance }) => distance <= Math.max(2, Math.floor(one.length / 4)))
    .toSorted((a, b) => a.distance - b.distance);
  return near[0]?.one ?? null;
}

/** Levenshtein's, row by row; texts longer than a name can be are far from everything. */
function distanceOf(a: string, b: string): number {
  if (a.length > LENGTH_MAX) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const [above = 0, left = 0, diagonal = 0] = [row[j + 1], next[j], row[j]];
      next.push(Math.min(above + 1, left + 1, diagonal + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

const LENGTH_MAX = 100;
