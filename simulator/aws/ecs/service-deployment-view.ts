// A service deployment as DescribeServiceDeployments shows it. Source: ServiceDeployment, ECS API reference (documented).

import type { ServiceDeployment as SdkServiceDeployment, ServiceRevisionSummary } from "@aws-sdk/client-ecs";
import type { Revision } from "../../world/revision";
import type { Service } from "../../world/service";
import { isFinal, type ServiceDeployment } from "../../world/service-deployment";
import { instant, instantOrNothing } from "../instant";
import { withoutUndefined } from "../operation";
import { lifecycleView, trafficView } from "./lifecycle-view";

export function serviceDeploymentView(deployment: ServiceDeployment): SdkServiceDeployment {
  const { service, rollback } = deployment;
  return withoutUndefined({
    serviceDeploymentArn: deployment.arn,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    createdAt: instant(deployment.createdAtMs),
    startedAt: instantOrNothing(deployment.startedAtMs),
    finishedAt: instantOrNothing(deployment.finishedAtMs),
    stoppedAt: instantOrNothing(deployment.stoppedAtMs),
    updatedAt: instant(deployment.updatedAtMs),
    sourceServiceRevisions: deployment.sources.map((revision) => ({
      ...revisionSummary(service, revision),
      ...trafficView(deployment, "source"),
    })),
    targetServiceRevision: { ...revisionSummary(service, deployment.target), ...trafficView(deployment, "target") },
    status: deployment.status,
    statusReason: deployment.statusReason ?? undefined,
    deploymentConfiguration: service.deploymentConfiguration,
    rollback:
      rollback === null
        ? undefined
        : {
            reason: rollback.reason,
            startedAt: instant(rollback.startedAtMs),
            serviceRevisionArn: rollback.revision.arn,
          },
    deploymentCircuitBreaker: breakerView(deployment),
    ...lifecycleView(deployment),
  });
}

function revisionSummary(service: Service, revision: Revision): ServiceRevisionSummary {
  const units = service.deployments.filter((deployment) => deployment.revision === revision);
  const sum = (of: (unit: (typeof units)[number]) => number): number =>
    units.reduce((total, unit) => total + of(unit), 0);
  return {
    arn: revision.arn,
    requestedTaskCount: sum((unit) => (unit.status === "PRIMARY" ? service.desiredCount : unit.target)),
    runningTaskCount: sum((unit) => unit.counts.running),
    pendingTaskCount: sum((unit) => unit.counts.pending),
  };
}

function breakerView(deployment: ServiceDeployment) {
  const { breaker } = deployment;
  if (breaker === null) return { status: "DISABLED" as const, failureCount: 0, threshold: 0 };
  const watched = isFinal(deployment.status) ? ("MONITORING_COMPLETE" as const) : ("MONITORING" as const);
  return {
    status: breaker.triggered ? ("TRIGGERED" as const) : watched,
    failureCount: breaker.failureCount,
    threshold: breaker.threshold,
  };
}
