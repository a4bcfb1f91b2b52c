// The queue of what will happen by itself, ordered by instant, then by the order of scheduling: a binary heap.
// Invariant: two entries of the same instant leave in the order in which they entered, so a run is repeatable.

interface Entry<T> {
  readonly atMs: number;
  readonly sequence: number;
  readonly item: T;
}

export class EventQueue<T> {
  private readonly heap: Entry<T>[] = [];
  private sequence = 0;

  get size(): number {
    return this.heap.length;
  }

  /** The instant of the first entry, or null when nothing is to come. */
  firstAtMs(): number | null {
    return this.heap[0]?.atMs ?? null;
  }

  push(atMs: number, item: T): void {
    this.heap.push({ atMs, sequence: this.sequence++, item });
    this.rise(this.heap.length - 1);
  }

  /** Takes the first entry that is due at `nowMs` or before; null when none is. */
  popDue(nowMs: number): { readonly atMs: number; readonly item: T } | null {
    const first = this.heap[0];
    if (first === undefined || first.atMs > nowMs) return null;
    const last = this.heap.pop();
    if (last !== undefined && this.heap.length > 0) {
      this.heap[0] = last;
      this.sink();
    }
    return first;
  }

  private rise(from: number): void {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.swapIfBefore(index, parent)) return;
      index = parent;
    }
  }

  private sink(): void {
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      if (left >= this.heap.length) return;
      const child = left + 1 < this.heap.length && this.isBefore(left + 1, left) ? left + 1 : left;
      if (!this.swapIfBefore(child, index)) return;
      index = child;
    }
  }

  private swapIfBefore(index: number, other: number): boolean {
    const a = this.heap[index];
    const b = this.heap[other];
    if (a === undefined || b === undefined || !this.isBefore(index, other)) return false;
    this.heap[index] = b;
    this.heap[other] = a;
    return true;
  }

  private isBefore(index: number, other: number): boolean {
    const a = this.heap[index];
    const b = this.heap[other];
    if (a === undefined || b === undefined) return false;
    return a.atMs < b.atMs || (a.atMs === b.atMs && a.sequence < b.sequence);
  }
}
