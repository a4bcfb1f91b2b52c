// Everything that a world is made of. Owned by one World, mutated in place.
// Invariants: no I/O and no clock; `nowMs` only grows; chance comes from seeded streams, kept apart so that
// reads do not change what happens.

import type { Cluster } from "./cluster";
import { DEFAULT_MEDIANS, type DurationMedians, Durations } from "./durations";
import { EventQueue } from "./event-queue";
import type { Happening } from "./happening";
import { Identifiers } from "./identifiers";
import { KEY_POLICY_DELAY_MAX_MS } from "./key-policy-in-force";
import { createLane, type Lane } from "./lane";
import { Random } from "./random";
import type { Service } from "./service";
import type { ServiceDeployment } from "./service-deployment";
import { DEFAULT_SWITCHES, type Switches } from "./switches";
import type { Task } from "./task";

/** What a read may show as it was a moment ago. */
export type Lagging = Cluster | Service | ServiceDeployment | Task;

export interface WorldState {
  nowMs: number;
  readonly startedAtMs: number;
  readonly switches: Switches;
  readonly readLagMaxMs: number;
  readonly keyPolicyDelayMaxMs: number;
  readonly lanes: Map<string, Lane>;
  readonly queue: EventQueue<Happening>;
  readonly identifiers: Identifiers;
  readonly durations: Durations;
  /** Chance in what happens. */
  readonly life: Random;
  /** Chance in what reads show. */
  readonly reads: Random;
  /** Chance in when a change of a key is in force. */
  readonly keyChanges: Random;
  /** Chance in what CloudTrail records, and when it shows it. */
  readonly trailChance: Random;
  /** Changed since the last view was recorded; stays empty while there is no read lag. */
  readonly touched: Set<Lagging>;
  readonly counters: Record<string, number>;
  nextSequence: number;
}

export interface WorldStateOptions {
  readonly seed: number;
  readonly startAtMs: number;
  readonly switches?: Partial<Switches>;
  readonly readLagMaxMs?: number;
  /** How late a replaced key policy may be in force for Fargate. @default 5 minutes */
  readonly keyPolicyDelayMaxMs?: number;
  readonly durations?: Partial<DurationMedians>;
}

export function createWorldState(options: WorldStateOptions): WorldState {
  const life = new Random(options.seed, "life");
  return {
    nowMs: options.startAtMs,
    startedAtMs: options.startAtMs,
    switches: { ...DEFAULT_SWITCHES, ...options.switches },
    readLagMaxMs: options.readLagMaxMs ?? 0,
    keyPolicyDelayMaxMs: options.keyPolicyDelayMaxMs ?? KEY_POLICY_DELAY_MAX_MS,
    lanes: new Map(),
    queue: new EventQueue(),
    identifiers: new Identifiers(new Random(options.seed, "identifiers")),
    durations: new Durations(life, { ...DEFAULT_MEDIANS, ...options.durations }),
    life,
    reads: new Random(options.seed, "reads"),
    keyChanges: new Random(options.seed, "key changes"),
    trailChance: new Random(options.seed, "trail"),
    touched: new Set(),
    counters: {},
    nextSequence: 1,
  };
}

/** The lane of an account and Region; made when first seen. */
export function laneOf(world: WorldState, account: string, region: string): Lane {
  const name = `${account}/${region}`;
  const found = world.lanes.get(name);
  if (found !== undefined) return found;
  const lane = createLane(account, region);
  world.lanes.set(name, lane);
  return lane;
}

export function nextSequence(world: WorldState): number {
  return world.nextSequence++;
}

export function count(world: WorldState, counter: string): void {
  world.counters[counter] = (world.counters[counter] ?? 0) + 1;
}

/** Marks a thing as changed, so that lagging reads can still show how it was. */
export function touch(world: WorldState, thing: Lagging): void {
  if (world.readLagMaxMs > 0) world.touched.add(thing);
}

export function scheduleIn(world: WorldState, delayMs: number, happening: Happening): void {
  world.queue.push(world.nowMs + delayMs, happening);
}
