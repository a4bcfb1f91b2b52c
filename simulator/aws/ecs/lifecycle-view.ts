// What DescribeServiceDeployments shows of the lifecycle of a deployment: its stage, its hooks, its traffic and its alarms.
// Source: ServiceDeployment, ServiceDeploymentAlarms and DeploymentLifecycleHookDetail, ECS API reference (documented). That a
// rolling deployment shows a stage only when it has hooks, and that the hooks shown are those of the present stage, is inferred.

import type {
  DeploymentLifecycleHookDetail,
  ServiceDeployment as SdkServiceDeployment,
  ServiceDeploymentAlarms,
  ServiceDeploymentLifecycleStage,
} from "@aws-sdk/client-ecs";
import { isShifting, presentStage } from "../../world/lifecycle/deployment-lifecycle";
import type { HookRun } from "../../world/lifecycle/hook-run";
import { isFinal, type ServiceDeployment } from "../../world/service-deployment";
import { instant } from "../instant";
import { withoutUndefined } from "../operation";

export function lifecycleView(deployment: ServiceDeployment): Partial<SdkServiceDeployment> {
  const { lifecycle } = deployment;
  const alarms = { alarms: alarmsView(deployment) };
  const stage = lifecycle === null ? null : presentStage(lifecycle);
  if (lifecycle === null || stage === null) return alarms;
  const { configuration, hooks } = lifecycle;
  if (!isShifting(configuration) && (configuration.lifecycleHooks ?? []).length === 0) return alarms;
  const isOver = isFinal(deployment.status);
  return {
    ...alarms,
    // The page of ServiceDeployment lists PRE_PRODUCTION_TRAFFIC_SHIFT, the enumeration of the SDK does not.
    lifecycleStage: stage.stage as ServiceDeploymentLifecycleStage,
    ...(isOver || hooks.length === 0 ? {} : { lifecycleHookDetails: hooks.map(hookView) }),
  };
}

/** Percent of the traffic that goes to the revision which is deployed, or to the ones it replaces. */
export function trafficView({ lifecycle, rollback }: ServiceDeployment, side: "source" | "target") {
  if (lifecycle === null || !isShifting(lifecycle.configuration)) return {};
  const { productionPercent = 0, testPercent = 0 } = (rollback === null ? presentStage(lifecycle) : null) ?? {};
  const share = (percent: number): number => (side === "target" ? percent : Math.round((100 - percent) * 10) / 10);
  return {
    requestedProductionTrafficWeight: share(productionPercent),
    requestedTestTrafficWeight: share(testPercent),
  };
}

function hookView({ id, targetType, targetArn, status, expiresAtMs, timeoutAction }: HookRun) {
  return withoutUndefined<DeploymentLifecycleHookDetail>({
    hookId: id,
    targetType,
    targetArn: targetArn ?? undefined,
    status,
    expiresAt: instant(expiresAtMs),
    timeoutAction,
  });
}

function alarmsView({ lifecycle, status }: ServiceDeployment): ServiceDeploymentAlarms {
  const watch = lifecycle?.alarms ?? null;
  if (watch === null) return { status: "DISABLED" };
  const alarmNames = [...watch.names];
  if (!watch.monitored) return { status: "DISABLED", alarmNames };
  const watched = isFinal(status) ? ("MONITORING_COMPLETE" as const) : ("MONITORING" as const);
  const triggered = watch.triggered.length > 0;
  return {
    status: triggered ? "TRIGGERED" : watched,
    alarmNames,
    ...(triggered ? { triggeredAlarmNames: [...watch.triggered] } : {}),
  };
}
