// Does something with every item, a bounded number at a time; the results stand in the order of the items.
// Invariant: after the first failure nothing new is begun, and that failure is what the caller gets.

export interface ParallelWork<T, R> {
  readonly items: readonly T[];
  readonly atOnce: number;
  readonly work: (item: T) => Promise<R>;
}

export async function inParallel<T, R>({ items, atOnce, work }: ParallelWork<T, R>): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const queue = items.entries();
  let failed = false;

  async function worker(): Promise<void> {
    for (const [index, item] of queue) {
      if (failed) return;
      try {
        results.set(index, await work(item));
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  }

  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return items.map((_, index) => results.get(index) as R);
}
