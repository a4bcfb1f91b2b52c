// How far a deployment has come: its stage, the hooks of that stage, and the alarms that it watches.
// Invariants: the configuration is that of the deployment's start; a rollback has no lifecycle of its own: it goes straight back
// (hooks at the traffic shifts are not run again in a rollback here, as AWS documents that it does).

import type { DeploymentConfiguration } from "@aws-sdk/client-ecs";
import type { Service } from "../service";
import type { WorldState } from "../world-state";
import { type AlarmWatch, bakeOfAlarmsMs, newAlarmWatch } from "./alarm-watch";
import type { HookRun } from "./hook-run";
import { type PlannedStage, plannedStages, type Stage, strategyOf } from "./planned-stages";

export interface DeploymentLifecycle {
  readonly configuration: DeploymentConfiguration;
  readonly plan: readonly PlannedStage[];
  /** The index of the present stage; -1 before the scheduler first looked. */
  at: number;
  enteredAtMs: number;
  /** It stays in its stage until then, whatever else is done. */
  notBeforeMs: number;
  /** Of the present stage. */
  hooks: HookRun[];
  /** Null when no alarms are configured. */
  readonly alarms: AlarmWatch | null;
  /** End of the bake after which early success is told; null while its share of tasks is not healthy. */
  earlySuccessAtMs: number | null;
}

export function newLifecycle(
  world: WorldState,
  service: Service,
  { reconciles }: { readonly reconciles: boolean },
): DeploymentLifecycle {
  const configuration = service.deploymentConfiguration;
  const alarms = newAlarmWatch(world, service);
  return {
    configuration,
    plan: plannedStages({ configuration, reconciles, bakeMs: bakeMs(service, alarms) }),
    at: -1,
    enteredAtMs: world.nowMs,
    notBeforeMs: world.nowMs,
    hooks: [],
    alarms,
    earlySuccessAtMs: null,
  };
}

/** That of a deployment which was under way before the simulation: it launches its tasks already. */
export function lifecycleUnderWay(world: WorldState, service: Service): DeploymentLifecycle {
  const lifecycle = newLifecycle(world, service, { reconciles: false });
  lifecycle.at = lifecycle.plan.findIndex(({ stage }) => stage === "SCALE_UP");
  return lifecycle;
}

export function presentStage({ plan, at }: DeploymentLifecycle): PlannedStage | null {
  return plan[at] ?? null;
}

export function hasReached({ plan, at }: DeploymentLifecycle, wanted: Stage): boolean {
  return plan.slice(0, at + 1).some(({ stage }) => stage === wanted);
}

export function isShifting(configuration: DeploymentConfiguration): boolean {
  return strategyOf(configuration) !== "ROLLING";
}

/** Of the whole, told in the configuration; while alarms are watched, ECS computes one when none is told (documented). */
function bakeMs({ deploymentConfiguration, cluster }: Service, alarms: AlarmWatch | null): number {
  const told = deploymentConfiguration.bakeTimeInMinutes;
  if (told !== undefined) return told * 60_000;
  return alarms?.monitored === true ? bakeOfAlarmsMs(cluster.lane, alarms.names) : 0;
}
