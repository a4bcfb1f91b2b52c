// When waves and services began and ended, and what happened to the run as a whole.

import type { Fleet } from "../../../domain/fleet";
import type { JournalLine } from "../../ports/run-store";
import type { RunState } from "../machine/run-state";
import type { JournalEvent, JournaledAnswer } from "../model/journal-event";
import type { Plan } from "../model/plan";
import type { ReportedTimeline } from "../model/report";
import { counted } from "../words/counted";
import { listed } from "../words/listed";
import { measuredBoundMs } from "./measured-bound";

export interface TimelineQuestion {
  /** The fleet that the plan was made of. */
  readonly fleet: Fleet;
  readonly plan: Plan;
  readonly state: RunState;
  readonly lines: readonly JournalLine[];
}

export function timelineOf(question: TimelineQuestion): ReportedTimeline {
  const { plan, state, lines } = question;
  const { startedAtMs, endedAtMs } = state;
  return {
    waves: plan.waves.map(({ number, name, expectedMs }) => {
      const wave = state.waves.find((one) => one.number === number);
      return {
        number,
        name,
        openedAt: isoOrNull(wave?.openedAtMs),
        closedAt: isoOrNull(wave?.closedAtMs),
        soakUntil: isoOrNull(wave?.soakUntilMs),
        expectedMs,
      };
    }),
    services: plan.services.map(({ arn, wave }) => {
      const run = state.services.get(arn);
      const times = { startedAt: run?.intendedAtMs, settledAt: run?.settledAtMs, endedAt: run?.endedAtMs };
      return {
        arn,
        wave,
        startedAt: isoOrNull(times.startedAt),
        settledAt: isoOrNull(times.settledAt),
        endedAt: isoOrNull(times.endedAt),
      };
    }),
    events: lines.flatMap(({ at, event }) => {
      const what = describe(event);
      return what === null ? [] : [{ at, what }];
    }),
    tookMs: startedAtMs === null || endedAtMs === null ? null : endedAtMs - startedAtMs,
    lowerBoundMs: { planned: plan.totals.stagedLowerBoundMs, actual: measuredBoundMs(question) },
  };
}

export function isoOrNull(ms: number | null | undefined): string | null {
  return ms == null ? null : new Date(ms).toISOString();
}

/** Events of the run, not of single services. */
function describe(event: JournalEvent): string | null {
  switch (event.kind) {
    case "run-started":
      return `started by ${event.caller} with fargate-cmk ${event.toolVersion}`;
    case "run-resumed":
      return `resumed by ${event.caller}${event.repaired === null ? "" : `; journal repaired: ${event.repaired}`}`;
    case "preflight":
      return describePreflight(event.answers);
    case "control":
      return `an operator asked to ${event.request.replaceAll("-", " ")}`;
    case "requeued":
      return `another try for ${counted(event.services.length, "service")}: ${event.why}`;
    case "rebuilt":
      return `a new journal was begun: ${event.why}`;
    case "held":
      return `nothing more was started on ${counted(event.clusters.length, "cluster")}: Fargate cannot use ${event.keyArn}: ${event.reason}`;
    case "released":
      return `${event.keyArn} is right again for ${counted(event.clusters.length, "cluster")}`;
    case "gate-looked":
      return gateWords(event);
    case "halted":
      return `halted: ${event.reason}`;
    case "paused":
      return `paused: ${event.reason}`;
    case "swept":
      return "looked at the whole lane once more";
    case "finished":
      return `finished: ${event.outcome}`;
    default:
      return null;
  }
}

function gateWords({ wave, firing, unseen }: Extract<JournalEvent, { kind: "gate-looked" }>): string {
  if (firing.length > 0) return `wave ${wave} waited: alarm ${listed(firing)} fired`;
  return unseen === null ? `the alarms before wave ${wave} were quiet` : `wave ${wave} waited: ${unseen}`;
}

function describePreflight(answers: readonly JournaledAnswer[]): string {
  const accepted = answers.filter((answer) => answer.accepted !== null).length;
  const passed = answers.filter(({ verdict }) => verdict === "pass").length;
  return `preflight: ${passed} of ${answers.length} questions passed${accepted === 0 ? "" : `, ${accepted} accepted`}`;
}
