// What really happened in the simulated world, instant by instant: the truth that claims are held against.
// Invariants: it is read from World.state() after every single happening and call; nothing of it comes from the program under test.

import type { Call, Reply } from "../../../simulator/world/call";
import type { World } from "../../../simulator/world/world";
import type { WorldFault } from "../../../simulator/world/world-fault";
import type { ServiceView, TaskView, WorldView } from "../../../simulator/world/world-view";

export interface TaskLife {
  readonly arn: string;
  readonly serviceArn: string | null;
  readonly startedBy: string | null;
  readonly kmsKeyArn: string | null;
  readonly platformVersion: string | null;
  readonly bornMs: number;
  /** When it was first seen to run; null when it never was. */
  runningMs: number | null;
  /** When its desired status turned STOPPED, and when it had really stopped; null while not. */
  drainedMs: number | null;
  stoppedMs: number | null;
  stopCode: string | null;
  stoppedReason: string | null;
}

export interface DeploymentLife {
  readonly id: string;
  readonly serviceArn: string;
  readonly startedMs: number;
  /** Who made it: the program's own UpdateService, or anything else (its team, a rollback, before the beginning). */
  readonly by: "us" | "others";
  /** The newest service deployment of its service when it began. */
  readonly serviceDeploymentArn: string | null;
  /** When it rolled: a rollback may make an old one roll again. Only the last span may be open. */
  readonly rolling: { readonly fromMs: number; toMs: number | null }[];
  /** When each of its failed tasks was counted. */
  readonly failedTasksMs: number[];
  /** How many of its tasks had failed in a row, from an instant on: a healthy one begins the count anew. */
  readonly failedInRow: { readonly fromMs: number; readonly count: number }[];
  /** How it stood last: IN_PROGRESS, COMPLETED, FAILED, or GONE when its service let go of it before it ended. */
  rolloutState: string;
}

/** A service as its team has it. */
export interface ServiceMoment {
  readonly fromMs: number;
  readonly status: string;
  readonly desiredCount: number;
}

export class WorldHistory {
  readonly tasks = new Map<string, TaskLife>();
  readonly deployments = new Map<string, DeploymentLife>();
  /** By service ARN: what it was from an instant on. */
  readonly services = new Map<string, ServiceMoment[]>();
  /** By cluster ARN: its key from an instant on. */
  readonly clusterKeys = new Map<string, { readonly fromMs: number; readonly keyArn: string | null }[]>();
  /** By key ARN: when its state changed. */
  readonly keyStates = new Map<string, { readonly fromMs: number; readonly state: string }[]>();
  #acting: "us" | "others" = "others";
  #seen = new Map<string, string>();

  /** `everyStep: false` keeps no history: of large worlds only the state at the end is looked at. */
  constructor(
    private readonly world: World,
    private readonly everyStep = true,
  ) {
    this.#note();
  }

  apply(call: Call, nowMs: number): Reply {
    this.advance(nowMs);
    this.#acting = call.operation === "UpdateService" ? "us" : "others";
    const reply = this.world.apply(call, nowMs);
    if (isWrite(call)) this.#note();
    this.#acting = "others";
    return reply;
  }

  due(): number | null {
    return this.world.due();
  }

  advance(nowMs: number): void {
    for (let due = this.world.due(); due !== null && due <= nowMs; due = this.world.due()) {
      this.world.advance(due);
      this.#note();
    }
    this.world.advance(nowMs);
  }

  inject(fault: WorldFault, nowMs: number): void {
    this.advance(nowMs);
    this.world.inject(fault, nowMs);
    this.#note();
  }

  state(): WorldView {
    return this.world.state();
  }

  /** Tasks of a service that had not stopped at an instant. */
  aliveAt(serviceArn: string, atMs: number): readonly TaskLife[] {
    return [...this.tasks.values()].filter(
      (task) =>
        task.serviceArn === serviceArn && task.bornMs <= atMs && (task.stoppedMs === null || task.stoppedMs > atMs),
    );
  }

  keyOfClusterAt(clusterArn: string, atMs: number): string | null {
    return this.clusterKeys.get(clusterArn)?.findLast(({ fromMs }) => fromMs <= atMs)?.keyArn ?? null;
  }

