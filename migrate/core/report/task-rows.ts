// The rows of tasks: those from before and those seen afterwards, each task once.
// Invariant: a task that ran before and was not seen again is not applicable only when its service is proved; else it is unknown.

import type { TaskRecord } from "../../../domain/fleet";
import type { ReportedTask } from "../model/report";
import type { ServiceVerdict, TaskVerdict, Verdict } from "../model/verdict";
import { compareText } from "../plan/fleet-index";
import { NOT_SEEN, sightingOf } from "./key-sighting";

export interface TaskRowsQuestion {
  /** The tasks that the scan saw. */
  readonly before: readonly TaskRecord[];
  /** The newest look; null when there was none. */
  readonly evidence: ServiceVerdict | null;
  readonly scannedAt: string;
}

export function taskRows({ before, evidence, scannedAt }: TaskRowsQuestion): readonly ReportedTask[] {
  const after = new Map((evidence?.tasks ?? []).map((task) => [task.taskArn, task]));
  const known = new Map(before.map((task) => [task.arn, task]));
  const arns = [...new Set([...known.keys(), ...after.keys()])].toSorted(compareText);
  return arns.map((arn) => {
    const row = taskRow({ arn, before: known.get(arn), after: after.get(arn), scannedAt });
    return after.has(arn) || evidence === null ? row : goneRow(row, evidence);
  });
}

export interface TaskRowQuestion {
  readonly arn: string;
  readonly before: TaskRecord | undefined;
  readonly after: TaskVerdict | undefined;
  readonly scannedAt: string;
}

/** One task that was seen before, afterwards or both. */
export function taskRow({ arn, before, after, scannedAt }: TaskRowQuestion): ReportedTask {
  const verdict = after ?? notLookedAt(scannedAt);
  return {
    arn,
    keyBefore: before === undefined ? NOT_SEEN : sightingOf(before.kmsKeyArn),
    keyAfter: after === undefined ? NOT_SEEN : sightingOf(after.kmsKeyArn),
    platformVersion: (after ?? before)?.platformVersion ?? null,
    startedAt: (after ?? before)?.startedAt ?? null,
    deploymentId: (after ?? before)?.startedBy ?? null,
    verdict: verdict.verdict,
    reason: verdict.reason,
    asOf: verdict.asOf,
  };
}

function goneRow(row: ReportedTask, evidence: ServiceVerdict): ReportedTask {
  if (evidence.verdict !== "pass") return { ...row, reason: "not among the tasks last seen", asOf: evidence.asOf };
  return { ...row, verdict: "notApplicable", reason: "ran before and has ended", asOf: evidence.asOf };
}

function notLookedAt(scannedAt: string): Verdict {
  return { verdict: "unknown", reason: "not looked at again after the scan", asOf: scannedAt };
}
