// What Application Auto Scaling may make of the desired counts of services: DescribeScalableTargets.
//
// Invariants
//   the whole of the ECS namespace is asked for: a scalable dimension may only be given together with resource ids (documented)
//   a target that names no service as ECS does (`service/CLUSTER/SERVICE`, documented) is none of ours and passed over

import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  type ScalableTarget as WireTarget,
} from "@aws-sdk/client-application-auto-scaling";
import { PAGE_SIZES } from "../../../../domain/api-quotas";
import type { ScalableTarget } from "../../../../domain/fleet-surroundings";
import { toScalableTarget } from "../to-scalable-target";
import { walkPages } from "../walk-pages";
import type { SurroundingsOptions } from "./surroundings-adapter";

export async function scalableTargets({ clientOf, send }: SurroundingsOptions): Promise<readonly ScalableTarget[]> {
  const client = clientOf(ApplicationAutoScalingClient);
  const all: readonly WireTarget[] = await walkPages({
    operation: "application-autoscaling:DescribeScalableTargets",
    page: async ({ nextToken }) => {
      const command = new DescribeScalableTargetsCommand({
        ServiceNamespace: "ecs",
        MaxResults: PAGE_SIZES.describeScalableTargets.most,
        ...(nextToken === undefined ? {} : { NextToken: nextToken }),
      });
      const reply = await send(DESCRIBE, (options) => client.send(command, options));
      return { items: reply.ScalableTargets ?? [], nextToken: reply.NextToken };
    },
  });
  return all.flatMap((target) => toScalableTarget(target) ?? []);
}

const DESCRIBE = { service: "application-autoscaling", operation: "DescribeScalableTargets" } as const;
