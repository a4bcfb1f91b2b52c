// Who holds how much of what, and how much is still owed to each rate: one turn's working paper, filled in as services begin.
//
// Invariants
//   what is held may exceed a room only where it did before the turn: a service fits or it does not begin
//   what is kept for a service that waits is free for nobody else, and is no longer kept after the turn
//   a rate may be drawn on for more than its burst only by one service that alone needs more: then until that has leaked away by none

import { type Need, type Part, type Room, wholeOf } from "./resource";

/** Of one capacity, for one service that it is too little for. */
export interface Lack<Owner> {
  readonly at: number;
  readonly needed: number;
  /** Held by nobody; part of it may be kept. */
  readonly free: number;
  /** Who has it, for a capacity that one at a time has. */
  readonly holder: Owner | null;
  /** Set when there would be enough, were it not kept for this one, which waits longer. */
  readonly keptFor: Owner | null;
}

export class Ledger<Owner> {
  private readonly free: number[];
  private readonly unkept: number[];
  private readonly owed: number[];
  private readonly holders = new Map<number, Owner>();
  private readonly keptFor = new Map<number, Owner>();

  /** `owed`: what the rates still owe for earlier draws, one for each rate. */
  constructor(
    private readonly room: Room,
    owed: readonly number[] = room.rates.map(() => 0),
  ) {
    this.free = room.capacities.map(wholeOf);
    this.unkept = [...this.free];
    this.owed = [...owed];
  }

  hold(need: Need, by: Owner): void {
    for (const { at, amount } of need.holds) {
      this.free[at] = (this.free[at] ?? 0) - amount;
      this.unkept[at] = (this.unkept[at] ?? 0) - amount;
      this.holders.set(at, by);
    }
  }

  /** From now on it is as if this one held it, though it has not begun. */
  keep(need: Need, by: Owner): void {
    for (const { at, amount } of need.holds) {
      this.unkept[at] = (this.unkept[at] ?? 0) - amount;
      if (!this.keptFor.has(at)) this.keptFor.set(at, by);
    }
  }

  draw(need: Need): void {
    for (const { at, amount } of need.draws) this.owed[at] = (this.owed[at] ?? 0) + amount;
  }

  fits({ holds }: Need): boolean {
    return holds.every(({ at, amount }) => amount <= (this.unkept[at] ?? 0));
  }

  /** The first capacity that is too little; null when all suffice. */
  lackOf({ holds }: Need): Lack<Owner> | null {
    const part = holds.find(({ at, amount }) => amount > (this.unkept[at] ?? 0));
    return part === undefined ? null : this.lackIn(part);
  }

  /** The rate that lets a service with this need begin last, and after how long; null when all let it begin now. */
  waitOf({ draws }: Need): { readonly at: number; readonly waitMs: number } | null {
    let longest: { at: number; waitMs: number } | null = null;
    for (const { at, amount } of draws) {
      const rate = this.room.rates[at];
      if (rate === undefined) continue;
      const tooMuch = (this.owed[at] ?? 0) + Math.min(amount, rate.burst) - rate.burst;
      const waitMs = Math.ceil((tooMuch / rate.perSecond) * 1_000 - ROUNDING_MS);
      if (waitMs > (longest?.waitMs ?? 0)) longest = { at, waitMs };
    }
    return longest;
  }

  private lackIn({ at, amount }: Part): Lack<Owner> {
    const free = Math.max(0, this.free[at] ?? 0);
    const keptFor = amount <= free ? (this.keptFor.get(at) ?? null) : null;
    return { at, needed: amount, free, holder: this.holders.get(at) ?? null, keptFor };
  }
}

/** What sums of fractions may be off by, far below what any clock here tells apart. */
const ROUNDING_MS = 1e-6;
