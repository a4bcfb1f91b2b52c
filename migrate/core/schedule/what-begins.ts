// Which of the services that are ready begin now: list scheduling. The list is gone through in order, and whatever fits begins.
//
// The list: first those of clusters on which nobody has seen the key work (the ramp), the smallest first; then all others, the
// longest first, for what is long and begins late ends last.
// What fits passes what does not. A service that was passed by PASSES_MAX gets its need kept free: from then on only those begin that
// fit beside it. Nothing behind it can keep it waiting any longer then, since what they hold of its need only gets less.
//
// Invariants
//   no capacity is held beyond its room, and no two of a mutex are on their way; who needs more than there is goes alone
//   a service waits only for what is not free, is kept for one that waits longer, or comes back with time; who has to wait for a
//   rate for a moment only begins with the others of its turn, and is sent when its time has come (`rate-wait.ts`)
//   on a cluster of the ramp no more than RAMP services with tasks are on their way; one on probation has one
//   the same state gives the same beginning, whatever the order of `ready`; about O(services), each with few resources

import type { RunState } from "../machine/run-state";
import type { PlannedService } from "../model/plan";
import type { Lack } from "./ledger";
import { inListOrder, isOfRamp } from "./list-order";
import { type Need, NO_NEED } from "./resource";
import type { Schedule } from "./schedule";
import { lackingCapacity, lackingRate, type Shortage } from "./shortage";
import { type UnderWay, underWay } from "./under-way";

export interface Turn {
  readonly state: RunState;
  readonly schedule: Schedule;
  /** Queued, of a wave that has been reached, neither put off nor held, in any order. */
  readonly ready: readonly PlannedService[];
  /** The most that may begin now: places in flight that are left, and what an operator limits. */
  readonly placesMax: number;
  readonly nowMs: number;
  /** Who waits for a rate for no longer than this begins all the same, and is sent when its time has come. */
  readonly leadMs: number;
  /** ARNs of clusters on which no task of this run was seen on the key since the last trouble. */
  readonly unproven: ReadonlySet<string>;
  /** ARNs of clusters whose key was in trouble: one service at a time. */
  readonly probation: ReadonlySet<string>;
}

export interface Beginning {
  /** In order. */
  readonly begin: readonly PlannedService[];
  readonly waiting: readonly Waiting[];
  /** When time alone lets the next one begin; null when only the end of something can. */
  readonly nextAtMs: number | null;
}

export interface Waiting {
  readonly planned: PlannedService;
  readonly for: Shortage;
}

/**
 * Services of a cluster that may be on their way before a task was seen on its key. The first look at a new task comes within a
 * minute, so this is what a key that turns out bad can hit; one alone would make the ramp wait for the slowest of images.
 */
export const RAMP = 3;

/**
 * Services that may pass one for which there is too little room. What is kept free lies idle until enough has ended, so this is
 * for the rare one that hardly ever fits: in simulated waves on a twentieth of the vCPU that all need together, keeping after 8
 * made a wave 5 to 10 % longer than never keeping, and after 100 it was 1 to 5 %.
 */
export const PASSES_MAX = 100;

/** The buckets of rates refill within so long or a little more: who comes back then finds several to begin, and looks at them together. */
const RETRY_AFTER_MS = 1_000;

export function whatBegins(turn: Turn): Beginning {
  const sweep = new Sweep(turn, underWay(turn));
  for (const planned of inListOrder(turn)) sweep.meet(planned);
  const { begin, waiting, nextAtMs } = sweep;
  return { begin, waiting, nextAtMs };
}

const NO_PLACE: Shortage = { kind: "places" };

/** One walk through the list. */
class Sweep implements Beginning {
  readonly begin: PlannedService[] = [];
  readonly waiting: Waiting[] = [];
  nextAtMs: number | null = null;
  /** Begun now, or certain to begin as soon as time lets it. */
  private placesTaken = 0;
  private readonly onTheirWay = new Map<string, number>();
  private readonly passed: Passed[] = [];
  /** How many of these what they need is kept for. */
  private keptFor = 0;

