// The API faults that are in force: which one strikes a call, and how often it still may.
// Invariants: at most one fault strikes a call, the one that was scheduled first; spent faults are forgotten.

import { type StrikingFault, strikes } from "./api-fault";
import type { Call } from "./world/call";

interface Scheduled {
  readonly fault: StrikingFault;
  left: number;
}

const FAULTS_MAX = 1_000;

export class FaultSchedule {
  #scheduled: readonly Scheduled[] = [];

  /** Throws RangeError when too many are in force. */
  add(fault: StrikingFault): void {
    if (this.#scheduled.length >= FAULTS_MAX) {
      throw new RangeError(`${FAULTS_MAX} faults are scheduled already; let some strike, or start a new simulation`);
    }
    const left = fault.count ?? (fault.untilMs === undefined ? 1 : Number.POSITIVE_INFINITY);
    this.#scheduled = [...this.#scheduled, { fault, left }];
  }

  /** The fault that strikes this call now, its count already reduced; or null. */
  strike(call: Call, nowMs: number): StrikingFault | null {
    this.#scheduled = this.#scheduled.filter(({ fault, left }) => left > 0 && nowMs < (fault.untilMs ?? Infinity));
    const hit = this.#scheduled.find(({ fault }) => nowMs >= (fault.fromMs ?? -Infinity) && strikes(fault, call));
    if (hit === undefined) return null;
    hit.left -= 1;
    return hit.fault;
  }
}
