// How long one service's redeployment takes, from how long its running tasks once took to start.
//
// A rolling deployment goes in rounds: each starts a batch, waits for it to run and be healthy, and then takes out as many old
// tasks. The drain (deregistration, then SIGTERM until the stop timeout) overlaps the next round when there is room above desired,
// and comes on top of every round when there is none.

import type { Fact } from "../../../domain/fact";
import type { ServiceRecord, TaskDefinitionRecord, TaskRecord } from "../../../domain/fleet";
import { maximumTotal, minimumRunning } from "../../../domain/rolling-deployment";
import { counted } from "../words/counted";
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
  /** DeploymentConfiguration.minimumHealthyPercent: without any health check a task counts after 40 s in RUNNING (documented). */
  noHealthCheckMs: 40_000,
  /** Elastic Load Balancing, deregistration_delay.timeout_seconds: default 300 (documented). */
  deregistrationMs: 300_000,
  /** Task definition parameter stopTimeout: default 30 s on Fargate (documented). */
  stopMs: 30_000,
  /** Ours: a deployment of a service without tasks, from call to COMPLETED. */
  emptyMs: 30_000,
} as const;

/** One part of an estimate: `times` of `eachMs`. An estimate is the sum of its terms and nothing else. */
export interface EstimateTerm {
  readonly name: "start" | "health" | "drain between rounds" | "bake" | "no task" | "deregister" | "stop";
  /** Whether it counts until the deployment's success, or only until its capacity is free again. */
  readonly until: "success" | "capacity-free";
  readonly times: number;
  readonly eachMs: number;
  readonly totalMs: number;
  /** Where the number comes from. */
  readonly basis: string;
}

export function estimateOf(question: EstimateQuestion): Estimate {
  const terms = estimateTerms(question);
  const sumOf = (counted: readonly EstimateTerm[]) => counted.reduce((sum, { totalMs }) => sum + totalMs, 0);
  return { toSuccessMs: sumOf(terms.filter(({ until }) => until === "success")), toCapacityFreeMs: sumOf(terms) };
}

/** In the order in which time passes. */
export function estimateTerms(question: EstimateQuestion): readonly EstimateTerm[] {
  const { service } = question;
  if (service.desiredCount === 0) {
    const basis = "no task is wanted, so none has to start or stop (our own figure)";
    return [term("no task", "success", { eachMs: ESTIMATE_DEFAULTS.emptyMs, basis })];
  }
  return [...rollTerms(question), ...bakeTerms(service), ...drainTerms(question)];
}

function term(
  name: EstimateTerm["name"],
  until: EstimateTerm["until"],
  { times = 1, eachMs, basis }: { readonly times?: number; readonly eachMs: number; readonly basis: string },
): EstimateTerm {
  return { name, until, times, eachMs, totalMs: times * eachMs, basis };
}

/** Rounds of a deployment: 1 when all new tasks start together. */
export function roundsOf(service: ServiceRecord): number {
  if (service.desiredCount === 0) return 0;
  return service.strategy === "ROLLING" ? Math.ceil(service.desiredCount / batchOf(service)) : 1;
}

function rollTerms(question: EstimateQuestion): readonly EstimateTerm[] {
  const { service } = question;
  const times = roundsOf(service);
  const roomAbove = service.strategy !== "ROLLING" || maximumTotal(service) > service.desiredCount;
  const everyRoundDrains = !roomAbove && minimumRunning(service) < service.desiredCount && times > 1;
  const eachMs = drainTerms(question).reduce((sum, { totalMs }) => sum + totalMs, 0);
  const basis = `maximumPercent ${service.maximumPercent} leaves no room above, so each batch drains before the next one starts`;
  return [
    term("start", "success", { times, ...launchOf(question.tasks) }),
    term("health", "success", { times, ...healthOf(question) }),
    ...(everyRoundDrains ? [term("drain between rounds", "success", { times: times - 1, eachMs, basis })] : []),
  ];
}

function bakeTerms({ bakeTimeMinutes }: ServiceRecord): readonly EstimateTerm[] {
  if (bakeTimeMinutes === 0) return [];
  return [term("bake", "success", { eachMs: bakeTimeMinutes * 60_000, basis: "bakeTimeInMinutes of the service" })];
}

type Measured = Pick<EstimateTerm, "eachMs" | "basis">;

/** From creation to start: provisioning, attaching, pulling and starting; the median of the running tasks. */
function launchOf(tasks: readonly TaskRecord[]): Measured {
  const seen = tasks.flatMap(({ createdAt, startedAt }) => {
    if (createdAt === null || startedAt === null) return [];
    const took = Date.parse(startedAt) - Date.parse(createdAt);
    return took > 0 ? [took] : [];
  });
  const middle = median(seen);
  if (middle === null) return { eachMs: ESTIMATE_DEFAULTS.launchMs, basis: "no running task tells (our own figure)" };
  return { eachMs: middle, basis: `median of ${counted(seen.length, "task")}, from creation to start` };
}

function healthOf({ service, taskDefinition }: EstimateQuestion): Measured {
  if (service.targetGroupArns.length > 0)
    return { eachMs: ESTIMATE_DEFAULTS.targetHealthMs, basis: "target group, 5 checks 30 s apart (reported default)" };
  const containers = taskDefinition?.kind === "known" ? taskDefinition.value.containers : [];
  if (containers.some((container) => container.hasHealthCheck))
    return { eachMs: ESTIMATE_DEFAULTS.containerHealthMs, basis: "container health check, 2 of 30 s (our own figure)" };
  return {
    eachMs: ESTIMATE_DEFAULTS.noHealthCheckMs,
    basis: "no health check: counts as healthy after that (documented)",
  };
}

/** Of the last batch: until its capacity is free again. */
function drainTerms({ service, taskDefinition }: EstimateQuestion): readonly EstimateTerm[] {
  const basis = "deregistration delay of the target group (documented default)";
  const deregister = term("deregister", "capacity-free", { eachMs: ESTIMATE_DEFAULTS.deregistrationMs, basis });
  return [
    ...(service.targetGroupArns.length > 0 ? [deregister] : []),
    term("stop", "capacity-free", stopOf(taskDefinition)),
  ];
}

function stopOf(taskDefinition: EstimateQuestion["taskDefinition"]): Measured {
  const containers = taskDefinition?.kind === "known" ? taskDefinition.value.containers : [];
  const set = containers.flatMap(({ stopTimeoutSeconds }) => stopTimeoutSeconds ?? []);
  const withDefault = containers.length === 0 || set.length < containers.length;
  const longestMs = Math.max(withDefault ? ESTIMATE_DEFAULTS.stopMs : 0, ...set.map((seconds) => seconds * 1000));
  const isSet = set.some((seconds) => seconds * 1000 === longestMs);
  return {
    eachMs: longestMs,
    basis: isSet ? "longest stopTimeout of its containers" : "stopTimeout (documented default)",
  };
}

/** The lower of the two in the middle of an even number: whole milliseconds, and no made-up value. */
function median(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? null;
}
