// How far a redeployed service is, as a person would say it: starting, rolling, draining or rolling back, with counts.

import type { ServiceRecord, TaskRecord } from "../../../domain/fleet";
import { sameKey } from "../../../domain/kms-key";
import { minimumRunning } from "../../../domain/rolling-deployment";
import type { ServiceProgress } from "../model/journal-event";
import { stillRuns } from "../verify/verify-task";
import { namesKms } from "./key-trouble";
import type { Look } from "./observation";
import type { ServiceRun } from "./run-state";

export function progressOf({ run, planned, seen }: Look, service: ServiceRecord): ServiceProgress {
  const ours = service.deployments.find((deployment) => deployment.id === run.deploymentId);
  const others = service.deployments.filter((deployment) => deployment.id !== run.deploymentId);
  const onKey = ours !== undefined && sameKey(ours.kmsKeyArn, planned.targetKeyArn) ? ours.runningCount : 0;
  const failure = failureToTell(run, seen.tasks ?? []);
  return {
    phase: phaseOf(seen.serviceDeployment?.status, onKey, run.settledAtMs !== null),
    serviceDeploymentArn: seen.serviceDeployment?.arn ?? run.serviceDeploymentArn,
    tasksOnKey: onKey,
    tasksWanted: service.desiredCount,
    tasksOld: seen.tasks === null ? sum(others.map((one) => one.runningCount)) : stillOld(run, seen.tasks),
    failedTasks: Math.max(ours?.failedTasks ?? 0, seen.serviceDeployment?.failedTasks ?? 0),
    ...failure,
    rollsBackItself: service.circuitBreaker.enable && service.circuitBreaker.rollback,
    belowMinimum: service.runningCount < minimumRunning(service),
  };
}

/**
 * The same from what a look without the service shows; null before anything was seen of its deployment.
 * Whether enough tasks run is as it was seen last: it matters only once tasks fail, and then the service is looked at.
 */
export function progressWithout({ run, planned, seen }: Look): ServiceProgress | null {
  const { serviceDeployment: deployment, revision } = seen;
  const progress = run.progress ?? (deployment === null ? null : notBegun(deployment.arn));
  if (progress === null) return null;
  const isSettled = run.settledAtMs !== null;
  const isOnKey = progress.tasksOnKey > 0 || sameKey(revision?.kmsKeyArn ?? null, planned.targetKeyArn);
  const counted =
    deployment === null
      ? {}
      : {
          tasksOnKey: isOnKey ? deployment.runningTasks : progress.tasksOnKey,
          tasksWanted: deployment.requestedTasks,
          tasksOld: deployment.oldRunningTasks,
          failedTasks: deployment.failedTasks ?? progress.failedTasks,
        };
  return {
    ...progress,
    phase: phaseOf(deployment?.status, counted.tasksOnKey ?? progress.tasksOnKey, isSettled),
    ...counted,
    ...(seen.tasks === null ? {} : { tasksOld: stillOld(run, seen.tasks) }),
  };
}

/** What a service deployment does not tell is looked at with the service as soon as tasks fail; until then it changes nothing. */
function notBegun(serviceDeploymentArn: string): ServiceProgress {
  return {
    phase: "starting",
    serviceDeploymentArn,
    tasksOnKey: 0,
    tasksWanted: 0,
    tasksOld: 0,
    failedTasks: 0,
    startFailure: null,
    failedTaskArn: null,
    rollsBackItself: false,
    belowMinimum: false,
  };
}

function phaseOf(status: string | undefined, onKey: number, settled: boolean): ServiceProgress["phase"] {
  if (settled || status === "SUCCESSFUL") return "draining";
  if (status?.startsWith("ROLLBACK") || status === "STOP_REQUESTED") return "rolling-back";
  return onKey > 0 ? "rolling" : "starting";
}

function stillOld(run: ServiceRun, tasks: readonly TaskRecord[]): number {
  return tasks.filter((task) => stillRuns(task) && task.startedBy !== run.deploymentId).length;
}

/** The first failure that was seen, until one names a key: that is everyone's trouble, whatever failed before it. */
function failureToTell(
  { deploymentId, progress }: ServiceRun,
  tasks: readonly TaskRecord[],
): Pick<ServiceProgress, "startFailure" | "failedTaskArn"> {
  const told = { startFailure: progress?.startFailure ?? null, failedTaskArn: progress?.failedTaskArn ?? null };
  if (told.startFailure !== null && namesKms(told.startFailure)) return told;
  const failures = failuresOf(deploymentId, tasks);
  const ofKey = failures.find(({ stoppedReason }) => namesKms(stoppedReason ?? ""));
  const failure = ofKey ?? (told.startFailure === null ? failures[0] : undefined);
  return failure === undefined ? told : { startFailure: failure.stoppedReason, failedTaskArn: failure.arn };
}

/** Tasks of our deployment that stopped without being asked to by the scheduler, the earliest first. */
export function failuresOf(deploymentId: string | null, tasks: readonly TaskRecord[]): readonly TaskRecord[] {
  const failures = tasks.filter(
    (task) =>
      deploymentId !== null &&
      task.startedBy === deploymentId &&
      task.stoppedReason !== null &&
      (task.stopCode === "TaskFailedToStart" || task.stopCode === "EssentialContainerExited"),
  );
  return failures.toSorted((a, b) => (a.stoppedAt ?? "").localeCompare(b.stoppedAt ?? ""));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
