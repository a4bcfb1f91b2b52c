// Which reads a look at one redeployed service takes: the next answer that can matter, and nothing that is known already.
//
//   begun, its breaker counts failures   DescribeServiceDeployments, which shows twenty of any clusters a call; with its first tasks
//                                        its revision, once, which tells whether they are on the key
//   begun, nobody counts                 DescribeServices: the only place where its failed tasks show; once all of its new tasks run
//                                        its service deployment says as much as long as all of them still do
//   ended well, old tasks drain          those tasks by their ARNs
//   ended well, none drains any more     nothing, until it is worth proving with others of its cluster (proof-wait.ts): then its service deployment, then the service, then all of its tasks, its revision
//   ended otherwise, or tasks fail       its service deployment, then the service, then its tasks
//   deployed over by somebody            the service; its tasks once theirs is the only deployment
//
// Invariants
//   a service is read after its service deployment: one that was stopped by somebody's newer one is seen with that one
//   as long as nobody counts failures, or tasks fail, the service itself is read too: its deployment's key and count are there

import type { ServiceRecord } from "../../../domain/fleet";
import type { ServiceDeploymentRecord } from "../../ports/ecs-port";
import type { ServiceProgress } from "../model/journal-event";
import { namesKms } from "./key-trouble";
import { isDrained } from "./proof-wait";
import type { ServiceRun } from "./run-state";

export type FirstRead = "service-deployment" | "service" | "old-tasks" | "nothing";

/** `countsFailures`: whether its circuit breaker was on when it was last seen. */
export function firstRead(run: ServiceRun, countsFailures: boolean): FirstRead {
  if (run.supersededBy !== null || run.serviceDeploymentArn === null) return "service";
  // What has stopped once never runs again.
  if (isDrained(run)) return "nothing";
  if (run.settledAtMs !== null) return "old-tasks";
  if (run.phase === "overdue") return "service";
  const isTold = countsFailures || (run.progress !== null && allRun(run.progress));
  return isTold ? "service-deployment" : "service";
}

/** A task that cannot start is missing from them. */
function allRun({ tasksOnKey, tasksWanted }: ServiceProgress): boolean {
  return tasksOnKey > 0 && tasksOnKey >= tasksWanted;
}

/** After its service deployment was read; null when AWS does not know that one. */
export function needsService(run: ServiceRun, deployment: ServiceDeploymentRecord | null): boolean {
  switch (deployment?.status) {
    case "SUCCESSFUL":
      return false;
    case "PENDING":
    case "IN_PROGRESS":
      return mayFail(run, deployment);
    default:
      return true;
  }
}

function mayFail({ progress }: ServiceRun, deployment: ServiceDeploymentRecord): boolean {
  if (progress !== null && progress.failedTasks > 0) return true;
  const { failedTasks, runningTasks, pendingTasks, requestedTasks } = deployment;
  if (failedTasks !== null) return failedTasks > 0;
  return pendingTasks > 0 || runningTasks < requestedTasks || (progress?.tasksOnKey ?? 0) === 0;
}

/** Whether the service deployment tells of first tasks, and nothing seen so far tells of which key they are. */
export function needsRevision({ progress }: ServiceRun, deployment: ServiceDeploymentRecord | null): boolean {
  if (deployment?.status !== "IN_PROGRESS" && deployment?.status !== "PENDING") return false;
  return deployment.runningTasks > 0 && (progress?.tasksOnKey ?? 0) === 0;
}

/** After the service was read: whether it shows more, or something else, than our deployment rolling on. */
export function needsDeployment(run: ServiceRun, service: ServiceRecord | null): boolean {
  if (run.supersededBy !== null || service?.status !== "ACTIVE") return false;
  if (run.serviceDeploymentArn === null) return true;
  const primary = service.deployments.find(({ status }) => status === "PRIMARY");
  const rollsOn = primary?.id === run.deploymentId && primary?.rolloutState === "IN_PROGRESS";
  return !rollsOn || primary.failedTasks > 0;
}

/** Whether the service must be read (again) after its service deployment has told this. */
export function endedOtherwise({ status }: ServiceDeploymentRecord): boolean {
  return status === "STOPPED" || status.startsWith("ROLLBACK");
}

/** Of a service that has not ended well: tasks cost two lists and a describe, so only where they decide something. */
export function needsTasks(
  run: ServiceRun,
  service: ServiceRecord | null,
  deployment: ServiceDeploymentRecord | null,
): boolean {
  if (service?.status !== "ACTIVE") return false;
  if (run.supersededBy !== null) return service.deployments.length === 1;
  const ours = service.deployments.find(({ id }) => id === run.deploymentId);
  const failed = Math.max(deployment?.failedTasks ?? 0, ours?.failedTasks ?? 0);
  const seen = run.progress?.startFailure ?? null;
  if (seen === null) return failed > 0 || (deployment !== null && endedOtherwise(deployment));
  // What fails now may fail for another reason than the first one did, and a key's trouble is everyone's.
  return failed > (run.progress?.failedTasks ?? 0) && !namesKms(seen);
}
