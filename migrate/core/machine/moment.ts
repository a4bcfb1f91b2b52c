// What a decision rests on: the state of the run, what this process remembers and was asked for, and the instant.

import type { Schedule } from "../schedule/schedule";
import type { Agenda, RunSettings } from "./command";
import type { RunState } from "./run-state";

export interface Moment {
  readonly state: RunState;
  readonly agenda: Agenda;
  readonly settings: RunSettings;
  readonly schedule: Schedule;
  readonly nowMs: number;
}
