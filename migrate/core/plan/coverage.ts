// How many running tasks use their cluster's key, of those that could: Linux on Fargate, of a service or of none.
// Invariant: a task counts until it has STOPPED; one that drains still holds its disk.

import type { Fleet, TaskRecord } from "../../../domain/fleet";
import { isWindows } from "../../../domain/platform-version";
import { taskOnFargate } from "../classify/not-applicable";
import { taskOnKey } from "../classify/on-key";

export interface Coverage {
  readonly tasks: number;
  readonly tasksOnKey: number;
}

export function coverageOf(fleet: Fleet): Coverage {
  const keys = new Map(
    fleet.clusters.map(({ arn, configuration }) => [
      arn,
      configuration.kind === "known" ? configuration.value.fargateEphemeralStorageKmsKeyArn : null,
    ]),
  );
  const able = fleet.tasks.filter(couldUseKey);
  const onKey = able.filter((task) => {
    const keyArn = keys.get(task.clusterArn);
    return keyArn != null && taskOnKey(task, keyArn);
  });
  return { tasks: able.length, tasksOnKey: onKey.length };
}

export function couldUseKey(task: TaskRecord): boolean {
  return task.lastStatus !== "STOPPED" && taskOnFargate(task) && !isWindows(task.platformFamily);
}
