// Fleet, plan, state and journal of one run → Report.

import type { Fleet } from "../../../domain/fleet";
import { internalError } from "../../errors";
import type { CallCounts } from "../../ports/call-gate";
import type { JournalLine } from "../../ports/run-store";
import type { RunState } from "../machine/run-state";
import type { Plan } from "../model/plan";
import {
  REPORT_SCHEMA,
  REPORT_VERSION,
  type Report,
  type ReportedFailure,
  type ReportedNewService,
  type ReportedRun,
  type ReportedService,
  type ReportedStandalone,
} from "../model/report";
import { byArn, FleetIndex } from "../plan/fleet-index";
import { sharedArns } from "../plan/shared-arns";
import { titleOf } from "../preflight/questions";
import { DOES_NOT_PROVE, PROVES } from "./claims";
import { coverageAfter } from "./coverage-after";
import { type Evidence, evidenceOf } from "./evidence";
import { serviceRow } from "./service-row";
import { taskRow } from "./task-rows";
import { isoOrNull, timelineOf } from "./timeline";
import { verdictOf } from "./verdict-sentences";

export interface ReportRequest {
  /** The fleet that the plan was made of. */
  readonly fleet: Fleet;
  readonly plan: Plan;
  readonly state: RunState;
  readonly lines: readonly JournalLine[];
  /** Hash of the journal's last line; 64 zeros for an empty journal. */
  readonly journalHead: string;
  readonly callCounts: CallCounts | null;
  readonly toolVersion: string;
}

export function buildReport(request: ReportRequest): Report {
  const { fleet, plan, state, lines } = request;
  const index = new FleetIndex(fleet);
  const evidence = evidenceOf(state);
  const judged = {
    run: runOf(state, lines),
    coverage: {
      before: { tasks: plan.totals.tasks, onKey: plan.totals.tasksOnKey, asOf: fleet.readAt },
      after: coverageAfter(fleet, evidence),
    },
    services: servicesOf(request, index, evidence),
    newServices: newServicesOf(state),
  };
  return {
    schema: REPORT_SCHEMA,
    version: REPORT_VERSION,
    toolVersion: request.toolVersion,
    planId: plan.planId,
    fleet: { sha256: plan.fleet.sha256, readAt: plan.fleet.readAt },
    lane: plan.lane,
    verdict: verdictOf(judged),
    proves: PROVES,
    doesNotProve: DOES_NOT_PROVE,
    ...judged,
    standalone: standaloneOf(request, index, evidence),
    ...changedOf(state),
    ...checksOf(lines),
    timeline: timelineOf(request),
    failures: failuresOf(state),
    calls: request.callCounts,
    journal: { lines: lines.length, head: request.journalHead },
  };
}

function runOf(state: RunState, lines: readonly JournalLine[]): ReportedRun {
  const callers = lines.flatMap(({ event }) =>
    event.kind === "run-started" || event.kind === "run-resumed" ? [event.caller] : [],
  );
  return {
    status: state.status,
    reason: state.reason,
    outcome: state.outcome,
    startedAt: isoOrNull(state.startedAtMs),
    endedAt: isoOrNull(state.endedAtMs),
    callers: [...new Set(callers)],
  };
}

/** The newest preflight that the journal holds. */
function checksOf(lines: readonly JournalLine[]): Pick<Report, "checks"> {
  const event = lines.map((line) => line.event).findLast(({ kind }) => kind === "preflight");
  if (event?.kind !== "preflight") return {};
  const answers = event.answers.map((answer) => ({ ...answer, title: titleOf(answer.id) }));
  return { checks: { asOf: event.asOf, answers } };
}

function servicesOf(
  { fleet, plan, state }: ReportRequest,
  index: FleetIndex,
  evidence: Evidence,
): readonly ReportedService[] {
  const planned = new Map([...plan.services, ...plan.rest].map((one) => [placeOf(one), one]));
  const shared = sharedArns(fleet.services);
  return byArn(fleet.services).map((service) => {
    const entry = planned.get(placeOf(service));
    if (entry === undefined) throw internalError(`service ${service.arn} of the fleet is not in plan ${plan.planId}`);
    return serviceRow({
      service,
      tasks: index.tasksOf(service),
      planned: entry,
      run: state.services.get(service.arn) ?? null,
      // A look names no cluster, so one at an ARN that two services share says of neither which it is.
      evidence: shared.has(service.arn) ? null : (evidence.services.get(service.arn) ?? null),
      scannedAt: fleet.readAt,
    });
  });
}

function placeOf({ clusterArn, arn }: { readonly clusterArn: string; readonly arn: string }): string {
  return `${clusterArn} ${arn}`;
}

/** Tasks of no service that the scan saw. The last look covers its clusters whole: one that it does not name has ended. */
function standaloneOf(
  { fleet, plan }: ReportRequest,
  index: FleetIndex,
  evidence: Evidence,
): readonly ReportedStandalone[] {
  const rest = new Map(plan.rest.map((one) => [one.arn, one]));
  return index.tasksOfNoService.map((task) => {
    const entry = rest.get(task.arn);
    if (entry === undefined) throw internalError(`task ${task.arn} of the fleet is not in plan ${plan.planId}`);
    const after = evidence.tasks.get(task.arn);
    const row = taskRow({ arn: task.arn, before: task, after, scannedAt: fleet.readAt });
    const ended = evidence.standaloneSwept && after === undefined && !task.group?.startsWith("service:");
    return {
      ...row,
      ...(ended
        ? { verdict: "notApplicable" as const, reason: "ran before and has ended", asOf: evidence.asOf ?? fleet.readAt }
        : {}),
      clusterName: entry.clusterName,
      group: task.group,
      class: entry.classification.class,
      owner: entry.owner,
      nextStep: after?.verdict === "pass" || ended ? null : entry.classification.remedy,
    };
  });
}

function newServicesOf({ swept }: RunState): readonly ReportedNewService[] {
  const fresh = new Set(swept?.newServices ?? []);
  const proofs = (swept?.proofs ?? []).filter((proof) => fresh.has(proof.serviceArn));
  return byArn(proofs.map(({ serviceArn, verdict, reason, asOf }) => ({ arn: serviceArn, verdict, reason, asOf })));
}

/** What a redeployment leaves as it is: whoever reads that it was left alone wants to see that it was. */
function changedOf({ swept, plan }: RunState): Pick<Report, "changed"> {
  const names = new Map(plan.services.map(({ arn, clusterName, name }) => [arn, `${clusterName}/${name}`]));
  const changed = (swept?.changed ?? []).map(({ service: arn, changes }) => ({
    arn,
    name: names.get(arn) ?? arn,
    changes,
  }));
  return changed.length === 0 ? {} : { changed: byArn(changed) };
}

function failuresOf(state: RunState): readonly ReportedFailure[] {
  const failed = [...state.services.values()].flatMap(({ arn, failure }) =>
    failure === null ? [] : [{ arn, failure }],
  );
  return byArn(failed).map(({ arn, failure }) => ({
    serviceArn: arn,
    reason: failure.reason,
    rolledBack: failure.rolledBack,
    firstTask: { arn: failure.taskArn, reason: failure.taskReason },
    remedy: failure.remedy,
  }));
}
