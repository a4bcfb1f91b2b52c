// A key that Fargate cannot use is noticed within a minute of the first failed task of ours, and nothing is sent after it.
//
// Told from tasks that failed in the world, from the replies that showed one of them, and from the redeployments that were sent
// later and failed of the same key. Not held against the program: a minute in which it was not there or was not answered
// (could-look.ts), and what somebody deployed over, which is theirs to watch.

import type { Life } from "../stage/live";
import type { DeploymentLife, TaskLife } from "../stage/world-history";
import { couldLook } from "./could-look";
import { isReceived, knownAsOurs, toldOf, updatesIn } from "./witnessed-sendings";

const NOTICED_WITHIN_MS = 60_000;

export function unnoticedKeyTrouble(life: Life): readonly string[] {
  return firstFailures(life)
    .filter(({ failedMs }) => couldLook(life, failedMs, failedMs + NOTICED_WITHIN_MS))
    .flatMap((first) => [...unseen(life, first), ...sentAfter(life, first)]);
}

interface KeyFailure {
  readonly task: TaskLife;
  readonly keyArn: string;
  readonly failedMs: number;
}

/** The first failure of each key that names KMS, and the first again after the key was mended or was seen to work. */
function firstFailures(life: Life): readonly KeyFailure[] {
  const ours = new Map(knownAsOurs(life).map((one) => [one.id, one]));
  const failures = keyFailures(life)
    .filter(({ task, failedMs }) => {
      const made = ours.get(task.startedBy ?? "");
      return made !== undefined && isOursToWatch(life, made, failedMs);
    })
    .toSorted((a, b) => a.failedMs - b.failedMs);
  return failures.filter(
    (one, index) =>
      !failures
        .slice(0, index)
        .some(
          (other) => other.keyArn === one.keyArn && !workedWithin(life, one.keyArn, [other.failedMs, one.failedMs]),
        ),
  );
}

/** It rolls when its task fails, and for a minute nobody deploys over it or deletes its service; a rollback of it is no other's. */
function isOursToWatch({ history }: Life, ours: DeploymentLife, failedMs: number): boolean {
  const untilMs = failedMs + NOTICED_WITHIN_MS;
  const isOver = [...history.deployments.values()].some(
    (other) =>
      other.serviceArn === ours.serviceArn &&
      other.serviceDeploymentArn !== ours.serviceDeploymentArn &&
      other.startedMs > ours.startedMs &&
      other.startedMs <= untilMs,
  );
  const isGone = (history.services.get(ours.serviceArn) ?? []).some(
    ({ fromMs, status }) => status !== "ACTIVE" && fromMs <= untilMs,
  );
  return !isOver && !isGone && ours.rolling.some(({ toMs }) => (toMs ?? Infinity) >= failedMs);
}

function keyFailures({ history }: Life): readonly KeyFailure[] {
  return [...history.tasks.values()].flatMap((task) => {
    const { kmsKeyArn: keyArn, drainedMs: failedMs, stopCode, stoppedReason } = task;
    const isKeys = stopCode === "TaskFailedToStart" && /KMS/.test(stoppedReason ?? "");
    return isKeys && keyArn !== null && failedMs !== null ? [{ task, keyArn, failedMs }] : [];
  });
}

/** Whether a task on the key came to run, or somebody mended it. */
function workedWithin({ history, notes }: Life, keyArn: string, span: readonly [number, number]): boolean {
  const [fromMs, toMs] = span;
  const ran = [...history.tasks.values()].some(
    ({ kmsKeyArn, bornMs, runningMs }) =>
      kmsKeyArn === keyArn && bornMs > fromMs && runningMs !== null && runningMs < toMs,
  );
  const isEnabledAt = (ms: number) =>
    (history.keyStates.get(keyArn) ?? []).findLast((one) => one.fromMs <= ms)?.state === "Enabled";
  const mended = notes.some(
    ({ atMs, what }) => atMs > fromMs && atMs < toMs && MENDS.test(what) && what.includes(keyArn) && isEnabledAt(atMs),
  );
  return ran || mended;
}

/** As the stage notes them; a policy that was closed mends nothing. */
const MENDS = /key-enabled|key-policy-replaced.*"policy":"open"|organisation-allows-key/;

/** Some reply in that minute showed a task of that deployment which failed so. */
function unseen(life: Life, { task, failedMs }: KeyFailure): readonly string[] {
  const alike = keyFailures(life).filter((one) => one.task.startedBy === task.startedBy);
  const arns = alike.map((one) => one.task.arn);
  const isShown = life.calls.some(
    (call) =>
      call.operation === "DescribeTasks" &&
      call.atMs >= failedMs &&
      call.atMs <= failedMs + NOTICED_WITHIN_MS &&
      isReceived(call) &&
      stoppedIn(call.output).some((arn) => arns.includes(arn)),
  );
  return isShown ? [] : [`${task.arn} could not use its key, and no look showed it within ${NOTICED_WITHIN_MS} ms`];
}

function stoppedIn(output: Life["calls"][number]["output"]): readonly string[] {
  const tasks = (output?.tasks ?? []) as { taskArn: string; stoppedReason?: string }[];
  return tasks.flatMap(({ taskArn, stoppedReason }) => (stoppedReason === undefined ? [] : [taskArn]));
}

/** What was sent later on that key, only to fail of it too, unless a person had said to go on. */
function sentAfter(life: Life, { task, keyArn, failedMs }: KeyFailure): readonly string[] {
  const lateMs = failedMs + NOTICED_WITHIN_MS;
  const goneOnMs = life.lines.flatMap(({ at, event }) =>
    event.kind === "control" && event.request === "resume" && Date.parse(at) > failedMs ? [Date.parse(at)] : [],
  );
  const ofKey = new Set(life.plan.services.filter((one) => one.targetKeyArn === keyArn).map(({ arn }) => arn));
  return updatesIn(life).flatMap((call) => {
    const serviceArn = String(call.input.service);
    if (call.atMs <= lateMs || call.atMs > Math.min(...goneOnMs, Infinity) || !ofKey.has(serviceArn)) return [];
    if (workedWithin(life, keyArn, [failedMs, call.atMs])) return [];
    const failsToo = keyFailures(life).some(
      (one) => one.task.serviceArn === serviceArn && one.task.bornMs >= call.atMs,
    );
    return failsToo
      ? [`UpdateService ${call.atMs - failedMs} ms after ${task.arn} could not use its key: ${toldOf(call)}`]
      : [];
  });
}
