// What is known of a cluster's tasks before a list is asked for: how many it will show, and whose some of them are.
// Invariant: expectations decide what is asked, never what is true.

import type { TaskRecord } from "../../domain/fleet";
import { groupBy } from "../core/group-by";
import { plannedOrFail, type RunContext } from "./run-context";

/** AWS shows a stopped task for an hour (documented); a rollout takes its time before its old tasks have stopped. */
const LATE_MS = 90 * 60_000;

/**
 * How many tasks a list of the cluster will show: of those that shall run as many as the scan saw there, of stopped ones those of
 * services that were redeployed within the last hour.
 */
export function expectedTasks(
  { fleet, plan, recorder, clock }: RunContext,
  clusterArn: string,
  desiredStatus: "RUNNING" | "STOPPED",
): number {
  if (desiredStatus === "RUNNING") return tasksByCluster(fleet.tasks).get(clusterArn)?.length ?? 0;
  const nowMs = clock.nowMs();
  return plan.services.reduce((sum, planned) => {
    const intendedAtMs = recorder.state.services.get(planned.arn)?.intendedAtMs ?? null;
    const isOfLate = planned.clusterArn === clusterArn && intendedAtMs !== null && nowMs - intendedAtMs < LATE_MS;
    return sum + (isOfLate ? planned.tasks : 0);
  }, 0);
}

/** Task ARN → ARN of its service when the plan has it, else what AWS calls its group. */
export function taskOwners({ fleet, plan, recorder }: RunContext, clusterArn: string): ReadonlyMap<string, string> {
  const planned = plan.services.filter((one) => one.clusterArn === clusterArn);
  const byName = new Map(planned.map(({ name, arn }) => [`service:${name}`, arn]));
  const owners = new Map<string, string>();
  for (const { arn, group } of tasksByCluster(fleet.tasks).get(clusterArn) ?? [])
    if (group !== null) owners.set(arn, byName.get(group) ?? group);
  for (const { arn } of planned) {
    const run = recorder.state.services.get(arn);
    for (const task of run?.oldTasks ?? []) owners.set(task, arn);
    for (const { taskArn } of run?.proof?.tasks ?? []) owners.set(taskArn, arn);
  }
  return owners;
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
