// The wire shape of a scalable target, mapped to ours.
// Source: RegisterScalableTarget, Application Auto Scaling API reference (documented): an ECS service is `service/CLUSTER/SERVICE`.

import type { ScalableTarget as WireTarget } from "@aws-sdk/client-application-auto-scaling";
import type { ScalableTarget } from "../../../domain/fleet-surroundings";

/** Null for what is no service's desired count. */
export function toScalableTarget(target: WireTarget): ScalableTarget | null {
  const [kind, clusterName = "", serviceName = "", ...rest] = (target.ResourceId ?? "").split("/");
  const { ScalableDimension: dimension = DESIRED_COUNT, MinCapacity: minCapacity, MaxCapacity: maxCapacity } = target;
  if (kind !== "service" || dimension !== DESIRED_COUNT || rest.length > 0) return null;
  if (clusterName === "" || serviceName === "" || minCapacity === undefined || maxCapacity === undefined) return null;
  return { clusterName, serviceName, minCapacity, maxCapacity };
}

const DESIRED_COUNT = "ecs:service:DesiredCount";
