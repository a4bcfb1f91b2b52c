// When the last service of a wave ends, if each takes the time that is expected of it and the run begins them by its rule: the
// longest first, whatever fits next, and room kept for one that was passed too often.
//
// Invariants
//   the rule is `what-begins.ts` without what a plan cannot know: the ramp, the rates, addresses and targets
//   each turn ends one service's time in flight or its drain, so it takes no more than two turns a service

import type { CapacityKind } from "../plan/capacity";
import type { TimedService, WaveRoom } from "../plan/wave-time";
import { Ledger } from "./ledger";
import { type Capacity, type Need, type Part, partOf, type Room } from "./resource";
import { PASSES_MAX } from "./what-begins";

export function waveEndMs(services: readonly TimedService[], room: WaveRoom): number {
  const { capacities, needOf } = capacitiesOf(services, room);
  const wave: Wave = {
    waiting: services
      .map((service) => ({ placeMs: service.durationMs, ...service, need: needOf(service), passes: 0 }))
      .toSorted((a, b) => b.durationMs - a.durationMs),
    rolling: [],
    places: Math.max(1, room.inFlightMax),
    room: { capacities, rates: [] },
  };
  let nowMs = 0;
  for (let turn = 0; turn <= 2 * services.length; turn += 1) {
    for (const { need, durationMs, placeMs } of beginSome(wave, nowMs))
      wave.rolling.push({ need, inFlightUntilMs: nowMs + placeMs, endMs: nowMs + durationMs });
    if (wave.rolling.length === 0) break;
    nowMs = wave.rolling.reduce((soonest, one) => Math.min(soonest, nextOf(one, nowMs)), Number.POSITIVE_INFINITY);
    wave.rolling = wave.rolling.filter(({ endMs }) => endMs > nowMs);
  }
  return nowMs;
}

interface Wave {
  /** Changed in place: with thousands of services the turns are thousands too, and copies would be most of the work. */
  readonly waiting: Waiter[];
  rolling: Rolling[];
  readonly places: number;
  readonly room: Room;
}

interface Waiter {
  readonly durationMs: number;
  readonly placeMs: number;
  readonly need: Need;
  /** By how many it was passed so far. */
  passes: number;
}

interface Rolling {
  readonly need: Need;
  readonly inFlightUntilMs: number;
  readonly endMs: number;
}

function nextOf({ inFlightUntilMs, endMs }: Rolling, nowMs: number): number {
  return inFlightUntilMs > nowMs ? Math.min(inFlightUntilMs, endMs) : endMs;
}

function beginSome({ waiting, rolling, places, room }: Wave, nowMs: number): readonly Waiter[] {
  const ledger = new Ledger<null>(room);
  for (const { need } of rolling) ledger.hold(need, null);
  const begun: Waiter[] = [];
  const inFlight = rolling.filter(({ inFlightUntilMs }) => inFlightUntilMs > nowMs).length;
  let passed = 0;
  let at = 0;
  for (; at < waiting.length && inFlight + begun.length < places; at += 1) {
    const one = waiting[at];
    if (one === undefined) break;
    if (ledger.fits(one.need)) {
      ledger.hold(one.need, null);
      begun.push(one);
      continue;
    }
    if (one.passes >= PASSES_MAX) ledger.keep(one.need, null);
    one.passes -= begun.length;
    waiting[passed] = one;
    passed += 1;
  }
  for (const one of waiting.slice(0, begun.length === 0 ? 0 : passed)) one.passes += begun.length;
  if (begun.length > 0) waiting.splice(passed, at - passed);
  return begun;
}

function capacitiesOf(
  services: readonly TimedService[],
  { freeVcpu }: WaveRoom,
): { readonly capacities: readonly Capacity[]; readonly needOf: (service: TimedService) => Need } {
  const capacities: Capacity[] = [];
  const places = new Map<string, number>();
  const add = (key: string, capacity: Capacity): void => {
    if (!places.has(key)) places.set(key, capacities.push(capacity) - 1);
  };
  for (const kind of KINDS) {
    const free = freeVcpu?.[kind] ?? null;
    if (free !== null) add(kind, { kind: "vcpu", capacity: kind, room: free });
  }
  for (const key of services.flatMap(({ mutexes = [] }) => mutexes))
    add(`mutex ${key}`, { kind: "mutex", mutex: { tag: "", value: key }, room: 1 });
  const partsOf = (keys: readonly string[], amount: number): readonly Part[] =>
    keys.flatMap((key) => {
      const at = places.get(key);
      const capacity = capacities[at ?? -1];
      return at === undefined || capacity === undefined || amount === 0 ? [] : partOf(capacity, at, amount);
    });
  const needOf = ({ mutexes = [], capacity, vcpu = 0 }: TimedService): Need => ({
    holds: [
      ...partsOf(
        mutexes.map((key) => `mutex ${key}`),
        1,
      ),
      ...partsOf(capacity, vcpu),
    ],
    draws: [],
  });
  return { capacities, needOf };
}

const KINDS: readonly CapacityKind[] = ["onDemand", "spot"];
