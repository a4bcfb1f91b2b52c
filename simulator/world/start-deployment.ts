// Starting a deployment: the moment when the key and the image digests are captured.
// Sources: "Customer managed keys for Fargate ephemeral storage", ECS developer guide (documented: a changed key reaches new
// service deployments only); "Amazon ECS service deployments" (documented: a new deployment stops the unfinished one).
// Invariants: each call starts another deployment, AWS has no client token for it; the new one stands first.

import { ecsArn } from "./arns";
import { breakerThreshold } from "./breaker-threshold";
import { fargateKeyOf } from "./cluster";
import { settledDigests } from "./image-pull";
import type { Deployment } from "./launch-unit";
import { type DeploymentLifecycle, newLifecycle } from "./lifecycle/deployment-lifecycle";
import { PastViews } from "./past-views";
import { type Revision, runsOnFargate, type ServiceSpec } from "./revision";
import { wakeSoon } from "./scheduler-wake";
import type { Service } from "./service";
import type { ServiceDeployment } from "./service-deployment";
import { scheduleMove, stopServiceDeployment } from "./service-deployment-moves";
import { definitionOf } from "./task-launch";
import { count, nextSequence, scheduleIn, touch, type WorldState } from "./world-state";

/** How long DescribeServices may leave `currentServiceDeployment` blank after an update (reported). */
const BLANK_MAX_MS = 4_000;

export interface DeploymentSeed {
  readonly revision: Revision;
  /** Null for deployments from before service deployments existed. */
  readonly serviceDeployment: ServiceDeployment | null;
  /** Null for what passes no stages: a rollback, or what had completed before the simulation. */
  readonly lifecycle: DeploymentLifecycle | null;
}

/** Starts a deployment of the service's present spec, with its cluster's present key. */
export function startDeployment(world: WorldState, service: Service): Deployment {
  supersede(world, service);
  const sources = service.deployments.map((deployment) => list(service, deployment.revision));
  const revision = list(service, newRevision(world, service, service.spec));
  const lifecycle = newLifecycle(world, service, { reconciles: sources.length > 1 });
  const serviceDeployment = newServiceDeployment(world, service, { sources, target: revision, lifecycle });
  const deployment = addDeployment(world, service, { revision, serviceDeployment, lifecycle });
  service.serviceDeployments.unshift(serviceDeployment);
  showLater(world, service, serviceDeployment);
  service.launchNotBeforeMs = world.nowMs;
  scheduleMove(world, serviceDeployment, { from: "PENDING", to: "IN_PROGRESS" });
  count(world, "deploymentsStarted");
  service.counters.deploymentsStarted += 1;
  touch(world, serviceDeployment);
  touch(world, service);
  wakeSoon(world, service);
  return deployment;
}

/** Puts a deployment of a revision first and makes the others ACTIVE, each keeping up the tasks that it has. */
export function addDeployment(world: WorldState, service: Service, seed: DeploymentSeed): Deployment {
  for (const older of service.deployments) {
    older.status = "ACTIVE";
    older.target = older.rolloutState === "FAILED" ? 0 : older.tasks.size;
    older.settlesAtMs = null;
  }
  const deployment = newDeployment(world, service, seed);
  service.deployments.unshift(deployment);
  return deployment;
}

export function newRevision(world: WorldState, service: Service, spec: ServiceSpec): Revision {
  const { lane, name } = service.cluster;
  return {
    arn: ecsArn(lane, `service-revision/${name}/${service.name}/${world.identifiers.revisionId()}`),
    spec,
    kmsKeyArn: runsOnFargate(spec) ? fargateKeyOf(service.cluster) : null,
    imageDigests: settledDigests(world, lane, definitionOf(lane, spec.taskDefinitionArn)),
    createdAtMs: world.nowMs,
    listed: false,
  };
}

export function newDeployment(world: WorldState, service: Service, seed: DeploymentSeed): Deployment {
  const id = world.identifiers.deploymentId();
  return {
    kind: "deployment",
    service,
    id,
    revision: seed.revision,
    createdAtMs: world.nowMs,
    updatedAtMs: world.nowMs,
    tasks: new Set(),
    counts: { pending: 0, running: 0, healthy: 0 },
    failedTasks: 0,
    startFailures: 0,
    status: "PRIMARY",
    rolloutState: "IN_PROGRESS",
    rolloutStateReason: `ECS deployment ${id} in progress.`,
    target: 0,
    settlesAtMs: null,
    lifecycle: seed.lifecycle,
    reportedStuck: false,
    serviceDeployment: seed.serviceDeployment,
  };
}

function supersede(world: WorldState, service: Service): void {
  const current = service.deployments[0]?.serviceDeployment ?? null;
  if (current === null) return;
  stopServiceDeployment(world, current, "The service deployment was stopped because a newer one was started.");
}

function list(service: Service, revision: Revision): Revision {
  revision.listed = true;
  service.revisions.set(revision.arn, revision);
  return revision;
}

function newServiceDeployment(
  world: WorldState,
  service: Service,
  seed: Pick<ServiceDeployment, "sources" | "target" | "lifecycle">,
): ServiceDeployment {
  const { lane, name } = service.cluster;
  const id = world.identifiers.serviceDeploymentId();
  const breaker = service.deploymentConfiguration.deploymentCircuitBreaker?.enable === true;
  return {
    kind: "service-deployment",
    service,
    sequence: nextSequence(world),
    arn: ecsArn(lane, `service-deployment/${name}/${service.name}/${id}`),
    createdAtMs: world.nowMs,
    startedAtMs: null,
    finishedAtMs: null,
    stoppedAtMs: null,
    updatedAtMs: world.nowMs,
    sources: [...new Set(seed.sources)],
    target: seed.target,
    lifecycle: seed.lifecycle,
    status: "PENDING",
    statusReason: null,
    rollback: null,
    breaker: breaker ? { threshold: breakerThreshold(service), failureCount: 0, triggered: false } : null,
    past: new PastViews(),
  };
}

/** Half of the time the new service deployment is not named at once. */
function showLater(world: WorldState, service: Service, serviceDeployment: ServiceDeployment): void {
  service.currentServiceDeployment = serviceDeployment;
  if (!world.life.chance(0.5)) return;
  const delayMs = 1 + world.life.below(BLANK_MAX_MS);
  service.blankUntilMs = world.nowMs + delayMs;
  scheduleIn(world, delayMs, { kind: "service-changes-shown", service });
}
