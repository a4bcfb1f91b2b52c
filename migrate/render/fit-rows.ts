// How many rows of each table a page of limited length has room for: small tables are shown whole, great ones share what is left.
//
// Invariants
//   what is shown of all tables together is no longer than the room; no table is cut below what every other one has
//   rows are shown from the first on: an order that says what matters stays true

/** `lengths`: of each row of each table, in characters. Returns how many rows of each table are shown. */
export function fitRows(lengths: readonly (readonly number[])[], room: number): readonly number[] {
  const wanted = lengths.map(sum);
  const share = fairShare(wanted, room);
  return lengths.map((rows, at) => ((wanted[at] ?? 0) <= share ? rows.length : fitting(rows, share)));
}

/** The most that each may have so that all together have no more than the room. */
function fairShare(wanted: readonly number[], room: number): number {
  let left = room;
  const ascending = wanted.toSorted((a, b) => a - b);
  for (const [at, one] of ascending.entries()) {
    const share = left / (ascending.length - at);
    if (one > share) return share;
    left -= one;
  }
  return room;
}

function fitting(rows: readonly number[], share: number): number {
  let used = 0;
  const cut = rows.findIndex((length) => {
    used += length;
    return used > share;
  });
  return cut === -1 ? rows.length : cut;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
