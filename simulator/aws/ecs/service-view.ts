// A service as DescribeServices shows it, tags included; callers get tags only when they asked.
// Sources: Service and Deployment, ECS API reference (documented: launchType is left out when a capacity provider strategy is
// used; rolloutState is for the ECS controller); that `currentServiceDeployment` may be blank at first is reported.
// Invariant: an empty networkConfiguration is never shown.

import type { Deployment as SdkDeployment, Service as SdkService } from "@aws-sdk/client-ecs";
import type { Deployment } from "../../world/launch-unit";
import type { Service } from "../../world/service";
import { unitsOf } from "../../world/service-deletion";
import type { WorldState } from "../../world/world-state";
import { instant } from "../instant";
import { withoutUndefined } from "../operation";
import { tagList } from "../tags";
import { platformFamilyOf } from "./platform-family";
import { specView } from "./spec-view";
import { taskSetView } from "./task-set-view";

export function serviceView(world: WorldState, service: Service): SdkService {
  const units = unitsOf(service);
  const { settings } = service;
  const external = service.controller === "EXTERNAL";
  // Volumes, Service Connect and VPC Lattice are shown with the deployments only.
  const {
    volumeConfigurations: _,
    serviceConnectConfiguration: __,
    vpcLatticeConfigurations: ___,
    ...spec
  } = specView(service.spec);
  return withoutUndefined({
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: service.cluster.arn,
    status: service.status,
    desiredCount: service.desiredCount,
    runningCount: units.reduce((sum, unit) => sum + unit.counts.running, 0),
    pendingCount: units.reduce((sum, unit) => sum + unit.counts.pending, 0),
    ...spec,
    ...(external ? { launchType: "EC2" as const } : {}),
    platformFamily: platformFamilyOf(service.cluster.lane, service.spec),
    deploymentConfiguration: service.deploymentConfiguration,
    ...(service.controller === "ECS" ? {} : { taskSets: service.taskSets.map(taskSetView) }),
    deployments: service.deployments.map((deployment) => deploymentView(deployment)),
    events: service.events.map((event) => ({ id: event.id, createdAt: instant(event.atMs), message: event.message })),
    createdAt: instant(service.createdAtMs),
    createdBy: service.createdBy ?? undefined,
    ...currentView(world, service),
    placementConstraints: [...settings.placementConstraints],
    placementStrategy: [...settings.placementStrategy],
    healthCheckGracePeriodSeconds: settings.healthCheckGracePeriodSeconds,
    schedulingStrategy: service.schedulingStrategy,
    deploymentController: { type: service.controller },
    tags: tagList(service.tags),
    enableECSManagedTags: settings.enableECSManagedTags,
    propagateTags: settings.propagateTags as NonNullable<SdkService["propagateTags"]>,
    enableExecuteCommand: settings.enableExecuteCommand,
    availabilityZoneRebalancing: settings.availabilityZoneRebalancing,
    resourceManagementType: service.resourceManagementType,
  });
}

function deploymentView(deployment: Deployment): SdkDeployment {
  const { service, revision, counts } = deployment;
  const { loadBalancers: _, serviceRegistries: __, ...spec } = specView(revision.spec);
  return withoutUndefined({
    id: deployment.id,
    status: deployment.status,
    desiredCount: deployment.status === "PRIMARY" ? service.desiredCount : deployment.target,
    pendingCount: counts.pending,
    runningCount: counts.running,
    failedTasks: deployment.failedTasks,
    createdAt: instant(deployment.createdAtMs),
    updatedAt: instant(deployment.updatedAtMs),
    ...spec,
    platformFamily: platformFamilyOf(service.cluster.lane, revision.spec),
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutStateReason,
    fargateEphemeralStorage: revision.kmsKeyArn === null ? undefined : { kmsKeyId: revision.kmsKeyArn },
  });
}

function currentView(world: WorldState, service: Service): Partial<SdkService> {
  const listed = service.deployments.filter((deployment) => deployment.revision.listed);
  const current = service.currentServiceDeployment;
  return {
    ...(current === null ? {} : { currentServiceDeployment: world.nowMs < service.blankUntilMs ? "" : current.arn }),
    ...(listed.length === 0
      ? {}
      : {
          currentServiceRevisions: listed.map((deployment) => ({
            arn: deployment.revision.arn,
            requestedTaskCount: deployment.status === "PRIMARY" ? service.desiredCount : deployment.target,
            runningTaskCount: deployment.counts.running,
            pendingTaskCount: deployment.counts.pending,
          })),
        }),
  };
}
