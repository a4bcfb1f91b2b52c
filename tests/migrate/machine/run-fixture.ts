// A small run for tests: services of cluster `pay` in the waves that a test wants, and the events of their lives by short names.
// Times in these tests are seconds after T0.

import type { Fleet, ServiceRecord } from "../../../domain/fleet";
import type { Agenda, Deferral, RunSettings } from "../../../migrate/core/machine/command";
import { foldRun } from "../../../migrate/core/machine/fold-run";
import type { Moment } from "../../../migrate/core/machine/moment";
import type { RunState, ServiceRun } from "../../../migrate/core/machine/run-state";
import type { HoldCause, JournalEvent, ServiceProgress } from "../../../migrate/core/model/journal-event";
import type { Plan, PlannedService, PlanOptions } from "../../../migrate/core/model/plan";
import type { ServiceVerdict, VerdictWord } from "../../../migrate/core/model/verdict";
import { DEFAULT_PLAN_OPTIONS } from "../../../migrate/core/plan/default-plan-options";
import { makePlan } from "../../../migrate/core/plan/make-plan";
import { type Schedule, scheduleOf } from "../../../migrate/core/schedule/schedule";
import { payCluster } from "../fleets/service-case";

export const T0 = Date.parse("2026-06-01T09:00:00.000Z");
export const SOAK_MS = 10 * 60_000;

export function at(seconds: number): number {
  return T0 + seconds * 1000;
}

export function arnOf(name: string): string {
  return `arn:aws:ecs:eu-west-1:111122223333:service/pay/${name}`;
}

/** One un-keyed service of two tasks for every name. */
export function fleetOf(names: readonly string[]): Fleet {
  return names.reduce((fleet, name) => fleet.service(name), payCluster()).build();
}

/** A plan with exactly these waves; every wave but the last soaks. */
export function planOf(
  waves: readonly (readonly string[])[],
  options: Partial<PlanOptions> = {},
  fleet: Fleet = fleetOf(waves.flat()),
): Plan {
  const plan = makePlan({ fleet, fleetSha256: "0".repeat(64), options: { ...DEFAULT_PLAN_OPTIONS, ...options } });
  const waveOf = new Map(waves.flatMap((names, index) => names.map((name) => [arnOf(name), index + 1])));
  const last = waves.length - 1;
  return {
    ...plan,
    services: plan.services.map((service) => ({ ...service, wave: waveOf.get(service.arn) ?? 1 })),
    waves: waves.map((names, index) => ({
      number: index + 1,
      name: `wave ${index + 1}`,
      services: names.map(arnOf),
      soakMs: index === last ? 0 : SOAK_MS,
      tasks: 2 * names.length,
      extraVcpu: 1,
      expectedMs: 180_000,
    })),
  };
}

export type Timed = readonly [seconds: number, event: JournalEvent];

/** The state after these events; the run has started at second 0. */
export function stateAfter(plan: Plan, events: readonly Timed[]): RunState {
  const lines = ([[0, STARTED], ...events] satisfies readonly Timed[]).map(([seconds, event]) => ({
    at: new Date(at(seconds)).toISOString(),
    event,
  }));
  return foldRun(plan, lines);
}

export function runOf(state: RunState, name: string): ServiceRun {
  const run = state.services.get(arnOf(name));
  if (run === undefined) throw new Error(`this test has no service ${name}`);
  return run;
}

export function plannedOf(plan: Plan, name: string): PlannedService {
  const planned = plan.services.find(({ arn }) => arn === arnOf(name));
  if (planned === undefined) throw new Error(`this test has no service ${name}`);
  return planned;
}

export function serviceOf(fleet: Fleet, name: string): ServiceRecord {
  const service = fleet.services.find(({ arn }) => arn === arnOf(name));
  if (service === undefined) throw new Error(`this test has no service ${name}`);
  return service;
}

export function agendaOf(
  lookedAt: Readonly<Record<string, number>> = {},
  deferred: Readonly<Record<string, Deferral>> = {},
): Agenda {
  return {
    lastLookAtMs: new Map(Object.entries(lookedAt).map(([name, seconds]) => [arnOf(name), at(seconds)])),
    deferred: new Map(Object.entries(deferred).map(([name, deferral]) => [arnOf(name), deferral])),
    // Keys have just been looked at, whenever that is, unless a test is about that.
    targetLookAtMs: new Map([[PAY, Number.MAX_SAFE_INTEGER]]),
    gateLook: null,
    begun: 0,
  };
}

/** The ARN of the cluster of these runs. */
export const PAY = "arn:aws:ecs:eu-west-1:111122223333:cluster/pay";

