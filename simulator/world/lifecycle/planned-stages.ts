// The lifecycle stages that a deployment passes, in their order, with what each does to the traffic and how long it waits.
// Sources: ServiceDeployment.lifecycleStage, ECS API reference, and "Amazon ECS linear deployments", developer guide
// (documented: the stages, that the new revision scales up to 100 % before any traffic moves, the steps and their bake, that the
// last step has none). That pause hooks work with rolling deployments is announced (May 2026); which stages those pass is not
// said: here the ones that shift no traffic (I).
// Invariants: the last stage is CLEAN_UP; production traffic never goes back from one stage to the next.

import type { DeploymentConfiguration, DeploymentStrategy, ServiceDeploymentLifecycleStage } from "@aws-sdk/client-ecs";

/** The enumeration of the SDK lacks a stage that the API reference lists. */
export type Stage = ServiceDeploymentLifecycleStage | "PRE_PRODUCTION_TRAFFIC_SHIFT";

export interface PlannedStage {
  readonly stage: Stage;
  /** Percent of the production traffic that the new revision gets from here on. */
  readonly productionPercent: number;
  /** Percent of the test traffic that the new revision gets from here on. */
  readonly testPercent: number;
  /** How long the deployment stays for observation: the bake of a step, or of the whole. */
  readonly bakeMs: number;
}

export interface StagePlan {
  readonly configuration: DeploymentConfiguration;
  /** Whether more than one revision was ACTIVE when the deployment started. */
  readonly reconciles: boolean;
  readonly bakeMs: number;
}

const MINUTE_MS = 60_000;
const STEP_PERCENT_DEFAULT = 10;
const STEP_BAKE_MINUTES_DEFAULT = 6;
const CANARY_PERCENT_DEFAULT = 5;
const CANARY_BAKE_MINUTES_DEFAULT = 10;

export function plannedStages({ configuration, reconciles, bakeMs }: StagePlan): readonly PlannedStage[] {
  const begin: readonly Stage[] = reconciles ? ["RECONCILE_SERVICE"] : [];
  const scaling = [...begin, "PRE_SCALE_UP", "SCALE_UP", "POST_SCALE_UP"] as const;
  const end = [quiet("BAKE_TIME", 100, bakeMs), quiet("CLEAN_UP", 100)];
  if (strategyOf(configuration) === "ROLLING") return [...scaling.map((stage) => quiet(stage, 0)), ...end];
  return [
    ...scaling.map((stage) => quiet(stage, 0)),
    tested("TEST_TRAFFIC_SHIFT", 0),
    tested("POST_TEST_TRAFFIC_SHIFT", 0),
    ...trafficShifts(configuration),
    quiet("POST_PRODUCTION_TRAFFIC_SHIFT", 100),
    ...end,
  ];
}

export function strategyOf({ strategy }: DeploymentConfiguration): DeploymentStrategy {
  return strategy ?? "ROLLING";
}

/** Two stages for each step, as the hooks of both are run at every step (documented). */
function trafficShifts(configuration: DeploymentConfiguration): readonly PlannedStage[] {
  const steps = trafficSteps(configuration);
  return steps.percents.flatMap((percent, index) => [
    tested("PRE_PRODUCTION_TRAFFIC_SHIFT", steps.percents[index - 1] ?? 0),
    { ...tested("PRODUCTION_TRAFFIC_SHIFT", percent), bakeMs: percent === 100 ? 0 : steps.bakeMs },
  ]);
}

function trafficSteps(configuration: DeploymentConfiguration): { percents: readonly number[]; bakeMs: number } {
  switch (strategyOf(configuration)) {
    case "ROLLING":
    case "BLUE_GREEN":
      return { percents: [100], bakeMs: 0 };
    case "LINEAR": {
      const { stepPercent = STEP_PERCENT_DEFAULT, stepBakeTimeInMinutes = STEP_BAKE_MINUTES_DEFAULT } =
        configuration.linearConfiguration ?? {};
      const steps = Math.ceil(100 / stepPercent);
      const percents = Array.from({ length: steps }, (_, index) => tenths(Math.min(100, stepPercent * (index + 1))));
      return { percents, bakeMs: stepBakeTimeInMinutes * MINUTE_MS };
    }
    case "CANARY": {
      const { canaryPercent = CANARY_PERCENT_DEFAULT, canaryBakeTimeInMinutes = CANARY_BAKE_MINUTES_DEFAULT } =
        configuration.canaryConfiguration ?? {};
      const percents = canaryPercent < 100 ? [canaryPercent, 100] : [100];
      return { percents, bakeMs: canaryBakeTimeInMinutes * MINUTE_MS };
    }
  }
}

function quiet(stage: Stage, productionPercent: number, bakeMs = 0): PlannedStage {
  return { stage, productionPercent, testPercent: 0, bakeMs };
}

function tested(stage: Stage, productionPercent: number): PlannedStage {
  return { stage, productionPercent, testPercent: 100, bakeMs: 0 };
}

function tenths(percent: number): number {
  return Math.round(percent * 10) / 10;
}