  #note(): void {
    if (!this.everyStep) return;
    const view = this.world.state();
    for (const lane of view.lanes) {
      for (const key of lane.keys) changed(this.keyStates, key.arn, { fromMs: view.nowMs, state: key.state });
      for (const cluster of lane.clusters) {
        changed(this.clusterKeys, cluster.arn, { fromMs: view.nowMs, keyArn: cluster.kmsKeyArn });
        for (const task of cluster.tasks) this.#noteTask(task, null, view.nowMs);
        for (const service of cluster.services) this.#noteService(service, view.nowMs);
      }
    }
  }

  #noteService(service: ServiceView, nowMs: number): void {
    const { arn, status, desiredCount } = service;
    for (const task of service.tasks) this.#noteTask(task, arn, nowMs);
    changed(this.services, arn, { fromMs: nowMs, status, desiredCount });
    const states = service.deployments.map(
      ({ id, rolloutState, failedTasks }) => `${id} ${rolloutState} ${failedTasks}`,
    );
    const print = [service.status, ...states].join();
    if (this.#seen.get(service.arn) === print) return;
    this.#seen.set(service.arn, print);
    // One that has left the service rolls no more, whatever it said last.
    const there = service.status === "ACTIVE" ? service.deployments.map(({ id }) => id) : [];
    for (const life of this.deployments.values()) {
      if (life.serviceArn !== service.arn || there.includes(life.id)) continue;
      close(life, nowMs);
      if (life.rolloutState === "IN_PROGRESS") life.rolloutState = "GONE";
    }
    if (service.status !== "ACTIVE") return;
    for (const { id, rolloutState, failedTasks } of service.deployments) {
      const life = this.deployments.get(id) ?? this.#born(service, id, nowMs);
      if (rolloutState !== "IN_PROGRESS") close(life, nowMs);
      else if (life.rolling.at(-1)?.toMs !== null) life.rolling.push({ fromMs: nowMs, toMs: null });
      life.rolloutState = rolloutState;
      const { count: counted = 0 } = life.failedInRow.at(-1) ?? {};
      if (counted !== failedTasks) life.failedInRow.push({ fromMs: nowMs, count: failedTasks });
      while (life.failedTasksMs.length < failedTasks) life.failedTasksMs.push(nowMs);
    }
  }

  #born(service: ServiceView, id: string, nowMs: number): DeploymentLife {
    const serviceDeploymentArn = service.serviceDeployments[0]?.arn ?? null;
    const life: DeploymentLife = {
      id,
      serviceArn: service.arn,
      startedMs: nowMs,
      by: this.#acting,
      serviceDeploymentArn,
      rolling: [],
      failedTasksMs: [],
      failedInRow: [],
      rolloutState: "IN_PROGRESS",
    };
    this.deployments.set(id, life);
    return life;
  }

  #noteTask(task: TaskView, serviceArn: string | null, nowMs: number): void {
    const life = this.tasks.get(task.arn);
    if (life === undefined) {
      const { arn, startedBy, kmsKeyArn, platformVersion } = task;
      const unstopped = { drainedMs: null, stoppedMs: null, stopCode: null, stoppedReason: null };
      const runningMs = task.lastStatus === "RUNNING" ? nowMs : null;
      const born = { arn, serviceArn, startedBy, kmsKeyArn, platformVersion, bornMs: nowMs, runningMs };
      this.tasks.set(arn, { ...born, ...unstopped });
      return;
    }
    if (life.stoppedMs !== null) return;
    if (task.lastStatus === "RUNNING") life.runningMs ??= nowMs;
    if (task.desiredStatus === "STOPPED") {
      life.drainedMs ??= nowMs;
      life.stopCode = task.stopCode;
      life.stoppedReason = task.stoppedReason;
    }
    if (task.lastStatus === "STOPPED") life.stoppedMs = nowMs;
  }
}

function close({ rolling }: DeploymentLife, nowMs: number): void {
  const span = rolling.at(-1);
  if (span !== undefined) span.toMs ??= nowMs;
}

const WRITES: readonly string[] = ["UpdateService", "StopServiceDeployment"];

function isWrite({ operation }: Call): boolean {
  return WRITES.includes(operation);
}

function changed<T extends { readonly fromMs: number }>(log: Map<string, T[]>, id: string, entry: T): void {
  const entries = log.get(id) ?? [];
  const { fromMs: _, ...said } = entry;
  const { fromMs: __, ...before } = entries.at(-1) ?? entry;
  if (entries.length === 0 || JSON.stringify(said) !== JSON.stringify(before)) log.set(id, [...entries, entry]);
}
