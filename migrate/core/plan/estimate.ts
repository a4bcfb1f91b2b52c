// How long one service's redeployment takes, from how long its running tasks once took to start.
//
// A rolling deployment goes in rounds: each starts a batch, waits for it to run and be healthy, and then takes out as many old
// tasks. The drain (deregistration, then SIGTERM until the stop timeout) overlaps the next round when there is room above desired,
// and comes on top of every round when there is none.

import type { Fact } from "../../../domain/fact";
import type { ServiceRecord, TaskDefinitionRecord, TaskRecord } from "../../../domain/fleet";
import { maximumTotal, minimumRunning } from "../../../domain/rolling-deployment";
import { batchOf } from "./surge";

export interface Estimate {
  /** From UpdateService to the deployment's success. */
  readonly toSuccessMs: number;
  /** To the end of the last drain: capacity is free again, and the service can be proved. */
  readonly toCapacityFreeMs: number;
}

export interface EstimateQuestion {
  readonly service: ServiceRecord;
  readonly tasks: readonly TaskRecord[];
  readonly taskDefinition: Fact<TaskDefinitionRecord> | null;
}

/** What is not written anywhere in a fleet is taken from these; each is stated with where it comes from. */
export const ESTIMATE_DEFAULTS = {
  /** Ours: a middling Fargate start with an image of some hundred MB, when no running task tells. */
  launchMs: 60_000,
  /** Reported default of an Application Load Balancer target group: 5 checks, 30 s apart. */
  targetHealthMs: 150_000,
  /** Ours: a container health check of the usual 30 s interval, passed at the second try. */
  containerHealthMs: 60_000,
  /** Reported: without any health check a task counts as healthy after 40 s in RUNNING. */
  noHealthCheckMs: 40_000,
  /** Elastic Load Balancing, deregistration_delay.timeout_seconds: default 300 (documented). */
  deregistrationMs: 300_000,
  /** Task definition parameter stopTimeout: default 30 s on Fargate (documented). */
  stopMs: 30_000,
  /** Ours: a deployment of a service without tasks, from call to COMPLETED. */
  emptyMs: 30_000,
} as const;

export function estimateOf(question: EstimateQuestion): Estimate {
  const { service } = question;
  if (service.desiredCount === 0)
    return { toSuccessMs: ESTIMATE_DEFAULTS.emptyMs, toCapacityFreeMs: ESTIMATE_DEFAULTS.emptyMs };
  const drainMs = drainOf(question);
  const toSuccessMs = rollMs(question, drainMs) + service.bakeTimeMinutes * 60_000;
  return { toSuccessMs, toCapacityFreeMs: toSuccessMs + drainMs };
}

/** Rounds of a deployment: 1 when all new tasks start together. */
export function roundsOf(service: ServiceRecord): number {
  if (service.desiredCount === 0) return 0;
  return service.strategy === "ROLLING" ? Math.ceil(service.desiredCount / batchOf(service)) : 1;
}

function rollMs(question: EstimateQuestion, drainMs: number): number {
  const { service } = question;
  const roundMs = launchMs(question.tasks) + healthMs(question);
  const rounds = roundsOf(service);
  const roomAbove = service.strategy !== "ROLLING" || maximumTotal(service) > service.desiredCount;
  const everyRoundDrains = !roomAbove && minimumRunning(service) < service.desiredCount;
  return rounds * roundMs + (everyRoundDrains ? (rounds - 1) * drainMs : 0);
}

/** From creation to start: provisioning, attaching, pulling and starting; the median of the running tasks. */
function launchMs(tasks: readonly TaskRecord[]): number {
  const seen = tasks.flatMap(({ createdAt, startedAt }) => {
    if (createdAt === null || startedAt === null) return [];
    const took = Date.parse(startedAt) - Date.parse(createdAt);
    return took > 0 ? [took] : [];
  });
  return median(seen) ?? ESTIMATE_DEFAULTS.launchMs;
}

function healthMs({ service, taskDefinition }: EstimateQuestion): number {
  if (service.targetGroupArns.length > 0) return ESTIMATE_DEFAULTS.targetHealthMs;
  const containers = taskDefinition?.kind === "known" ? taskDefinition.value.containers : [];
  if (containers.some((container) => container.hasHealthCheck)) return ESTIMATE_DEFAULTS.containerHealthMs;
  return ESTIMATE_DEFAULTS.noHealthCheckMs;
}

function drainOf({ service, taskDefinition }: EstimateQuestion): number {
  const containers = taskDefinition?.kind === "known" ? taskDefinition.value.containers : [];
  const stops = containers.map(({ stopTimeoutSeconds }) =>
    stopTimeoutSeconds === null ? ESTIMATE_DEFAULTS.stopMs : stopTimeoutSeconds * 1000,
  );
  const stopMs = stops.length === 0 ? ESTIMATE_DEFAULTS.stopMs : Math.max(...stops);
  return (service.targetGroupArns.length > 0 ? ESTIMATE_DEFAULTS.deregistrationMs : 0) + stopMs;
}

/** The lower of the two in the middle of an even number: whole milliseconds, and no made-up value. */
function median(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? null;
}
