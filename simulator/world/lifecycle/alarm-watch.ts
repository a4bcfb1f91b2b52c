// The CloudWatch alarms that fail a deployment while it is under way, its bake included.
// Sources: "How CloudWatch alarms detect Amazon ECS deployment failures", ECS developer guide (documented: an alarm in ALARM at
// the beginning turns the watch off for the whole deployment; ECS computes the bake from the alarms, in less than 5 minutes; a
// told bake time holds for rolling deployments too); that it watches once a new task runs: AWS containers blog (reported); how
// the bake is computed is inferred.
// Invariant: an alarm that was seen in ALARM stays among the triggered ones, even when it clears.

import { type Alarm, alarmStateAt } from "../alarm";
import type { Lane } from "../lane";
import type { Deployment } from "../launch-unit";
import { wakeSoon } from "../scheduler-wake";
import type { Service } from "../service";
import { touch, type WorldState } from "../world-state";

export interface AlarmWatch {
  readonly names: readonly string[];
  /** False when the alarms are not enabled, or when one fired as the deployment began. */
  readonly monitored: boolean;
  triggered: readonly string[];
}

const BAKE_MAX_MS = 5 * 60_000 - 1_000;
/** For alarms whose definition is not known, as a scan sees only their names and states. */
const UNKNOWN_BAKE_MS = 3 * 60_000;

export function newAlarmWatch(world: WorldState, service: Service): AlarmWatch | null {
  const alarms = service.deploymentConfiguration.alarms;
  const names = alarms?.alarmNames ?? [];
  if (names.length === 0) return null;
  const firing = firingOf(world, service.cluster.lane, names);
  return { names, monitored: alarms?.enable === true && firing.length === 0, triggered: [] };
}

/** Notes which of its alarms fire, once it has a running task. */
export function lookAtAlarms(world: WorldState, { lifecycle, counts, service, serviceDeployment }: Deployment): void {
  const watch = lifecycle?.alarms ?? null;
  if (watch === null || !watch.monitored || counts.running === 0) return;
  const firing = firingOf(world, service.cluster.lane, watch.names);
  const triggered = watch.names.filter((name) => firing.includes(name) || watch.triggered.includes(name));
  if (triggered.length === watch.triggered.length) return;
  watch.triggered = triggered;
  if (serviceDeployment !== null) touch(world, serviceDeployment);
}

/** Lets the deployments that watch an alarm see its new state, as ECS does by asking again and again. */
export function tellAlarmChange(world: WorldState, lane: Lane, name: string): void {
  for (const cluster of lane.clusters.values()) {
    for (const service of cluster.services.values()) {
      const [primary] = service.deployments;
      if (primary?.rolloutState !== "IN_PROGRESS" || primary.lifecycle?.alarms?.names.includes(name) !== true) continue;
      lookAtAlarms(world, primary);
      wakeSoon(world, service);
    }
  }
}

/** As long as the slowest alarm needs to judge. */
export function bakeOfAlarmsMs(lane: Lane, names: readonly string[]): number {
  return Math.min(BAKE_MAX_MS, Math.max(...names.map((name) => judgingMs(lane.alarms.get(name)))));
}

function judgingMs(alarm: Alarm | undefined): number {
  const { Period: seconds, EvaluationPeriods: periods } = alarm?.definition ?? {};
  return typeof seconds === "number" && typeof periods === "number" ? seconds * periods * 1_000 : UNKNOWN_BAKE_MS;
}

function firingOf(world: WorldState, lane: Lane, names: readonly string[]): readonly string[] {
  return names.filter((name) => {
    const alarm = lane.alarms.get(name);
    return alarm !== undefined && alarmStateAt(alarm, world.nowMs).value === "ALARM";
  });
}
