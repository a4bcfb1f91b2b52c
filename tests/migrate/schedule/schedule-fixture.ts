// A lane of services whose needs a test names, and moments of its run. Unless a test says otherwise they are in the first wave and in
// cluster `pay`, On-Demand, one task of 1 vCPU, one minute long; there is room for everything but what a test names.

import { known, unknown } from "../../../domain/fact";
import type { Fleet, ServiceRecord } from "../../../domain/fleet";
import type { VcpuRecord } from "../../../domain/fleet-surroundings";
import { newRun } from "../../../migrate/core/machine/fold-run";
import type { RunState, ServicePhase } from "../../../migrate/core/machine/run-state";
import type { Plan, PlannedService } from "../../../migrate/core/model/plan";
import { type Schedule, scheduleOf } from "../../../migrate/core/schedule/schedule";
import { shortageWords } from "../../../migrate/core/schedule/shortage";
import { type Beginning, type Turn, type Waiting, whatBegins } from "../../../migrate/core/schedule/what-begins";
import { arnOf, at, fleetOf, planOf } from "../machine/run-fixture";

export interface Work {
  readonly vcpu?: number;
  readonly tasks?: number;
  readonly minutes?: number;
  readonly on?: "onDemand" | "spot" | "either";
  readonly subnets?: readonly string[];
  readonly targets?: readonly string[];
  readonly cluster?: string;
  readonly wave?: number;
  /** Values of the tag `db`. */
  readonly mutex?: string;
}

export interface Space {
  /** Free vCPU; null: not seen. */
  readonly onDemand?: number | null;
  readonly spot?: number | null;
  /** Free addresses by subnet; null: not seen. */
  readonly addresses?: Readonly<Record<string, number | null>>;
}

export interface Lane {
  readonly plan: Plan;
  readonly fleet: Fleet;
  readonly schedule: Schedule;
}

export function laneOf(works: Readonly<Record<string, Work>>, space: Space = {}): Lane {
  const names = Object.keys(works);
  const { fleet: bare, plan: drafted } = drawnUp(names);
  const fleet = roomIn({ ...bare, services: bare.services.map((one) => recordOf(one, works[one.name] ?? {})) }, space);
  const plan = { ...drafted, services: drafted.services.map((one) => plannedOf(one, works[one.name] ?? {})) };
  return { plan, fleet, schedule: scheduleOf({ plan, fleet }) };
}

/** Phase and second of the intent of those that are no longer queued; a phase alone: intended long ago. */
export type Moment = Readonly<Record<string, ServicePhase | readonly [phase: ServicePhase, seconds: number]>>;

export function turnOf({ plan, schedule }: Lane, moment: Moment = {}, more: Partial<Turn> = {}): Turn {
  const state = stateOf(plan, moment);
  const ready = plan.services.filter(({ arn }) => state.services.get(arn)?.phase === "queued");
  const plain = { placesMax: 1_000, nowMs: at(0), leadMs: 0, unproven: NONE, probation: NONE };
  return { state, schedule, ready, ...plain, ...more };
}

/** The names of what begins, in order. */
export function begunIn(lane: Lane, moment: Moment = {}, more: Partial<Turn> = {}): string {
  return namesOf(whatBegins(turnOf(lane, moment, more)).begin);
}

/** Name and words of each that waits. */
export function waitingIn({ waiting }: Pick<Beginning, "waiting">): readonly string[] {
  return wordsOf(waiting);
}

export function wordsOf(waiting: readonly Waiting[]): readonly string[] {
  return waiting.map(({ planned, for: shortage }) => `${planned.name} ${shortageWords(shortage)}`);
}

export function namesOf(services: readonly PlannedService[]): string {
  return services.map(({ name }) => name).join(" ");
}

export function clusterArn(name: string): string {
  return `arn:aws:ecs:eu-west-1:111122223333:cluster/${name}`;
}

const NONE: ReadonlySet<string> = new Set();
const LONG_AGO_SECONDS = -100_000;

function stateOf(plan: Plan, moment: Moment): RunState {
  const run = newRun(plan);
  const services = new Map(run.services);
  for (const [name, told] of Object.entries(moment)) {
    const [phase, seconds] = typeof told === "string" ? [told, LONG_AGO_SECONDS] : told;
    const before = services.get(arnOf(name));
    if (before === undefined) throw new Error(`this test has no service ${name}`);
    services.set(before.arn, { ...before, phase, intendedAtMs: at(seconds) });
  }
  return { ...run, status: "running", services };
}

const DRAWN_UP = new Map<string, Pick<Lane, "fleet" | "plan">>();

function drawnUp(names: readonly string[]): Pick<Lane, "fleet" | "plan"> {
  const key = names.join(" ");
  const fleet = DRAWN_UP.get(key)?.fleet ?? fleetOf(names);
  const plan = DRAWN_UP.get(key)?.plan ?? planOf([names], { mutexTags: ["db"] }, fleet);
  DRAWN_UP.set(key, { fleet, plan });
  return { fleet, plan };
}

const STRATEGIES: Readonly<Record<NonNullable<Work["on"]>, readonly string[]>> = {
  onDemand: ["FARGATE"],
  spot: ["FARGATE_SPOT"],
  either: ["FARGATE", "FARGATE_SPOT"],
};

function recordOf(
  service: ServiceRecord,
  { on = "onDemand", subnets = [], targets = [], tasks = 1 }: Work,
): ServiceRecord {
  const strategy = STRATEGIES[on].map((capacityProvider) => ({ capacityProvider, base: 0, weight: 1 }));
  return {
    ...service,
    launchType: null,
    deployments: [],
    capacityProviderStrategy: strategy,
    subnets,
    targetGroupArns: targets,
    desiredCount: tasks,
  };
}

function plannedOf(
  planned: PlannedService,
  { vcpu, tasks = 1, minutes = 1, cluster = "pay", wave = 1, mutex }: Work,
): PlannedService {
  return {
    ...planned,
    clusterArn: clusterArn(cluster),
    clusterName: cluster,
    wave,
    tasks,
    surgeTasks: tasks,
    surgeVcpu: vcpu ?? tasks,
    estimate: { toSuccessMs: minutes * 60_000, toCapacityFreeMs: minutes * 60_000 },
    mutexes: mutex === undefined ? [] : [{ tag: "db", value: mutex }],
  };
}

function roomIn(fleet: Fleet, { onDemand = 1_000_000, spot = 1_000_000, addresses = {} }: Space): Fleet {
  const subnets = Object.entries(addresses).map(([id, free]) => ({
    id,
    vpcId: null,
    availabilityZone: null,
    cidrBlock: null,
    availableIpAddresses: free === null ? unknown("not seen") : known(free, fleet.readAt),
  }));
  return { ...fleet, subnets, capacity: { onDemand: vcpuOf(onDemand), spot: vcpuOf(spot) } };
}

function vcpuOf(free: number | null): VcpuRecord {
  if (free === null) return { quota: unknown("not seen"), inUse: known(0, "") };
  return { quota: known(free + 4, ""), inUse: known(4, "") };
}
