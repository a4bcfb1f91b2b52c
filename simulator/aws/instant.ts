// Instants in replies: the only place where milliseconds become Date.

export function instant(atMs: number): Date {
  return new Date(atMs);
}

/** Undefined, and so left out of the reply, when it has not happened. */
export function instantOrNothing(atMs: number | null): Date | undefined {
  return atMs === null ? undefined : new Date(atMs);
}
