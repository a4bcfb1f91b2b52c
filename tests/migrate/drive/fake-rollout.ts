// How a service of the fake ECS looks at an instant: a pure function of its rollouts and the time. Seconds are told from the
// start of a rollout. Only what a run can see is modelled.
//
//   5 s  new tasks are being provisioned      40 s  old tasks drain (desired status STOPPED)
//   30 s new tasks run                        45 s  the service deployment is SUCCESSFUL
//   70 s old tasks have STOPPED               (slow-drain: after 45 min)

import type { DeploymentRecord, ServiceRecord, TaskRecord } from "../../../domain/fleet";
import type { ServiceDeploymentStatus } from "../../../migrate/ports/ecs-port";

/** failing: starts no task until it is stopped; breaker: the same, and rolls back by itself after 60 s; stuck: never ends. */
export type Script = "success" | "slow-drain" | "failing" | "breaker" | "stuck";

export interface Rollout {
  readonly id: string;
  readonly serviceDeploymentArn: string;
  readonly revisionArn: string;
  readonly startMs: number;
  readonly script: Script;
  readonly keyArn: string | null;
  readonly failureReason: string;
  stopMs: number | null;
}

export interface FakeService {
  readonly base: ServiceRecord;
  readonly baseTasks: readonly TaskRecord[];
  readonly rollouts: Rollout[];
}

const PROVISIONED_MS = 5_000;
const RUNNING_MS = 30_000;
const DRAINING_MS = 40_000;
const SUCCESS_MS = 45_000;
const STOPPED_MS = 70_000;
const SLOWLY_STOPPED_MS = 45 * 60_000;
const FAILURE_EVERY_MS = 20_000;
const BREAKER_MS = 60_000;
const ROLLBACK_TAKES_MS = 20_000;
/** DescribeTasks shows a stopped task for about an hour. */
const FORGOTTEN_MS = 3_600_000;

export function serviceAt(service: FakeService, nowMs: number): ServiceRecord {
  const { base } = service;
  const tasks = tasksAt(service, nowMs);
  const running = tasks.filter((task) => task.lastStatus === "RUNNING" && task.desiredStatus === "RUNNING");
  const current = service.rollouts.at(-1)?.serviceDeploymentArn ?? base.currentServiceDeployment;
  const deployments = deploymentsAt(service, nowMs).map((deployment) => ({
    ...deployment,
    runningCount: running.filter((task) => task.startedBy === deployment.id).length,
  }));
  return { ...base, runningCount: running.length, deployments, currentServiceDeployment: current };
}

export function statusAt(service: FakeService, rollout: Rollout, nowMs: number): ServiceDeploymentStatus {
  const next = service.rollouts[service.rollouts.indexOf(rollout) + 1];
  const atMs = next === undefined ? nowMs : Math.min(nowMs, next.startMs);
  const status = ownStatus(rollout, atMs - rollout.startMs, atMs);
  const ended = status === "SUCCESSFUL" || status === "ROLLBACK_SUCCESSFUL";
  return next === undefined || next.startMs > nowMs || ended ? status : "STOPPED";
}

export function failedTasksAt(rollout: Rollout, nowMs: number): number {
  if (!fails(rollout)) return 0;
  const untilMs = Math.min(nowMs, rollbackFromMs(rollout) ?? nowMs);
  return Math.min(10, Math.max(0, Math.floor((untilMs - rollout.startMs) / FAILURE_EVERY_MS)));
}

/** Every task that AWS still knows. */
export function tasksAt(service: FakeService, nowMs: number): readonly TaskRecord[] {
  let lives: readonly Life[] = service.baseTasks.map((record) => ({ record, fromMs: 0, drainMs: null, endMs: null }));
  service.rollouts.forEach((rollout, index) => {
    const replacedMs = service.rollouts[index + 1]?.startMs ?? Number.POSITIVE_INFINITY;
    lives = livesAfter(service, lives, { rollout, replacedMs });
  });
  const started = lives.filter(({ fromMs }) => nowMs >= fromMs + PROVISIONED_MS);
  const remembered = started.filter(({ endMs }) => endMs === null || nowMs < endMs + FORGOTTEN_MS);
  return remembered
    .map((life) => taskAt(life, nowMs))
    .concat(service.rollouts.flatMap((one) => corpses(service, one, nowMs)));
}

function ownStatus(rollout: Rollout, ageMs: number, atMs: number): ServiceDeploymentStatus {
  if (rollout.script === "stuck") return "IN_PROGRESS";
  if (!fails(rollout)) return ageMs < SUCCESS_MS ? "IN_PROGRESS" : "SUCCESSFUL";
  const fromMs = rollbackFromMs(rollout);
  if (fromMs === null || atMs < fromMs) return "IN_PROGRESS";
  return atMs < fromMs + ROLLBACK_TAKES_MS ? "ROLLBACK_IN_PROGRESS" : "ROLLBACK_SUCCESSFUL";
}

