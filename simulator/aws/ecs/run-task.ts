// RunTask and StopTask: tasks without a service, which get the key that the cluster has at their launch.
// Sources: RunTask, StopTask, ECS API reference (documented: at most 10 at once); the key at launch is inferred from the
// launch announcement ("all new tasks").

import type { Failure, RunTaskRequest, Task as SdkTask, StopTaskRequest } from "@aws-sdk/client-ecs";
import { BATCH_LIMITS } from "../../../domain/api-quotas";
import { invalidParameter } from "../../world/aws-error";
import { type Cluster, fargateKeyOf } from "../../world/cluster";
import { runsOnFargate, type ServiceSpec } from "../../world/revision";
import { wakeSoon } from "../../world/scheduler-wake";
import { launchTask } from "../../world/task-launch";
import { drainTask } from "../../world/task-stop";
import type { Context } from "../operation";
import { tagRecord } from "../tags";
import { requireActiveTaskDefinition, requireCluster, taskNamed } from "./find";
import { placement, requireLaunchable } from "./service-rules";
import { taskView } from "./task-view";

export function runTask(context: Context, input: RunTaskRequest) {
  const { world, lane } = context;
  const cluster = requireCluster(lane, input.cluster);
  const copies = input.count ?? 1;
  if (copies < 1 || copies > BATCH_LIMITS.runTaskCount) {
    throw invalidParameter(`count must be between 1 and ${BATCH_LIMITS.runTaskCount}.`);
  }
  const spec = specOf(context, cluster, input);
  requireLaunchable(lane, spec);
  const family = spec.taskDefinitionArn.slice(spec.taskDefinitionArn.lastIndexOf("/") + 1).split(":")[0];
  const tasks: SdkTask[] = [];
  const failures: Failure[] = [];
  for (let index = 0; index < copies; index++) {
    const outcome = launchTask(world, {
      cluster,
      unit: null,
      spec,
      kmsKeyArn: fargateKeyOf(cluster),
      group: input.group ?? `family:${family}`,
      startedBy: input.startedBy ?? null,
      tags: tagRecord(input.tags),
    });
    if (outcome.kind === "launched") tasks.push(taskView(outcome.task));
    else failures.push(outcome.failure);
  }
  return { tasks, failures };
}

export function stopTask({ world, lane }: Context, input: StopTaskRequest) {
  const cluster = requireCluster(lane, input.cluster);
  const task = taskNamed(cluster, input.task ?? "");
  if (task === undefined) throw invalidParameter("The referenced task was not found.");
  drainTask(world, task, { code: "UserInitiated", reason: input.reason ?? "Task stopped by user" });
  if (task.unit !== null) wakeSoon(world, task.unit.service);
  return { task: taskView(task) };
}

function specOf({ lane }: Context, cluster: Cluster, input: RunTaskRequest): ServiceSpec {
  const place = placement({
    launchType: input.launchType,
    strategy: input.capacityProviderStrategy,
    cluster,
  });
  return {
    ...place,
    taskDefinitionArn: requireActiveTaskDefinition(lane, input.taskDefinition ?? "").arn,
    platformVersion: runsOnFargate(place) ? (input.platformVersion ?? "LATEST") : null,
    networkConfiguration: input.networkConfiguration,
    loadBalancers: [],
    serviceRegistries: [],
    serviceConnectConfiguration: undefined,
    volumeConfigurations: [],
    vpcLatticeConfigurations: [],
  };
}
