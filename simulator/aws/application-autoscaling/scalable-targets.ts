// RegisterScalableTarget, DescribeScalableTargets, DeregisterScalableTarget, for services of Amazon ECS.
// Sources: Application Auto Scaling API reference (documented: both bounds at the first registration, what is left out stays,
// a running service is brought inside the bounds, 50 a page, ObjectNotFoundException); texts, and that the service must exist,
// are reported.
// Invariant: nothing else than these calls and the deletion of the service changes a target.

import type {
  DeregisterScalableTargetRequest,
  DescribeScalableTargetsRequest,
  RegisterScalableTargetRequest,
  ScalableTarget as SdkScalableTarget,
} from "@aws-sdk/client-application-auto-scaling";
import { applicationAutoScalingArn } from "../../world/arns";
import { AwsError } from "../../world/aws-error";
import { autoscaleTo } from "../../world/desired-count";
import type { Lane } from "../../world/lane";
import { NOTHING_SUSPENDED, type ScalableTarget } from "../../world/scalable-target";
import type { Service } from "../../world/service";
import { nextSequence } from "../../world/world-state";
import { instant } from "../instant";
import { numberedPage } from "../numbered-page";
import type { Context } from "../operation";

const NAMESPACE = "ecs";
const DIMENSION = "ecs:service:DesiredCount";
const PAGE = {
  standard: 50,
  most: 50,
  codes: { size: "ValidationException", token: "InvalidNextTokenException" },
};

export function registerScalableTarget(context: Context, input: RegisterScalableTargetRequest) {
  const { world, lane } = context;
  requireEcs(input);
  const resourceId = input.ResourceId ?? "";
  const service = requireService(lane, resourceId);
  const known = lane.scalableTargets.get(resourceId);
  const minCapacity = input.MinCapacity ?? known?.minCapacity;
  const maxCapacity = input.MaxCapacity ?? known?.maxCapacity;
  if (minCapacity === undefined || maxCapacity === undefined) {
    throw invalid("MinCapacity and MaxCapacity are required when a scalable target is registered.");
  }
  if (minCapacity < 0 || minCapacity > maxCapacity) {
    throw invalid(`Maximum capacity ${maxCapacity} cannot be less than minimum capacity ${minCapacity}.`);
  }
  const target = known ?? newTarget(context, resourceId);
  const suspendedState = { ...target.suspendedState, ...input.SuspendedState };
  lane.scalableTargets.set(resourceId, Object.assign(target, { minCapacity, maxCapacity, suspendedState }));
  const within = Math.min(Math.max(service.desiredCount, minCapacity), maxCapacity);
  if (within !== service.desiredCount) autoscaleTo(world, service, within);
  return { ScalableTargetARN: target.arn };
}

export function describeScalableTargets({ lane }: Context, input: DescribeScalableTargetsRequest) {
  const { ServiceNamespace, ResourceIds, ScalableDimension, MaxResults: asked, NextToken: token } = input;
  if (ScalableDimension !== undefined && ResourceIds === undefined) {
    throw invalid("ScalableDimension needs ResourceIds.");
  }
  const hasDimension = ServiceNamespace === NAMESPACE && (ScalableDimension ?? DIMENSION) === DIMENSION;
  const wanted = [...lane.scalableTargets.values()].filter(
    ({ resourceId }) => hasDimension && (ResourceIds === undefined || ResourceIds.includes(resourceId)),
  );
  const question = JSON.stringify([ServiceNamespace, ResourceIds, ScalableDimension]);
  const page = numberedPage(wanted, { ...PAGE, question, token, asked });
  return { ScalableTargets: page.items.map((target) => view(lane, target)), NextToken: page.nextToken };
}

export function deregisterScalableTarget({ lane }: Context, input: DeregisterScalableTargetRequest) {
  requireEcs(input);
  if (lane.scalableTargets.delete(input.ResourceId ?? "")) return {};
  throw new AwsError(
    "ObjectNotFoundException",
    `No scalable target found for service namespace: ${NAMESPACE}, resource ID: ${input.ResourceId}, scalable dimension: ${DIMENSION}`,
  );
}

function requireEcs(input: {
  readonly ServiceNamespace?: string | undefined;
  readonly ScalableDimension?: string | undefined;
}) {
  if (input.ServiceNamespace === NAMESPACE && input.ScalableDimension === DIMENSION) return;
  throw invalid("The simulator models scalable targets for the desired count of Amazon ECS services only.");
}

function requireService(lane: Lane, resourceId: string): Service {
  const [type, clusterName = "", serviceName = ""] = resourceId.split("/");
  const service = type === "service" ? lane.clusters.get(clusterName)?.services.get(serviceName) : undefined;
  if (service !== undefined && service.status === "ACTIVE") return service;
  throw invalid(`ECS service doesn't exist: ${resourceId}`);
}

function newTarget({ world, lane }: Context, resourceId: string): ScalableTarget {
  return {
    sequence: nextSequence(world),
    arn: applicationAutoScalingArn(lane, `scalable-target/${world.identifiers.scalableTargetId()}`),
    resourceId,
    minCapacity: 0,
    maxCapacity: 0,
    createdAtMs: world.nowMs,
    suspendedState: NOTHING_SUSPENDED,
  };
}

function view({ partition, account }: Lane, target: ScalableTarget): SdkScalableTarget {
  const role = "ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService";
  return {
    ServiceNamespace: NAMESPACE,
    ResourceId: target.resourceId,
    ScalableDimension: DIMENSION,
    MinCapacity: target.minCapacity,
    MaxCapacity: target.maxCapacity,
    RoleARN: `arn:${partition}:iam::${account}:role/aws-service-role/${role}`,
    CreationTime: instant(target.createdAtMs),
    SuspendedState: { ...target.suspendedState },
    ScalableTargetARN: target.arn,
  };
}

function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
