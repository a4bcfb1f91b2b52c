// A run as another terminal sees it: its directory read again and again, only what is new each time.
//
// Invariants
//   nothing is written and no lock is taken
//   the state is the fold of the journal's lines so far; each line is applied once
//   a process on another machine counts as silent when its heartbeat has not changed for the lock's time to live by this machine's
//   clock, since nothing is known of the other's

import type { Fleet } from "../../domain/fleet";
import { readControl } from "../adapters/files/control-file";
import { journalFile } from "../adapters/files/journal";
import { JournalFollower } from "../adapters/files/journal-follower";
import { LOCK_TTL_MS, readHolder, readLock } from "../adapters/files/lock";
import { readPlanAndFleet } from "../adapters/files/read-run";
import { applyEvent } from "../core/machine/apply-event";
import { newRun } from "../core/machine/fold-run";
import type { RunState } from "../core/machine/run-state";
import type { Plan } from "../core/model/plan";
import type { Clock } from "../ports/clock";
import type { ControlRequest, JournalLine } from "../ports/run-store";
import type { Worker } from "../render/run-frame-view";

/** One line and what it changed. */
export interface WatchedStep {
  readonly line: JournalLine;
  readonly before: RunState;
  readonly after: RunState;
}

export class WatchedRun {
  state: RunState;
  worker: Worker = { kind: "nobody" };
  request: ControlRequest = "none";
  /** The newest instant in journal and lock, on the run's clock. */
  lastSeenMs: number | null = null;
  /** ISO 8601, UTC; null before the first line. */
  lastEventAt: string | null = null;
  private readonly follower: JournalFollower;
  private heartbeat = { at: "", sinceMs: 0 };

  private constructor(
    readonly directory: string,
    readonly plan: Plan,
    readonly fleet: Fleet,
    private readonly machine: Pick<Clock, "nowMs">,
  ) {
    this.state = newRun(plan);
    this.follower = new JournalFollower(journalFile(directory));
  }

  /** @throws FargateCmkError `plan-mismatch`, `wrong-shape`, `file-unreadable` */
  static async open(directory: string, machine: Pick<Clock, "nowMs">): Promise<WatchedRun> {
    const { plan, fleet } = await readPlanAndFleet(directory);
    return new WatchedRun(directory, plan, fleet, machine);
  }

  /** Takes up what came since the last look, a step at a time. @throws FargateCmkError `journal-broken`, `foreign-version` */
  async look(tell: (step: WatchedStep) => void = () => {}): Promise<void> {
    const { lines, isAnew } = await this.follower.read();
    if (isAnew) this.state = newRun(this.plan);
    // No step is kept: each holds two states of the whole run, and a first look has thousands.
    for (const line of lines) tell(this.step(line));
    await this.lookAtWorker();
    this.request = await readControl(this.directory);
  }

  private step(line: JournalLine): WatchedStep {
    const before = this.state;
    const atMs = Date.parse(line.at);
    this.state = applyEvent(before, { event: line.event, atMs });
    this.lastSeenMs = Math.max(this.lastSeenMs ?? atMs, atMs);
    this.lastEventAt = line.at;
    return { line, before, after: this.state };
  }

  private async lookAtWorker(): Promise<void> {
    const lock = await readLock(this.directory);
    const holder = lock?.owner == null ? null : await readHolder(this.directory);
    const nowMs = this.machine.nowMs();
    if (lock === null || holder === null || !holder.mayLive) {
      this.worker = { kind: "nobody" };
      return;
    }
    const heardMs = Date.parse(lock.heartbeatAt);
    if (this.lastSeenMs !== null) this.lastSeenMs = Math.max(this.lastSeenMs, heardMs);
    if (this.heartbeat.at !== lock.heartbeatAt) this.heartbeat = { at: lock.heartbeatAt, sinceMs: nowMs };
    const silentMs = nowMs - this.heartbeat.sinceMs;
    const { pid, host } = holder;
    const { heartbeatAt: heardAt } = lock;
    this.worker = { kind: "process", pid, host, heardAt, silentMs: silentMs > LOCK_TTL_MS ? silentMs : null };
  }
}
