// A moment of a run, and what is to be done in it, in words that a table of cases can hold.

import type { Agenda, Command, Deferral, RunSettings } from "../../../migrate/core/machine/command";
import { nextCommands } from "../../../migrate/core/machine/next-commands";
import type { JournalEvent, RunRequestWord } from "../../../migrate/core/model/journal-event";
import type { Plan } from "../../../migrate/core/model/plan";
import { agendaOf, arnOf, at, momentOf, planOf, SETTINGS, stateAfter } from "./run-fixture";

export interface Situation {
  readonly plan: Plan;
  /** One a second, the first at second 1. */
  readonly events: readonly JournalEvent[];
  readonly seconds: number;
  /** Seconds of the last look, by name. */
  readonly lookedAt?: Readonly<Record<string, number>>;
  readonly deferred?: Readonly<Record<string, Deferral>>;
  /** What else the process remembers or was told. */
  readonly agenda?: Partial<Agenda>;
  readonly settings?: Partial<RunSettings>;
}

export type Case = readonly [title: string, situation: Situation, words: readonly string[]];

/** Services a and b in one wave. */
export const ONE_WAVE = planOf([["a", "b"]]);
/** Service a in the first wave, b in the second. */
export const TWO_WAVES = planOf([["a"], ["b"]]);

export function commandsIn(situation: Situation): readonly Command[] {
  const { plan, events, seconds, lookedAt, deferred } = situation;
  const timed = events.map((event, index) => [index + 1, event] as const);
  const agenda = { ...agendaOf(lookedAt, deferred), ...situation.agenda };
  const moment = momentOf(stateAfter(plan, timed), agenda, at(seconds));
  return nextCommands({ ...moment, settings: { ...SETTINGS, ...situation.settings } });
}

/** Each command with the names that it is about: `admit a b`, `record failed a`, `wait 5` (seconds). */
export function wordsIn(situation: Situation): readonly string[] {
  return commandsIn(situation).map((command) => wordOf(command, situation.seconds));
}

function wordOf(command: Command, seconds: number): string {
  switch (command.kind) {
    case "record":
      return `record ${command.event.kind}${"service" in command.event ? ` ${nameOf(command.event.service)}` : ""}`;
    case "look":
    case "admit":
      return `${command.kind} ${command.services.map(nameOf).join(" ")}`;
    case "look-doubt":
    case "stop":
      return `${command.kind} ${nameOf(command.service)}`;
    case "finish":
      return `finish ${command.outcome}`;
    case "wait":
      return `wait ${(command.untilMs - at(seconds)) / 1000}`;
    case "look-targets":
      return `look-targets ${command.clusters.map(nameOf).join(" ")}`;
    case "look-gate":
      return `look-gate ${command.wave} ${command.alarms.join(" ")}`;
    case "sweep":
    case "leave":
    case "pause-at-limit":
      return command.kind;
  }
}

export const HALTED: JournalEvent = { kind: "halted", reason: "for this test" };

export function control(request: RunRequestWord): JournalEvent {
  return { kind: "control", request };
}

export function waveClosed(wave: number, soakUntilSeconds: number): JournalEvent {
  return { kind: "wave-closed", wave, soakUntilMs: at(soakUntilSeconds) };
}

export function overdue(name: string): JournalEvent {
  return { kind: "overdue", service: arnOf(name), afterMs: 1 };
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
