// Lifecycle hooks and strategies as the fleet builder is told them, and what the simulator makes of them.
// Invariant: what AWS would refuse is refused here, with AWS's limits.

import type { DeploymentConfiguration, DeploymentLifecycleHook } from "@aws-sdk/client-ecs";
import { deploymentConfigurationProblem } from "../world/lifecycle/deployment-rules";
import type { ServiceDraft } from "./drafts";
import { FleetProblem } from "./fleet-problem";

export interface HookDraft {
  /** A pause waits for ContinueServiceDeployment, a function answers by itself. */
  readonly kind: "pause" | "lambda";
  readonly stage: NonNullable<DeploymentLifecycleHook["lifecycleStages"]>[number];
  /** Default 1440. */
  readonly timeoutMinutes?: number;
  /** Default ROLLBACK. */
  readonly onTimeout?: "CONTINUE" | "ROLLBACK";
}

export type StrategyDraft =
  | { readonly kind: "ROLLING" | "BLUE_GREEN" }
  | { readonly kind: "LINEAR"; readonly stepPercent: number; readonly stepBakeMinutes: number }
  | { readonly kind: "CANARY"; readonly percent: number; readonly bakeMinutes: number };

export function hooksOf(drafts: readonly HookDraft[]): readonly DeploymentLifecycleHook[] {
  return drafts.map(({ kind, stage, timeoutMinutes, onTimeout }) => ({
    ...(kind === "pause" ? { targetType: "PAUSE" as const } : LAMBDA),
    lifecycleStages: [stage],
    timeoutConfiguration: {
      ...(timeoutMinutes === undefined ? {} : { timeoutInMinutes: timeoutMinutes }),
      ...(onTimeout === undefined ? {} : { action: onTimeout }),
    },
  }));
}

/** What a scan does not tell of its deployments; null when it tells all. */
export function untoldDeployment(draft: ServiceDraft): Partial<DeploymentConfiguration> | null {
  const { hooks, strategy } = draft;
  const untold: Partial<DeploymentConfiguration> = {
    ...(hooks.length === 0 ? {} : { lifecycleHooks: [...hooks] }),
    ...stepsOf(strategy),
  };
  const problem = deploymentConfigurationProblem({ strategy: strategy.kind, ...untold });
  if (problem !== null)
    throw new FleetProblem(`service "${draft.cluster}/${draft.name}": ${problem}`, "tell it otherwise");
  return Object.keys(untold).length === 0 ? null : untold;
}

function stepsOf(strategy: StrategyDraft): Partial<DeploymentConfiguration> {
  switch (strategy.kind) {
    case "ROLLING":
    case "BLUE_GREEN":
      return {};
    case "LINEAR": {
      const { stepPercent, stepBakeMinutes } = strategy;
      return { linearConfiguration: { stepPercent, stepBakeTimeInMinutes: stepBakeMinutes } };
    }
    case "CANARY": {
      const { percent, bakeMinutes } = strategy;
      return { canaryConfiguration: { canaryPercent: percent, canaryBakeTimeInMinutes: bakeMinutes } };
    }
  }
}

const LAMBDA = {
  targetType: "AWS_LAMBDA",
  hookTargetArn: "arn:aws:lambda:eu-west-1:111122223333:function:check-deployment",
  roleArn: "arn:aws:iam::111122223333:role/ecsHooks",
} as const;
