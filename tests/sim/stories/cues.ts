// When something of a story happens: at an instant, at a line of the journal, before a call, or in a state of the run.
// Invariants: each waiting act is fired once; what waits for a state is asked for it whenever a state may have begun.

import type { RunState } from "../../../migrate/core/machine/run-state";
import type { JournalEvent } from "../../../migrate/core/model/journal-event";
import type { Clock } from "../../../migrate/ports/clock";
import { type RunStateName, runStates, type ServiceState, serviceState } from "../meetings/meeting-states";

export type Cue =
  /** So long after the run began. */
  | { readonly kind: "time"; readonly atMs: number }
  /** So long after the journal's line of this kind about its service, or about any when it has none. */
  | { readonly kind: "line"; readonly line: JournalEvent["kind"]; readonly delayMs: number }
  /** Right before the first UpdateService of its service reaches AWS. */
  | { readonly kind: "update" }
  | StateCue;

/** So long after its service (any, when it has none) or the run was first in a state. */
export interface StateCue {
  readonly kind: "state";
  readonly state: ServiceState | RunStateName;
  readonly delayMs: number;
}

interface Waiting {
  readonly cue: Cue;
  readonly service: string | null;
  readonly fire: () => void;
}

export class CueBoard {
  readonly #waiting = new Set<Waiting>();

  constructor(private readonly clock: Clock) {}

  /** Fires at once, within the call that gives the cue, when there is no delay. */
  await(cue: Cue, service: string | null, act: () => void): void {
    const delayMs = "delayMs" in cue ? cue.delayMs : cue.kind === "time" ? cue.atMs : 0;
    const fire = () => {
      if (delayMs > 0) void this.clock.sleep(delayMs).then(act);
      else act();
    };
    if (cue.kind === "time") fire();
    else this.#waiting.add({ cue, service, fire });
  }

  onLine(event: JournalEvent): void {
    const about = "service" in event ? event.service : null;
    this.#fire(
      ({ cue, service }) =>
        cue.kind === "line" && cue.line === event.kind && (service === null || about === null || service === about),
    );
  }

  onUpdate(arn: unknown): void {
    this.#fire(({ cue, service }) => cue.kind === "update" && (service === null || service === arn));
  }

  onState(state: RunState): void {
    this.#fire(({ cue, service }) => cue.kind === "state" && isIn(state, { cue, service }, this.clock.nowMs()));
  }

  onAway(): void {
    this.#fire(({ cue }) => cue.kind === "state" && cue.state === "away");
  }

  #fire(isDue: (waiting: Waiting) => boolean): void {
    for (const waiting of [...this.#waiting]) {
      if (!isDue(waiting)) continue;
      this.#waiting.delete(waiting);
      waiting.fire();
    }
  }
}

function isIn(
  state: RunState,
  { cue, service }: { readonly cue: StateCue; readonly service: string | null },
  nowMs: number,
): boolean {
  const services = service === null ? [...state.services.keys()] : [service];
  return (
    runStates(state, nowMs).some((one) => one === cue.state) ||
    services.some((arn) => serviceState(state, arn) === cue.state)
  );
}
