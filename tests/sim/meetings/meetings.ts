// How often each fault and rival met each state of a run: what a suite of simulated lives has really tried.
//
// Invariants
//   a fault that falls on services meets their states and the run's; one of the API meets the states of what its call was about
//   one strike meets one state once, however many services are in it
//   a cell that cannot be has a reason in words

import { applyEvent } from "../../../migrate/core/machine/apply-event";
import { foldRun, newRun } from "../../../migrate/core/machine/fold-run";
import type { RunState } from "../../../migrate/core/machine/run-state";
import { API_FAULT_KINDS } from "../../../simulator/api-fault";
import type { Life } from "../stage/live";
import { whyImpossible } from "./impossible-meetings";
import { RUN_STATES, runStates, SERVICE_STATES, serviceState } from "./meeting-states";
import { struckCalls } from "./struck-calls";

export interface Meeting {
  readonly fault: string;
  readonly state: string;
}

/** Of one service, or of what its tasks need to start. */
export const SERVICE_FAULTS = [
  "somebody-deploys",
  "somebody-scales",
  "service-deleted",
  "task-dies",
  "spot-interruption",
  "zones-rebalanced",
  "task-retired",
  "task-protected",
  "new-tasks-fail",
  "hook-fails",
  "image-missing",
  "image-moved",
  "secret-deleted",
  "secret-scheduled-for-deletion",
  "parameter-deleted",
  "log-group-deleted",
  "task-definition-inactive",
] as const;

/** Of a cluster, a key or the whole account. */
export const WIDE_FAULTS = [
  "cluster-key-changed",
  "key-disabled",
  "key-policy-replaced",
  "key-deletion-scheduled",
  "key-material-expires",
  "organisation-denies-key",
  "cluster-deleted",
  "alarm-fires",
  "capacity-short",
  "subnet-full",
  "vcpu-quota",
  "neighbour-takes-vcpu",
] as const;

/** Of the process itself, and of who runs it. */
export const PROCESS_FAULTS = [
  "dies-before-line",
  "dies-after-line",
  "stands-still",
  "disk-full",
  "interrupted",
] as const;

export const RUN_FAULTS = ["second-copy", "pause", "resume", "abort", "abort-and-roll-back", "approve"] as const;

export const FAULTS: readonly string[] = [
  ...API_FAULT_KINDS,
  ...SERVICE_FAULTS,
  ...WIDE_FAULTS,
  ...PROCESS_FAULTS,
  ...RUN_FAULTS,
];

export const STATES: readonly string[] = [...SERVICE_STATES, ...RUN_STATES];

export function meetingsOf(life: Life): readonly Meeting[] {
  const states = statesByLine(life);
  const struck = [...life.strikes, ...struckCalls(life)];
  return struck.flatMap(({ fault, atMs, afterLine, isAway, services, concerns }) => {
    const state = states[afterLine] ?? foldRun(life.plan, life.lines);
    const met = services.flatMap((arn) => serviceState(state, arn) ?? []);
    const ofRun = isAway ? (["away"] as const) : runStates(state, atMs);
    // The last look is about all that there is.
    const isForAll = concerns === undefined || ofRun.some((one) => one === "final sweep");
    const ofServices = met.filter((one) => isForAll || concerns.includes(one));
    return [...new Set<string>([...ofServices, ...ofRun])].map((one) => ({ fault, state: one }));
  });
}

/** Why a cell cannot be; null when it can. */
export function impossible({ fault, state }: Meeting): string | null {
  if (!FAULTS.includes(fault)) throw new RangeError(`"${fault}" is no fault of the table`);
  if (!STATES.includes(state)) throw new RangeError(`"${state}" is no state of the table`);
  return whyImpossible(fault, state);
}

/** Markdown: a row for each fault, a column for each state; a dash where no meeting can be. */
export function meetingTable(counts: ReadonlyMap<string, number>): string {
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const cell = (fault: string, state: string) =>
    impossible({ fault, state }) === null ? String(counts.get(`${fault} ${state}`) ?? 0) : "–";
  return [
    row(["fault", ...STATES]),
    row(["---", ...STATES.map(() => "---:")]),
    ...FAULTS.map((fault) => row([fault, ...STATES.map((state) => cell(fault, state))])),
  ].join("\n");
}

/** The state after so many lines. */
function statesByLine({ plan, lines }: Life): readonly RunState[] {
  const states = [newRun(plan)];
  for (const { at, event } of lines) {
    const before = states.at(-1) ?? newRun(plan);
    states.push(applyEvent(before, { event, atMs: Date.parse(at) }));
  }
  return states;
}