  constructor(
    private readonly turn: Turn,
    private readonly world: UnderWay,
  ) {
    for (const { planned } of world.active) this.count(planned);
  }

  meet(planned: PlannedService): void {
    const shortage = this.shortageOf(planned);
    if (shortage !== null) this.waiting.push({ planned, for: shortage });
    else this.begin.push(planned);
  }

  private shortageOf(planned: PlannedService): Shortage | null {
    const { schedule, placesMax, nowMs, leadMs } = this.turn;
    const need = schedule.needs.get(planned.arn) ?? NO_NEED;
    const { ledger } = this.world;
    if (this.placesTaken >= placesMax) return NO_PLACE;
    if (this.isRampFull(planned))
      return { kind: "ramp", clusterArn: planned.clusterArn, clusterName: planned.clusterName };
    const lack = ledger.lackOf(need);
    if (lack !== null) return this.passOver(planned, need, lack);
    const wait = ledger.waitOf(need);
    this.take(planned, need);
    if (wait === null || wait.waitMs <= leadMs) return null;
    // Time alone lets it begin, so it has its place in everything already.
    const untilMs = nowMs + wait.waitMs;
    const turnAtMs = Math.max(untilMs - leadMs, nowMs + RETRY_AFTER_MS);
    this.nextAtMs = Math.min(this.nextAtMs ?? Number.POSITIVE_INFINITY, turnAtMs);
    const rate = schedule.room.rates[wait.at];
    return rate === undefined ? null : lackingRate(rate, planned, untilMs);
  }

  /** Short of room, it is passed; after so many times what it needs is kept. A mutex needs none of that: its list is one of few. */
  private passOver(planned: PlannedService, need: Need, lack: Lack<PlannedService>): Shortage | null {
    const { ledger, passesOf, overdueLedger } = this.world;
    const capacity = this.turn.schedule.room.capacities[lack.at];
    if (capacity === undefined) return null;
    // What only the final sweep lets go is nothing to keep other things idle for.
    if (capacity.kind !== "mutex" && overdueLedger.fits(need)) {
      const left = PASSES_MAX - passesOf(planned);
      if (left <= 0) ledger.keep(need, planned);
      else if (!isOfRamp(planned, this.turn))
        this.passed.push({ planned, need, keepsAtPlaces: this.placesTaken + left });
    }
    return lackingCapacity(capacity, lack, planned);
  }

  /** In the order of the list: of a wave, who stands first was passed most often. */
  private keepForThePassed(): void {
    for (let next = this.passed[this.keptFor]; next !== undefined; next = this.passed[this.keptFor]) {
      if (next.keepsAtPlaces > this.placesTaken) return;
      this.world.ledger.keep(next.need, next.planned);
      this.keptFor += 1;
    }
  }

  private isRampFull(planned: PlannedService): boolean {
    if (!isOfRamp(planned, this.turn)) return false;
    const most = this.turn.probation.has(planned.clusterArn) ? 1 : RAMP;
    return (this.onTheirWay.get(planned.clusterArn) ?? 0) >= most;
  }

  private take(planned: PlannedService, need: Need): void {
    const { ledger } = this.world;
    ledger.hold(need, planned);
    ledger.draw(need);
    this.placesTaken += 1;
    this.count(planned);
    this.keepForThePassed();
  }

  private count({ clusterArn, surgeTasks }: PlannedService): void {
    if (surgeTasks > 0) this.onTheirWay.set(clusterArn, (this.onTheirWay.get(clusterArn) ?? 0) + 1);
  }
}

interface Passed {
  readonly planned: PlannedService;
  readonly need: Need;
  /** Places taken in this turn at which it was passed often enough. */
  readonly keepsAtPlaces: number;
}
