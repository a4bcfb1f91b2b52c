// What every step of a run works with: the ports, the plan, and the recorder, which is the only way the state changes.

import type { Fleet } from "../../domain/fleet";
import { applyEvent } from "../core/machine/apply-event";
import type { Agenda, Deferral, RunSettings } from "../core/machine/command";
import { foldRun } from "../core/machine/fold-run";
import type { RunState, ServiceRun } from "../core/machine/run-state";
import type { JournalEvent } from "../core/model/journal-event";
import type { Plan, PlannedService } from "../core/model/plan";
import type { Schedule } from "../core/schedule/schedule";
import { internalError } from "../errors";
import type { AccountPort } from "../ports/account-port";
import type { Clock } from "../ports/clock";
import type { EcsPort } from "../ports/ecs-port";
import type { Output } from "../ports/output";
import type { RunStore } from "../ports/run-store";
import type { SurroundingsPort } from "../ports/surroundings-port";
import { announce } from "./announce";

export interface RunPorts {
  readonly ecs: EcsPort;
  readonly account: AccountPort;
  /** Asked for the alarms of a plan's gates. */
  readonly surroundings: Pick<SurroundingsPort, "alarmStates">;
  readonly store: RunStore;
  readonly clock: Clock;
  readonly output: Output;
}

export interface RunInputs {
  readonly plan: Plan;
  readonly fleet: Fleet;
  readonly commands: SteeringCommands;
}

/** What a person types to steer the run, for messages. */
export interface SteeringCommands {
  /** Takes it up in a new process. */
  readonly run: string;
  /** Needed before that when it was halted. */
  readonly resume: string;
  readonly approve: string;
}

/**
 * Journal first, then state, then words: an event that is not on disk has not happened.
 * Invariant: `state` is always the fold of what the store holds.
 */
export class Recorder {
  private current: RunState;

  private constructor(
    private readonly ports: Pick<RunPorts, "store" | "clock" | "output">,
    initial: RunState,
    readonly linesAtStart: number,
    private readonly commands: SteeringCommands,
  ) {
    this.current = initial;
  }

  static async open(
    ports: Pick<RunPorts, "store" | "clock" | "output">,
    { plan, commands }: RunInputs,
  ): Promise<Recorder> {
    const lines = await ports.store.read();
    return new Recorder(ports, foldRun(plan, lines), lines.length, commands);
  }

  get state(): RunState {
    return this.current;
  }

  async record(event: JournalEvent): Promise<void> {
    const line = await this.ports.store.append(event, this.ports.clock.nowMs());
    const before = this.current;
    this.current = applyEvent(before, { event, atMs: Date.parse(line.at) });
    const { output } = this.ports;
    announce({ event, before, after: this.current, output, commands: this.commands });
  }
}

export interface RunContext extends RunPorts, RunInputs {
  readonly recorder: Recorder;
  /** Aborted when this process is to end: nothing more is started. */
  readonly signal: AbortSignal;
  readonly settings: RunSettings;
  readonly schedule: Schedule;
  /** Milliseconds of the last look at each service, and services that wait for something. Volatile. */
  readonly lastLookAtMs: Map<string, number>;
  readonly deferred: Map<string, Deferral>;
  /** When the key of each cluster was last looked at. Volatile. */
  readonly targetLookAtMs: Map<string, number>;
  /** What else this process remembers. Volatile. */
  readonly memory: { gateLook: Agenda["gateLook"]; begun: number };
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
