// What a deployment configuration must be: its hooks, steps, bake times and its early success.
// Sources: ECS API reference (documented: DeploymentLifecycleHook, LinearConfiguration, CanaryConfiguration,
// DeploymentEarlySuccessCriteria) and "Pause hooks …", developer guide (documented: 10 of each kind, the time limits, the two
// stages that take no pause). The texts are inferred.

import type { DeploymentConfiguration, DeploymentLifecycleHook } from "@aws-sdk/client-ecs";
import { strategyOf } from "./planned-stages";

const HOOKS_MAX = 10;
const DAY_MINUTES = 1_440;
const PAUSE_MINUTES_MAX = 20_160;

/** What is wrong with it, as a sentence; null when nothing is. */
export function deploymentConfigurationProblem(configuration: DeploymentConfiguration): string | null {
  return hooksProblem(configuration) ?? shiftProblem(configuration) ?? earlySuccessProblem(configuration);
}

function hooksProblem({ lifecycleHooks = [] }: DeploymentConfiguration): string | null {
  const pauses = lifecycleHooks.filter(isPause).length;
  if (Math.max(pauses, lifecycleHooks.length - pauses) > HOOKS_MAX) {
    return `A service can have at most ${HOOKS_MAX} lifecycle hooks of each type.`;
  }
  return lifecycleHooks.map(hookProblem).find((problem) => problem !== null) ?? null;
}

function hookProblem(hook: DeploymentLifecycleHook): string | null {
  const { hookTargetArn, lifecycleStages = [], timeoutConfiguration } = hook;
  if (lifecycleStages.length === 0) return "A lifecycle hook needs lifecycleStages.";
  const shift = lifecycleStages.find((stage) => stage === "TEST_TRAFFIC_SHIFT" || stage === "PRODUCTION_TRAFFIC_SHIFT");
  if (isPause(hook) && shift !== undefined) return `PAUSE hooks cannot be configured at ${shift}.`;
  if (!isPause(hook) && hookTargetArn === undefined)
    return "A lifecycle hook of type AWS_LAMBDA needs a hookTargetArn.";
  const most = isPause(hook) ? PAUSE_MINUTES_MAX : DAY_MINUTES;
  return outside("timeoutInMinutes", timeoutConfiguration?.timeoutInMinutes, { from: 1, to: most });
}

function shiftProblem(configuration: DeploymentConfiguration): string | null {
  const { bakeTimeInMinutes, canaryConfiguration: canary, linearConfiguration: linear } = configuration;
  const day = { from: 0, to: DAY_MINUTES };
  const strategy = strategyOf(configuration);
  if (linear !== undefined && strategy !== "LINEAR")
    return "linearConfiguration is only valid with the strategy LINEAR.";
  if (canary !== undefined && strategy !== "CANARY")
    return "canaryConfiguration is only valid with the strategy CANARY.";
  return (
    outside("bakeTimeInMinutes", bakeTimeInMinutes, day) ??
    outside("stepPercent", linear?.stepPercent, { from: 3, to: 100 }) ??
    outside("stepBakeTimeInMinutes", linear?.stepBakeTimeInMinutes, day) ??
    outside("canaryPercent", canary?.canaryPercent, { from: 0.1, to: 100 }) ??
    outside("canaryBakeTimeInMinutes", canary?.canaryBakeTimeInMinutes, day)
  );
}

function earlySuccessProblem({ earlySuccessCriteria, minimumHealthyPercent }: DeploymentConfiguration): string | null {
  const { enable, healthyPercent, sourceServiceRevisionCleanup } = earlySuccessCriteria ?? {};
  if (enable !== true) return null;
  if (healthyPercent === undefined || sourceServiceRevisionCleanup === undefined) {
    return "earlySuccessCriteria needs healthyPercent and sourceServiceRevisionCleanup when it is enabled.";
  }
  return outside("healthyPercent", healthyPercent, { from: minimumHealthyPercent ?? 100, to: 100 });
}

function outside(
  name: string,
  value: number | undefined,
  { from, to }: { readonly from: number; readonly to: number },
): string | null {
  if (value === undefined || (value >= from && value <= to)) return null;
  return `${name} must be between ${from} and ${to}, found ${value}.`;
}

function isPause({ targetType }: DeploymentLifecycleHook): boolean {
  return targetType === "PAUSE";
}
