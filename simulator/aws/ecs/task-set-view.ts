// A task set as ECS shows it. Source: TaskSet, ECS API reference (documented).

import type { TaskSet as SdkTaskSet } from "@aws-sdk/client-ecs";
import type { TaskSet } from "../../world/launch-unit";
import { wantedTasks } from "../../world/task-set-scheduler";
import { instant } from "../instant";
import { withoutUndefined } from "../operation";
import { tagList } from "../tags";
import { platformFamilyOf } from "./platform-family";
import { specView } from "./spec-view";

export function taskSetView(taskSet: TaskSet): SdkTaskSet {
  const { service, revision } = taskSet;
  const {
    serviceConnectConfiguration: _,
    volumeConfigurations: __,
    vpcLatticeConfigurations: ___,
    ...spec
  } = specView(revision.spec);
  return withoutUndefined({
    id: taskSet.id,
    taskSetArn: taskSet.arn,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    externalId: taskSet.externalId ?? undefined,
    startedBy: service.controller === "CODE_DEPLOY" ? "CODE_DEPLOY" : undefined,
    status: taskSet.status,
    computedDesiredCount: wantedTasks(taskSet),
    pendingCount: taskSet.counts.pending,
    runningCount: taskSet.counts.running,
    createdAt: instant(taskSet.createdAtMs),
    updatedAt: instant(taskSet.updatedAtMs),
    ...spec,
    platformFamily: platformFamilyOf(service.cluster.lane, revision.spec),
    scale: taskSet.scale,
    stabilityStatus: taskSet.stabilityStatus,
    stabilityStatusAt: instant(taskSet.stabilityStatusAtMs),
    tags: tagList(taskSet.tags),
    fargateEphemeralStorage: revision.kmsKeyArn === null ? undefined : { kmsKeyId: revision.kmsKeyArn },
  });
}
