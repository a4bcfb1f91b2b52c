// Whether what AWS shows of a task, a deployment or a task set carries a key. Only `kmsKeyId` counts: tasks without a customer
// managed key have the surrounding object too.

import type { ServiceRecord, TaskRecord } from "../../../domain/fleet";
import { sameKey } from "../../../domain/kms-key";
import { canCarryKey } from "../../../domain/platform-version";

/** Whether a task shows the key, on a platform version that can carry one. */
export function taskOnKey(task: TaskRecord, keyArn: string): boolean {
  const { platformVersion, platformFamily, kmsKeyArn } = task;
  if (platformVersion === null || !sameKey(kmsKeyArn, keyArn)) return false;
  return canCarryKey(platformVersion, platformFamily).answer === "yes";
}

/** Whether what new tasks are made from carries the key: deployments that count, and task sets. At least one must be there. */
export function everyCarrierOnKey(service: ServiceRecord, keyArn: string): boolean {
  const carriers = [...service.deployments.filter(({ status }) => status !== "INACTIVE"), ...service.taskSets];
  return carriers.length > 0 && carriers.every((carrier) => sameKey(carrier.kmsKeyArn, keyArn));
}
