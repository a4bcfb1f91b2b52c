// What a thing looked like a moment ago, for reads that lag behind writes.
// Invariants: kept only while the world has a read lag; ordered by instant; older entries than any read can ask for are dropped.

/** ECS is eventually consistent (documented under "Eventual consistency" of the ECS API reference); the bounds are ours. */
const PAST_VIEWS_MAX = 64;

interface PastView {
  readonly atMs: number;
  readonly view: unknown;
}

export class PastViews {
  private entries: PastView[] = [];

  /** Records how the thing looks from `atMs` on; two changes of one instant leave one entry. */
  record(atMs: number, view: unknown, lagMaxMs: number): void {
    if (this.entries.at(-1)?.atMs === atMs) this.entries.pop();
    this.entries.push({ atMs, view });
    const firstNeeded = this.entries.findLastIndex((entry) => entry.atMs <= atMs - lagMaxMs);
    if (firstNeeded > 0) this.entries = this.entries.slice(firstNeeded);
    if (this.entries.length > PAST_VIEWS_MAX) this.entries = this.entries.slice(-PAST_VIEWS_MAX);
  }

  /** Whether anything was recorded: a thing never changed since the world began looks as it does now. */
  get isEmpty(): boolean {
    return this.entries.length === 0;
  }

  /** The view at `asOfMs`; undefined when the thing did not exist yet. */
  at(asOfMs: number): unknown {
    return this.entries.findLast((entry) => entry.atMs <= asOfMs)?.view;
  }
}
