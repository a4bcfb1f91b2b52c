// The wire shapes of a service deployment and of the revision that it brings, mapped to ours.
// Invariant: a count that AWS does not give, or that nobody counts because the circuit breaker is DISABLED, is not a zero of failed
// tasks: it is null. (failureCount stands beside the threshold that it is compared with, which is in tasks: so it is, inferred.)

import type { ServiceDeployment, ServiceRevision } from "@aws-sdk/client-ecs";
import type { ServiceDeploymentRecord, ServiceDeploymentStatus, ServiceRevisionRecord } from "../../ports/ecs-port";
import { instant, instantOrNull, textOrNull } from "./wire-values";

export function toServiceDeploymentRecord(deployment: ServiceDeployment): ServiceDeploymentRecord {
  const { targetServiceRevision: target, sourceServiceRevisions: sources = [] } = deployment;
  return {
    arn: deployment.serviceDeploymentArn ?? "",
    serviceArn: deployment.serviceArn ?? "",
    status: statusOf(deployment.status),
    statusReason: textOrNull(deployment.statusReason),
    targetRevisionArn: textOrNull(target?.arn),
    sourceRevisionArns: sources.flatMap(({ arn }) => (arn === undefined ? [] : [arn])),
    requestedTasks: target?.requestedTaskCount ?? 0,
    runningTasks: target?.runningTaskCount ?? 0,
    pendingTasks: target?.pendingTaskCount ?? 0,
    oldRunningTasks: sources.reduce((sum, { runningTaskCount = 0 }) => sum + runningTaskCount, 0),
    failedTasks: failuresCounted(deployment.deploymentCircuitBreaker),
    createdAt: instant(deployment.createdAt),
    finishedAt: instantOrNull(deployment.finishedAt ?? deployment.stoppedAt),
  };
}

function failuresCounted(breaker: ServiceDeployment["deploymentCircuitBreaker"]): number | null {
  return breaker?.status === "DISABLED" ? null : (breaker?.failureCount ?? null);
}

/** A deployment whose status AWS leaves out has told nothing yet: it counts as not begun, never as ended. */
export function statusOf(status: ServiceDeployment["status"]): ServiceDeploymentStatus {
  return status ?? "PENDING";
}

export function toServiceRevisionRecord(revision: ServiceRevision): ServiceRevisionRecord {
  return {
    arn: revision.serviceRevisionArn ?? "",
    serviceArn: revision.serviceArn ?? "",
    kmsKeyArn: textOrNull(revision.fargateEphemeralStorage?.kmsKeyId),
    platformVersion: textOrNull(revision.platformVersion),
    taskDefinitionArn: textOrNull(revision.taskDefinition),
    createdAt: instant(revision.createdAt),
  };
}