export const SETTINGS: RunSettings = { onKeyTrouble: "rollback", limit: null };

/** A moment with as much room as anyone could need. */
export function momentOf(state: RunState, agenda: Agenda, nowMs: number): Moment {
  return { state, agenda, settings: SETTINGS, schedule: scheduleFor(state.plan), nowMs };
}

const schedules = new WeakMap<Plan, Schedule>();

function scheduleFor(plan: Plan): Schedule {
  const made = schedules.get(plan) ?? scheduleOf({ plan, fleet: fleetOf(plan.services.map(({ name }) => name)) });
  schedules.set(plan, made);
  return made;
}

/** The key's cluster is held, and why. */
export function held(cause: HoldCause, reason = "the key is Disabled"): JournalEvent {
  return { kind: "held", clusters: [PAY], keyArn: "key", reason, cause };
}

export function keySeen(problem: string | null): JournalEvent {
  return { kind: "target-looked", clusters: [{ clusterArn: PAY, problem }] };
}

export const RELEASED: JournalEvent = { kind: "released", clusters: [PAY], keyArn: "key" };

export function requeued(...names: readonly string[]): JournalEvent {
  return { kind: "requeued", services: names.map(arnOf), why: "for this test" };
}

export const STARTED: JournalEvent = {
  kind: "run-started",
  planId: "0".repeat(64),
  fleetSha256: "0".repeat(64),
  toolVersion: "0.1.0",
  caller: "arn:aws:iam::111122223333:user/ops",
};
export const RESUMED: JournalEvent = { kind: "run-resumed", caller: "ops", repaired: null };

export function waveOpened(wave: number): JournalEvent {
  return { kind: "wave-opened", wave };
}

export function intended(name: string, attempt = 1): JournalEvent {
  return {
    kind: "redeploy-intended",
    service: arnOf(name),
    attempt,
    platformVersion: null,
    knownDeployments: [`ecs-svc/old-${name}`],
    knownServiceDeployments: [`sd/old-${name}`],
    oldTasks: [`task/old-${name}`],
  };
}

export function begun(name: string): JournalEvent {
  const answer = {
    kind: "started",
    deploymentId: `ecs-svc/new-${name}`,
    serviceDeploymentArn: `sd/new-${name}`,
  } as const;
  return { kind: "redeploy-answered", service: arnOf(name), answer };
}

export function unanswered(name: string, kind: "refused" | "not-sent" | "in-doubt"): JournalEvent {
  return { kind: "redeploy-answered", service: arnOf(name), answer: { kind, code: "Code", message: "said so" } };
}

export function foundNothing(name: string): JournalEvent {
  return { kind: "doubt-looked", service: arnOf(name), found: { kind: "none" } };
}

export function adopted(name: string): JournalEvent {
  const found = {
    kind: "adopted",
    deploymentId: `ecs-svc/new-${name}`,
    serviceDeploymentArn: `sd/new-${name}`,
  } as const;
  return { kind: "doubt-looked", service: arnOf(name), found };
}

export const PROGRESS: ServiceProgress = {
  phase: "rolling",
  serviceDeploymentArn: null,
  tasksOnKey: 1,
  tasksWanted: 2,
  tasksOld: 0,
  failedTasks: 0,
  startFailure: null,
  failedTaskArn: null,
  rollsBackItself: false,
  belowMinimum: false,
};

export function progressed(name: string, progress: Partial<ServiceProgress> = {}): JournalEvent {
  return { kind: "progressed", service: arnOf(name), progress: { ...PROGRESS, ...progress } };
}

export function settled(name: string): JournalEvent {
  return { kind: "settled", service: arnOf(name), revisionArn: `revision/${name}` };
}

export function verified(name: string): JournalEvent {
  return { kind: "verified", service: arnOf(name), proof: proofOf(name) };
}

export function failed(name: string, taskReason: string | null = null): JournalEvent {
  const failure = { reason: "rolled back", rolledBack: true, taskReason, taskArn: null, remedy: "mend it" };
  return { kind: "failed", service: arnOf(name), failure };
}

export function setAside(name: string): JournalEvent {
  return { kind: "set-aside", service: arnOf(name), class: "changed", reason: "changed", remedy: null };
}

export function proofOf(name: string, verdict: VerdictWord = "pass"): ServiceVerdict {
  return { verdict, reason: verdict, asOf: "", serviceArn: arnOf(name), targetKeyArn: null, tasks: [] };
}

export function swept(proofs: readonly ServiceVerdict[]): JournalEvent {
  return { kind: "swept", proofs, standalone: [], newServices: [] };
}
