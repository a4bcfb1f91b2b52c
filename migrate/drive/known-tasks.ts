// What is known of a cluster's tasks before a list is asked for: how many it will show, and whose some of them are.
// Invariant: expectations decide what is asked, never what is true.

import type { TaskRecord } from "../../domain/fleet";
import { groupBy } from "../core/group-by";
import { plannedOrFail, type RunContext } from "./run-context";

export interface ClusterTasks {
  /** Tasks that the scan saw there. */
  readonly running: number;
  /** Tasks that a list of stopped ones still shows: those of services that were redeployed within the last hour. */
  readonly stoppedOfLate: number;
  /** Task ARN → ARN of its service when the plan has it, else what AWS calls its group. */
  readonly owners: ReadonlyMap<string, string>;
}

/** AWS shows a stopped task for an hour (documented); a rollout takes its time before its old tasks have stopped. */
const LATE_MS = 90 * 60_000;

export function clusterTasks({ fleet, plan, recorder, clock }: RunContext, clusterArn: string): ClusterTasks {
  const planned = plan.services.filter((one) => one.clusterArn === clusterArn);
  const byName = new Map(planned.map(({ name, arn }) => [`service:${name}`, arn]));
  const scanned = tasksByCluster(fleet.tasks).get(clusterArn) ?? [];
  const owners = new Map<string, string>();
  for (const { arn, group } of scanned) if (group !== null) owners.set(arn, byName.get(group) ?? group);
  let stoppedOfLate = 0;
  for (const { arn, tasks } of planned) {
    const run = recorder.state.services.get(arn);
    if (run?.intendedAtMs != null && clock.nowMs() - run.intendedAtMs < LATE_MS) stoppedOfLate += tasks;
    for (const task of run?.oldTasks ?? []) owners.set(task, arn);
    for (const { taskArn } of run?.proof?.tasks ?? []) owners.set(taskArn, arn);
  }
  return { running: scanned.length, stoppedOfLate, owners };
}

/** ARNs of the tasks of a planned service that the scan saw, draining ones too. */
export function scannedTasksOf({ fleet, plan }: RunContext, service: string): readonly string[] {
  const { clusterArn, name } = plannedOrFail(plan, service);
  const scanned = tasksByCluster(fleet.tasks).get(clusterArn) ?? [];
  return scanned.filter(({ group }) => group === `service:${name}`).map(({ arn }) => arn);
}

const grouped = new WeakMap<readonly TaskRecord[], ReadonlyMap<string, readonly TaskRecord[]>>();

/** A fleet never changes, and a run asks for every look. */
function tasksByCluster(tasks: readonly TaskRecord[]): ReadonlyMap<string, readonly TaskRecord[]> {
  const known = grouped.get(tasks) ?? groupBy(tasks, ({ clusterArn }) => clusterArn);
  grouped.set(tasks, known);
  return known;
}
