// Cuts what one call cannot take into pieces of the size that it takes, in the given order.

export function batchesOf<T>(items: readonly T[], most: number): readonly (readonly T[])[] {
  return Array.from({ length: batchCount(items.length, most) }, (_, index) =>
    items.slice(index * most, (index + 1) * most),
  );
}

/** How many calls so many items take. */
export function batchCount(items: number, most: number): number {
  return Math.ceil(items / most);
}
