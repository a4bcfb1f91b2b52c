// How long a redeployment takes at least, by nothing but what AWS documents: no estimate, no sample and no guess is in it.
// Sources: API reference, DeploymentConfiguration.minimumHealthyPercent (how it is rounded; without a load balancer and a container
// health check a task counts towards it once it has been RUNNING for 40 seconds) and bakeTimeInMinutes; both documented.
//
// Invariants
//   never more than what `estimate.ts` expects; what is not known counts as no time at all
//   a start, a health check, a deregistration and a stop may each be over at once: none has a documented least

import type { ServiceRecord } from "../../../domain/fleet";
import { minimumRunning } from "../../../domain/rolling-deployment";
import { ESTIMATE_DEFAULTS, type EstimateQuestion } from "./estimate";
import { batchOf } from "./surge";

export type ShortestQuestion = Pick<EstimateQuestion, "service" | "taskDefinition">;

/** From UpdateService to the deployment's success. */
export function shortestMs(question: ShortestQuestion): number {
  const { service } = question;
  if (service.desiredCount === 0) return 0;
  return countingMs(question) + service.bakeTimeMinutes * 60_000;
}

function countingMs({ service, taskDefinition }: ShortestQuestion): number {
  if (service.strategy !== "ROLLING" || service.targetGroupArns.length > 0 || taskDefinition?.kind !== "known")
    return 0;
  if (taskDefinition.value.containers.some(({ hasHealthCheck }) => hasHealthCheck)) return 0;
  return waits(service) * ESTIMATE_DEFAULTS.noHealthCheckMs;
}

/** New tasks in place of all that must be kept running have to count before the last old one may stop, a batch at a time. */
function waits(service: ServiceRecord): number {
  return Math.ceil(Math.min(service.desiredCount, minimumRunning(service)) / batchOf(service));
}
