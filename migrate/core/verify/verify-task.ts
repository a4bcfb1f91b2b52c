// Whether one task uses the key. A task counts as running until its last status is STOPPED, whatever its desired status:
// a draining task has desired status STOPPED and still writes to its disk.

import { lastPart } from "../../../domain/arn";
import type { TaskRecord } from "../../../domain/fleet";
import { sameKey } from "../../../domain/kms-key";
import { canCarryKey, isWindows } from "../../../domain/platform-version";
import type { TaskVerdict, VerdictWord } from "../model/verdict";

export interface TaskEvidence {
  readonly task: TaskRecord;
  readonly targetKeyArn: string | null;
  readonly asOf: string;
}

export function verifyTask(evidence: TaskEvidence): TaskVerdict {
  const { task, asOf } = evidence;
  const [verdict, reason] = judge(evidence);
  return {
    verdict,
    reason,
    asOf,
    taskArn: task.arn,
    kmsKeyArn: task.kmsKeyArn,
    platformVersion: task.platformVersion,
    lastStatus: task.lastStatus,
    desiredStatus: task.desiredStatus,
    startedBy: task.startedBy,
    startedAt: task.startedAt,
  };
}

/** Whether the task still holds its disk: everything but STOPPED does. */
export function stillRuns(task: TaskRecord): boolean {
  return task.lastStatus !== "STOPPED";
}

/** `key 5678… instead of 1234…`: the ids alone where they differ, as they do for keys of one account and Region. */
export function otherKey(kmsKeyArn: string, targetKeyArn: string): string {
  const [is, wanted] = [lastPart(kmsKeyArn), lastPart(targetKeyArn)];
  return is === wanted ? `key ${kmsKeyArn} instead of ${targetKeyArn}` : `key ${is} instead of ${wanted}`;
}

function judge({ task, targetKeyArn }: TaskEvidence): [VerdictWord, string] {
  if (!stillRuns(task)) return ["notApplicable", "the task has stopped"];
  if (isWindows(task.platformFamily)) return ["notApplicable", "Windows tasks cannot use a customer managed key"];
  if (targetKeyArn === null) return ["fail", "the cluster has no key"];
  const state = task.desiredStatus === "STOPPED" ? "drains" : "runs";
  if (task.kmsKeyArn === null) return ["fail", `${state} without a customer managed key`];
  if (!sameKey(task.kmsKeyArn, targetKeyArn)) return ["fail", `${state} on ${otherKey(task.kmsKeyArn, targetKeyArn)}`];
  if (task.platformVersion === null) return ["unknown", "AWS did not say which platform version it runs on"];
  const capable = canCarryKey(task.platformVersion, task.platformFamily);
  if (capable.answer !== "yes")
    return [capable.answer === "no" ? "fail" : "unknown", `${state}, but ${capable.reason}`];
  return ["pass", `${state} on the key, platform version ${task.platformVersion}`];
}
