// The service deployment that a fleet names: such a service was deployed since service deployments exist.

import type { ServiceRecord } from "../../../domain/fleet";
import { breakerThreshold } from "../breaker-threshold";
import { PastViews } from "../past-views";
import type { Service } from "../service";
import type { ServiceDeployment } from "../service-deployment";
import { nextSequence, touch, type WorldState } from "../world-state";

export function importServiceDeployment(world: WorldState, service: Service, record: ServiceRecord): void {
  const [primary, ...older] = service.deployments;
  if (!record.currentServiceDeployment || primary === undefined) return;
  const finished = primary.rolloutState === "COMPLETED";
  const breaker = record.circuitBreaker.enable
    ? { threshold: breakerThreshold(service), failureCount: primary.failedTasks, triggered: false }
    : null;
  const serviceDeployment: ServiceDeployment = {
    kind: "service-deployment",
    service,
    sequence: nextSequence(world),
    arn: record.currentServiceDeployment,
    createdAtMs: primary.createdAtMs,
    startedAtMs: primary.createdAtMs,
    finishedAtMs: finished ? primary.updatedAtMs : null,
    stoppedAtMs: null,
    updatedAtMs: primary.updatedAtMs,
    sources: older.map((deployment) => deployment.revision),
    target: primary.revision,
    status: finished ? "SUCCESSFUL" : "IN_PROGRESS",
    statusReason: null,
    rollback: null,
    breaker,
    lifecycle: primary.lifecycle,
    past: new PastViews(),
  };
  for (const { revision } of service.deployments) {
    revision.listed = true;
    service.revisions.set(revision.arn, revision);
  }
  primary.serviceDeployment = serviceDeployment;
  service.serviceDeployments = [serviceDeployment];
  service.currentServiceDeployment = serviceDeployment;
  touch(world, serviceDeployment);
}
