// What services of a run share and could run out of. Two sorts: a capacity is held from the intent until the service has drained or is
// decided; a rate is drawn on once, and what was drawn comes back with time alone.
//
// Invariants
//   a need is made of parts, each of one resource, named by its place in the room's list
//   a part is never more than all there is of its capacity: who needs more takes the whole, so it goes when nobody else has any

import type { Mutex } from "../model/plan";
import type { CapacityKind } from "../plan/capacity";

export type Capacity =
  | { readonly kind: "vcpu"; readonly capacity: CapacityKind; readonly room: number }
  /** Of these subnets together: what may land on any of them, and nowhere else. */
  | { readonly kind: "addresses"; readonly subnets: readonly string[]; readonly room: number }
  | { readonly kind: "targets"; readonly arn: string; readonly room: number }
  | { readonly kind: "mutex"; readonly mutex: Mutex; readonly room: 1 };

/** A leaky bucket: so many at once when it is empty, and so many a second. */
export type Rate = { readonly burst: number; readonly perSecond: number } & (
  | { readonly kind: "launches"; readonly capacity: CapacityKind }
  | { readonly kind: "grants" }
);

export interface Room {
  readonly capacities: readonly Capacity[];
  readonly rates: readonly Rate[];
}

export interface Part {
  /** Index into the room's capacities, or its rates. */
  readonly at: number;
  readonly amount: number;
}

export interface Need {
  /** Of capacities. */
  readonly holds: readonly Part[];
  /** Of rates. */
  readonly draws: readonly Part[];
}

export const NO_NEED: Need = { holds: [], draws: [] };

/** All there is of a capacity. Where nothing is free there still is a whole, which one service at a time may have. */
export function wholeOf({ room }: Capacity): number {
  return room > 0 ? room : 1;
}

export function partOf(capacity: Capacity, at: number, amount: number): Part {
  return { at, amount: amount > capacity.room ? wholeOf(capacity) : amount };
}
