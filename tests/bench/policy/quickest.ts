// Times of things that are compared: they take turns, and the quickest of several rounds counts for each, since whatever else the machine
// does only adds.

/** Milliseconds, in the order of `works`. */
export async function quickest(works: readonly (() => Promise<unknown>)[], rounds: number): Promise<readonly number[]> {
  const best = works.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round += 1)
    for (const [at, work] of works.entries()) best[at] = Math.min(best[at] ?? 0, await elapsed(work));
  return best;
}

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