function fails({ script }: Rollout): boolean {
  return script === "failing" || script === "breaker";
}

function rollbackFromMs({ script, startMs, stopMs }: Rollout): number | null {
  return stopMs ?? (script === "breaker" ? startMs + BREAKER_MS : null);
}

function deploymentsAt(service: FakeService, nowMs: number): readonly DeploymentRecord[] {
  const last = service.rollouts.at(-1);
  const [base] = service.base.deployments;
  if (base === undefined) throw new Error(`${service.base.name} has no deployment`);
  if (last === undefined) return service.base.deployments;
  const before = service.rollouts.slice(0, -1).findLast((one) => statusAt(service, one, nowMs) === "SUCCESSFUL");
  const older = before === undefined ? base : recordOf(base, before, nowMs);
  const newer = recordOf(base, last, nowMs);
  switch (statusAt(service, last, nowMs)) {
    case "SUCCESSFUL":
      return [{ ...newer, status: "PRIMARY", rolloutState: "COMPLETED" }];
    case "ROLLBACK_SUCCESSFUL":
      return [{ ...older, status: "PRIMARY", rolloutState: "COMPLETED" }];
    case "ROLLBACK_IN_PROGRESS":
      return [
        { ...older, status: "PRIMARY", rolloutState: "IN_PROGRESS" },
        { ...newer, status: "ACTIVE", rolloutState: "FAILED" },
      ];
    default:
      return [
        { ...newer, status: "PRIMARY", rolloutState: "IN_PROGRESS" },
        { ...older, status: "ACTIVE", rolloutState: "COMPLETED" },
      ];
  }
}

function recordOf(base: DeploymentRecord, rollout: Rollout, nowMs: number): DeploymentRecord {
  const createdAt = new Date(rollout.startMs).toISOString();
  return { ...base, id: rollout.id, kmsKeyArn: rollout.keyArn, createdAt, failedTasks: failedTasksAt(rollout, nowMs) };
}

interface Life {
  readonly record: TaskRecord;
  readonly fromMs: number;
  readonly drainMs: number | null;
  readonly endMs: number | null;
}

function livesAfter(
  service: FakeService,
  lives: readonly Life[],
  { rollout, replacedMs }: { rollout: Rollout; replacedMs: number },
): readonly Life[] {
  const { startMs, script } = rollout;
  const replaces = (script === "success" || script === "slow-drain") && startMs + DRAINING_MS < replacedMs;
  if (!replaces) return lives;
  const stoppedMs = startMs + (script === "slow-drain" ? SLOWLY_STOPPED_MS : STOPPED_MS);
  const old = lives.map((life) =>
    life.drainMs === null ? { ...life, drainMs: startMs + DRAINING_MS, endMs: stoppedMs } : life,
  );
  const born = service.baseTasks.map((record, index): Life => {
    const own = {
      arn: `${record.arn}-${rollout.id.slice(-4)}-${index}`,
      startedBy: rollout.id,
      kmsKeyArn: rollout.keyArn,
    };
    return { record: { ...record, ...own }, fromMs: startMs, drainMs: null, endMs: null };
  });
  return [...old, ...born];
}

function taskAt({ record, fromMs, drainMs, endMs }: Life, nowMs: number): TaskRecord {
  if (endMs !== null && nowMs >= endMs) return { ...record, desiredStatus: "STOPPED", lastStatus: "STOPPED" };
  if (drainMs !== null && nowMs >= drainMs) return { ...record, desiredStatus: "STOPPED", lastStatus: "DEACTIVATING" };
  return { ...record, lastStatus: nowMs < fromMs + RUNNING_MS ? "PROVISIONING" : "RUNNING" };
}

/** Tasks that could not start. */
function corpses(service: FakeService, rollout: Rollout, nowMs: number): readonly TaskRecord[] {
  const [record] = service.baseTasks;
  if (record === undefined) return [];
  return Array.from({ length: failedTasksAt(rollout, nowMs) }, (_, index) => ({
    ...record,
    arn: `${record.arn}-dead-${rollout.id.slice(-4)}-${index}`,
    startedBy: rollout.id,
    kmsKeyArn: rollout.keyArn,
    desiredStatus: "STOPPED",
    lastStatus: "STOPPED",
    stopCode: "TaskFailedToStart",
    stoppedReason: rollout.failureReason,
    stoppedAt: new Date(rollout.startMs + (index + 1) * FAILURE_EVERY_MS).toISOString(),
  }));
}
