// The free addresses that a service's new tasks share, with whom: each task takes one address, of any subnet of its service.
//
// So many tasks find an address each exactly when, for every union of subnet sets, the tasks that can land nowhere else are no more
// than its free addresses (Hall's theorem). Unions of sets that share no subnet follow from their parts and are left out.
//
// Invariants
//   a room has only subnets whose free addresses are known: what is not known limits nobody here
//   of more overlapping sets than UNIONS_MAX unions some unions are not watched: a run may then be too bold, and never stuck

import type { SubnetRecord } from "../../../domain/fleet";

export interface AddressRoom {
  readonly subnets: readonly string[];
  readonly free: number;
}

/** Most fleets have a few sets that do not overlap at all; this many unions keep a look at a service's needs cheap. */
const UNIONS_MAX = 64;

/** What a service with these subnets draws on. */
export type RoomsOf = (subnets: readonly string[]) => readonly AddressRoom[];

export function addressRooms(sets: readonly (readonly string[])[], subnets: readonly SubnetRecord[]): RoomsOf {
  const free = new Map(
    subnets.flatMap(({ id, availableIpAddresses: seen }) => (seen.kind === "known" ? [[id, seen.value] as const] : [])),
  );
  const watched = new Map<string, AddressRoom[]>();
  for (const union of unionsOf(sets)) {
    const amounts = union.map((id) => free.get(id));
    if (amounts.some((amount) => amount === undefined)) continue;
    const room = { subnets: union, free: amounts.reduce<number>((sum, amount) => sum + (amount ?? 0), 0) };
    for (const id of union) watched.set(id, [...(watched.get(id) ?? []), room]);
  }
  return (own) => (watched.get(own[0] ?? "") ?? []).filter((room) => own.every((id) => room.subnets.includes(id)));
}

/** The sets, and every union of them that hangs together by shared subnets; each sorted. */
function unionsOf(sets: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const found = new Map(sets.filter((set) => set.length > 0).map((set) => keyed(set)));
  const base = [...found.values()];
  const unionsMax = base.length + UNIONS_MAX;
  // The map grows while it is walked, and the walk meets what is added: it ends, for unions are bounded.
  for (const union of found.values())
    for (const set of base) {
      if (found.size >= unionsMax) return [...found.values()];
      if (!set.some((id) => union.includes(id))) continue;
      const [key, wider] = keyed([...union, ...set]);
      if (!found.has(key)) found.set(key, wider);
    }
  return [...found.values()];
}

function keyed(set: readonly string[]): readonly [key: string, sorted: readonly string[]] {
  const sorted = [...new Set(set)].toSorted();
  return [sorted.join(" "), sorted];
}
