// The event history of one lane: every event that CloudTrail recorded there, in the order of their instants.
// Source: LookupEvents, CloudTrail API reference (documented: the management events of 90 days, newest first).
// Invariants: events are sorted by instant, then by number; a full log forgets its oldest events; reading changes nothing.

import type { NewTrailEvent, TrailEvent } from "./trail-event";

/** Some 200,000 keyed launches: about 100 MB. */
const EVENTS_MAX = 1_000_000;
const FORGOTTEN_AT_ONCE = 100_000;

export class TrailLog {
  readonly #events: TrailEvent[] = [];
  #recorded = 0;

  get size(): number {
    return this.#events.length;
  }

  add(event: NewTrailEvent): void {
    const numbered: TrailEvent = { ...event, sequence: this.#recorded };
    this.#recorded += 1;
    const index = this.#indexAfter(numbered);
    if (index === this.#events.length) this.#events.push(numbered);
    else this.#events.splice(index, 0, numbered);
    if (this.#events.length > EVENTS_MAX) this.#events.splice(0, FORGOTTEN_AT_ONCE);
  }

  /** From the newest to the oldest, beginning below a place in the order. */
  *newestFirst(below: EventPlace): Generator<TrailEvent> {
    for (let index = this.#firstNotBelow(below) - 1; index >= 0; index--) {
      const event = this.#events[index];
      if (event !== undefined) yield event;
    }
  }

  /** Events come almost in order: only dry runs are recorded after younger ones. */
  #indexAfter(event: TrailEvent): number {
    let index = this.#events.length;
    while (index > 0 && (this.#events[index - 1]?.atMs ?? 0) > event.atMs) index -= 1;
    return index;
  }

  #firstNotBelow(place: EventPlace): number {
    let [low, high] = [0, this.#events.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBelow(this.#events[middle], place)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export interface EventPlace {
  readonly atMs: number;
  readonly sequence: number;
}

function isBelow(event: TrailEvent | undefined, { atMs, sequence }: EventPlace): boolean {
  if (event === undefined) return false;
  return event.atMs < atMs || (event.atMs === atMs && event.sequence < sequence);
}
