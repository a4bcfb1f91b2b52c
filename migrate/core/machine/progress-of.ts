// How far a redeployed service is, as a person would say it: starting, rolling, draining or rolling back, with counts.

import type { ServiceRecord, TaskRecord } from "../../../domain/fleet";
import { sameKey } from "../../../domain/kms-key";
import { minimumRunning } from "../../../domain/rolling-deployment";
import type { ServiceProgress } from "../model/journal-event";
import { stillRuns } from "../verify/verify-task";
import type { Look } from "./interpret-look";

export function progressOf({ run, planned, seen }: Look, service: ServiceRecord): ServiceProgress {
  const ours = service.deployments.find((deployment) => deployment.id === run.deploymentId);
  const others = service.deployments.filter((deployment) => deployment.id !== run.deploymentId);
  const onKey = ours !== undefined && sameKey(ours.kmsKeyArn, planned.targetKeyArn) ? ours.runningCount : 0;
  const failure = firstFailure(run.deploymentId, seen.tasks ?? []);
  return {
    phase: phaseOf(seen.serviceDeployment?.status, onKey, run.settledAtMs !== null),
    serviceDeploymentArn: seen.serviceDeployment?.arn ?? run.serviceDeploymentArn,
    tasksOnKey: onKey,
    tasksWanted: service.desiredCount,
    tasksDraining: seen.tasks === null ? sum(others.map((one) => one.runningCount)) : draining(seen.tasks),
    failedTasks: Math.max(ours?.failedTasks ?? 0, seen.serviceDeployment?.failedTasks ?? 0),
    startFailure: run.progress?.startFailure ?? failure?.stoppedReason ?? null,
    failedTaskArn: run.progress?.failedTaskArn ?? failure?.arn ?? null,
    rollsBackItself: service.circuitBreaker.enable && service.circuitBreaker.rollback,
    belowMinimum: service.runningCount < minimumRunning(service),
  };
}

function phaseOf(status: string | undefined, onKey: number, settled: boolean): ServiceProgress["phase"] {
  if (settled || status === "SUCCESSFUL") return "draining";
  if (status?.startsWith("ROLLBACK") || status === "STOP_REQUESTED") return "rolling-back";
  return onKey > 0 ? "rolling" : "starting";
}

function draining(tasks: readonly TaskRecord[]): number {
  return tasks.filter((task) => stillRuns(task) && task.desiredStatus === "STOPPED").length;
}

/** The first task of our deployment that stopped without being asked to by the scheduler. */
function firstFailure(deploymentId: string | null, tasks: readonly TaskRecord[]): TaskRecord | null {
  const failures = tasks.filter(
    (task) =>
      deploymentId !== null &&
      task.startedBy === deploymentId &&
      task.stoppedReason !== null &&
      (task.stopCode === "TaskFailedToStart" || task.stopCode === "EssentialContainerExited"),
  );
  return failures.toSorted((a, b) => (a.stoppedAt ?? "").localeCompare(b.stoppedAt ?? ""))[0] ?? null;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
