// The least time that any schedule needs for services that take the times that they took in the world.
//
// The staged bound: of each wave the greatest of its longest service, its deployments spread over the places in flight, its work spread over
// the free vCPU, the pace of UpdateService and that of launches, both at the full rate that AWS publishes; and the soaks between them.
// The flat one: the same of all services as one wave, without soaks, as if no canary were needed.
// Invariant: times and launches are the world's, never what our run thinks that they were.

import { bucketOf, FARGATE_LAUNCH } from "../../../domain/api-quotas";
import type { Plan } from "../../../migrate/core/model/plan";
import { sum } from "./sum";
import type { ServiceTruth } from "./truth";

export interface Bounds {
  readonly stagedMs: number;
  readonly flatMs: number;
}

export interface BoundsQuestion {
  readonly plan: Plan;
  readonly truth: ReadonlyMap<string, ServiceTruth>;
  /** vCPU of one task, by the service's ARN. */
  readonly vcpuOf: ReadonlyMap<string, number>;
  /** Null where nothing limits it. */
  readonly freeVcpu: number | null;
}

export function boundsOfTruth(question: BoundsQuestion): Bounds {
  const waves = question.plan.waves.map(({ services }) => waveBoundMs(question, services));
  const soaksMs = question.plan.waves.slice(0, -1).reduce((sum, { soakMs }) => sum + soakMs, 0);
  const all = question.plan.waves.flatMap(({ services }) => services);
  return { stagedMs: waves.reduce((sum, ms) => sum + ms, soaksMs), flatMs: waveBoundMs(question, all) };
}

function waveBoundMs({ plan, truth, vcpuOf, freeVcpu }: BoundsQuestion, services: readonly string[]): number {
  const done = services.flatMap((arn) => truth.get(arn) ?? []).filter(({ endedAtMs }) => endedAtMs !== null);
  if (done.length === 0) return 0;
  const durations = done.map(({ begunAtMs, endedAtMs }) => (endedAtMs ?? begunAtMs) - begunAtMs);
  const places = done.map(({ begunAtMs, finishedAtMs }) => (finishedAtMs ?? begunAtMs) - begunAtMs);
  const work = sum(places) / plan.options.inFlightMax;
  const vcpuMs = sum(done.map(({ arn, extraTaskMs }) => Math.max(0, extraTaskMs) * (vcpuOf.get(arn) ?? 0)));
  const spread = freeVcpu === null ? 0 : vcpuMs / freeVcpu;
  const launches = sum(done.map((one) => one.launches));
  return Math.max(...durations, work, spread, updatesMs(durations), launchesMs(launches));
}

/** The last call waits for the bucket, and its service needs its time after it. */
function updatesMs(durations: readonly number[]): number {
  const { burst, perSecond } = bucketOf("ecs", "UpdateService") ?? NO_LIMIT;
  return (Math.max(0, durations.length - burst) / perSecond) * 1_000 + Math.min(...durations);
}

function launchesMs(launches: number): number {
  const { burst, perSecond } = FARGATE_LAUNCH.usual;
  return (Math.max(0, launches - burst) / perSecond) * 1_000;
}

const NO_LIMIT = { burst: Number.POSITIVE_INFINITY, perSecond: 1 };
