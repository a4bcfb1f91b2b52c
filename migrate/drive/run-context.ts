// What every step of a run works with: the ports, the plan, and the recorder, which is the only way the state changes.

import type { Fleet } from "../../domain/fleet";
import { applyEvent } from "../core/machine/apply-event";
import type { Deferral } from "../core/machine/command";
import { foldRun } from "../core/machine/fold-run";
import type { RunState, ServiceRun } from "../core/machine/run-state";
import type { JournalEvent } from "../core/model/journal-event";
import type { Plan, PlannedService } from "../core/model/plan";
import { internalError } from "../errors";
import type { AccountPort } from "../ports/account-port";
import type { Clock } from "../ports/clock";
import type { EcsPort } from "../ports/ecs-port";
import type { Output } from "../ports/output";
import type { RunStore } from "../ports/run-store";
import { announce } from "./announce";

export interface RunPorts {
  readonly ecs: EcsPort;
  readonly account: AccountPort;
  readonly store: RunStore;
  readonly clock: Clock;
  readonly output: Output;
}

export interface RunInputs {
  readonly plan: Plan;
  readonly fleet: Fleet;
  /** How a person takes up a run that was halted, in words with the commands. */
  readonly resumeHalted: string;
}

/**
 * Journal first, then state, then words: an event that is not on disk has not happened.
 * Invariant: `state` is always the fold of what the store holds.
 */
export class Recorder {
  private current: RunState;

  private constructor(
    private readonly ports: RunPorts,
    initial: RunState,
    readonly linesAtStart: number,
    private readonly resumeHalted: string,
  ) {
    this.current = initial;
  }

  static async open(ports: RunPorts, { plan, resumeHalted }: RunInputs): Promise<Recorder> {
    const lines = await ports.store.read();
    return new Recorder(ports, foldRun(plan, lines), lines.length, resumeHalted);
  }

  get state(): RunState {
    return this.current;
  }

  async record(event: JournalEvent): Promise<void> {
    const line = await this.ports.store.append(event, this.ports.clock.nowMs());
    const before = this.current;
    this.current = applyEvent(before, { event, atMs: Date.parse(line.at) });
    const { output } = this.ports;
    announce({ event, before, after: this.current, output, resumeHalted: this.resumeHalted });
  }
}

export interface RunContext extends RunPorts, RunInputs {
  readonly recorder: Recorder;
  /** Aborted when this process is to end: nothing more is started. */
  readonly signal: AbortSignal;
  /** Milliseconds of the last look at each service, and services that wait for something. Volatile. */
  readonly lastLookAtMs: Map<string, number>;
  readonly deferred: Map<string, Deferral>;
  /** Since when no turn has got what it asked AWS for; null while calls succeed. */
  readonly outage: { sinceMs: number | null };
}

/** Seen once more to be not ready: come back later. */
export function defer(
  context: RunContext,
  service: string,
  { afterMs, ...why }: Pick<Deferral, "class" | "reason"> & { readonly afterMs: number },
): void {
  const lastMs = context.clock.nowMs();
  const sinceMs = context.deferred.get(service)?.sinceMs ?? lastMs;
  context.deferred.set(service, { ...why, sinceMs, lastMs, untilMs: lastMs + afterMs });
}

export function plannedOrFail(plan: Plan, arn: string): PlannedService {
  const planned = plan.services.find((service) => service.arn === arn);
  if (planned === undefined) throw internalError(`service ${arn} is not in plan ${plan.planId}`);
  return planned;
}

export function runOrFail(state: RunState, arn: string): ServiceRun {
  const run = state.services.get(arn);
  if (run === undefined) throw internalError(`service ${arn} is not in the run of plan ${state.plan.planId}`);
  return run;
}
