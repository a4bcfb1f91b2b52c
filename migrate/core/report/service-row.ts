// One service of the fleet as the report tells it: planned or not, what came of it, what to do next.

import type { ServiceRecord, TaskRecord } from "../../../domain/fleet";
import type { ServiceRun } from "../machine/run-state";
import type { NotPlanned, PlannedService } from "../model/plan";
import type { KeySighting, ReportedService, ServiceOutcome } from "../model/report";
import type { ServiceVerdict } from "../model/verdict";
import { NOT_SEEN, sightingOf, sightingOfAll } from "./key-sighting";
import { taskRows } from "./task-rows";

export interface ServiceRowQuestion {
  readonly service: ServiceRecord;
  readonly tasks: readonly TaskRecord[];
  readonly planned: PlannedService | NotPlanned;
  /** Null for a service that was not planned. */
  readonly run: ServiceRun | null;
  readonly evidence: ServiceVerdict | null;
  readonly scannedAt: string;
}

export function serviceRow(question: ServiceRowQuestion): ReportedService {
  const { service, planned, evidence } = question;
  const told = tell(question);
  return {
    arn: service.arn,
    name: service.name,
    clusterArn: planned.clusterArn,
    clusterName: planned.clusterName,
    class: planned.classification.class,
    ...told,
    owner: planned.owner,
    wave: "wave" in planned ? planned.wave : null,
    keyBefore: keyBefore(question),
    keyAfter: keyAfter(evidence),
    evidence: evidence === null ? null : { verdict: evidence.verdict, reason: evidence.reason, asOf: evidence.asOf },
    tasks: taskRows({ before: question.tasks, evidence, scannedAt: question.scannedAt }),
  };
}

interface Told {
  readonly outcome: ServiceOutcome;
  readonly reason: string;
  readonly nextStep: string | null;
}

function tell({ planned, run, evidence }: ServiceRowQuestion): Told {
  if (run === null) return { outcome: "not planned", ...leftAlone(planned, evidence) };
  if (run.failure !== null) return { outcome: "failed", reason: run.failure.reason, nextStep: run.failure.remedy };
  if (run.phase === "verified" && evidence?.verdict === "pass")
    return { outcome: "proved", reason: evidence.reason, nextStep: null };
  if (run.setAside !== null)
    return { outcome: "set aside", reason: run.setAside.reason, nextStep: run.setAside.remedy ?? SCAN_AGAIN };
  if (run.phase === "superseded")
    return { outcome: "superseded", reason: supersededReason(run, evidence), nextStep: SCAN_AGAIN };
  return { outcome: "unproved", reason: unprovedReason(run, evidence), nextStep: nextForUnproved(run) };
}

const SCAN_AGAIN = "scan and plan again: fargate-cmk scan";

/** What was on its key at the scan and is not so any more needs somebody again. */
function leftAlone({ classification }: ServiceRowQuestion["planned"], evidence: ServiceVerdict | null) {
  const { reason, remedy } = classification;
  const isLost =
    classification.class === "current" && (evidence?.verdict === "fail" || evidence?.verdict === "unknown");
  if (!isLost) return { reason, nextStep: remedy };
  return { reason: `at the scan ${reason}; since then ${evidence.reason}`, nextStep: SCAN_AGAIN };
}

function supersededReason({ supersededBy }: ServiceRun, evidence: ServiceVerdict | null): string {
  const proof = evidence === null ? "not proved since" : evidence.reason;
  return `deployment ${supersededBy ?? "(unnamed)"} of its team came over ours; ${proof}`;
}

function unprovedReason(run: ServiceRun, evidence: ServiceVerdict | null): string {
  if (evidence?.verdict === "pass") return `${evidence.reason}, but its deployment was not followed to its end`;
  if (evidence !== null) return evidence.reason;
  switch (run.phase) {
    case "queued":
      return run.attempts === 0 ? "not begun" : "tried and not begun";
    case "indoubt":
      return "it is not known whether AWS took the call to redeploy it";
    case "deploying":
    case "settling":
      return "on its way when this report was made";
    case "overdue":
      return "past its deadline, and not proved since";
    case "superseded":
    case "verified":
    case "failed":
    case "set-aside":
      return "no proof of it was recorded";
  }
}

function nextForUnproved({ phase }: ServiceRun): string {
  return phase === "verified" || phase === "overdue" ? SCAN_AGAIN : "go on with the run: fargate-cmk run plan.json";
}

/** What launched tasks before, and the tasks themselves. */
function keyBefore({ service, tasks }: ServiceRowQuestion): KeySighting {
  const carriers = [...service.deployments.filter(({ status }) => status !== "INACTIVE"), ...service.taskSets];
  const running = tasks.filter(({ lastStatus }) => lastStatus !== "STOPPED");
  return sightingOfAll([...carriers, ...running].map(({ kmsKeyArn }) => kmsKeyArn));
}

/** Of its tasks; a proved service without tasks carries its target key in its deployment. */
function keyAfter(evidence: ServiceVerdict | null): KeySighting {
  if (evidence === null) return NOT_SEEN;
  const running = evidence.tasks.filter(({ lastStatus }) => lastStatus !== "STOPPED");
  if (running.length > 0) return sightingOfAll(running.map(({ kmsKeyArn }) => kmsKeyArn));
  return evidence.verdict === "pass" ? sightingOf(evidence.targetKeyArn) : NOT_SEEN;
}
