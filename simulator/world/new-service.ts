// A service that has done nothing yet.

import { PastViews } from "./past-views";
import type { Service } from "./service";
import { nextSequence, type WorldState } from "./world-state";

/** What is asked of the service; the rest starts empty. */
export type ServiceSeed = Pick<
  Service,
  | "cluster"
  | "name"
  | "arn"
  | "controller"
  | "schedulingStrategy"
  | "resourceManagementType"
  | "spec"
  | "desiredCount"
  | "deploymentConfiguration"
  | "settings"
  | "tags"
  | "createdBy"
  | "clientToken"
  | "createdAtMs"
>;

/** Deregistration delays found in practice: AWS's default of 300 s, and what people lower it to (I). */
const DEREGISTRATION_DELAYS_MS = [300_000, 300_000, 120_000, 60_000, 30_000] as const;

export function newService(world: WorldState, seed: ServiceSeed): Service {
  const service: Service = {
    kind: "service",
    sequence: nextSequence(world),
    ...seed,
    status: "ACTIVE",
    deployments: [],
    taskSets: [],
    serviceDeployments: [],
    revisions: new Map(),
    lastSuccessful: null,
    currentServiceDeployment: null,
    blankUntilMs: 0,
    tasks: new Map(),
    draining: 0,
    events: [],
    hookFailures: 0,
    rebalances: [],
    failure: null,
    deregistrationDelayMs: world.life.pick(DEREGISTRATION_DELAYS_MS),
    reconcileAtMs: null,
    launchNotBeforeMs: 0,
    counters: {
      updateServiceCalls: 0,
      deploymentsStarted: 0,
      rollbacksStarted: 0,
      launches: 0,
      launchesWithKey: 0,
      failedLaunches: 0,
    },
    past: new PastViews(),
  };
  service.cluster.services.delete(service.name);
  service.cluster.services.set(service.name, service);
  return service;
}
