// One task that belongs to no service → its class. Whoever launched it launches it again; the next launch takes the cluster's key
// (AWS compute blog of June 2024 and the developer guide; that nothing else is needed is inferred).
//
// Invariants
//   a task of a service that the fleet does not hold is `unknown`: it is never lost, and never taken for a standalone one
//   only tasks that have not STOPPED are asked about

import { lastPart } from "../../../domain/arn";
import type { ClusterRecord, TaskRecord } from "../../../domain/fleet";
import { sameKey } from "../../../domain/kms-key";
import { isWindows } from "../../../domain/platform-version";
import type { Classification } from "../model/service-class";
import { shellCommand } from "../words/remedy-command";
import { clusterWithoutKey } from "./needs-change";
import { batchCluster, taskOnFargate, windowsClass } from "./not-applicable";
import { notSeen } from "./not-seen";
import { taskOnKey } from "./on-key";

export interface TaskContext {
  readonly task: TaskRecord;
  readonly cluster: ClusterRecord;
}

export function classifyTask({ task, cluster }: TaskContext): Classification {
  if (!taskOnFargate(task)) {
    const where = task.launchType ?? task.capacityProviderName ?? "no launch type";
    return { class: "not-fargate", reason: `does not run on Fargate (${where})`, remedy: null };
  }
  const batch = batchCluster(cluster);
  if (batch !== null) return batch;
  if (task.platformFamily !== null && isWindows(task.platformFamily)) return windowsClass(task.platformFamily);
  if (cluster.configuration.kind === "unknown")
    return notSeen(`the key of cluster ${cluster.name}`, cluster.configuration);
  const keyArn = cluster.configuration.value.fargateEphemeralStorageKmsKeyArn;
  if (task.group?.startsWith("service:")) return serviceNotSeen(task.group.slice("service:".length));
  if (keyArn === null) return clusterWithoutKey(cluster.name);
  if (taskOnKey(task, keyArn)) return { class: "current", reason: `it uses key ${lastPart(keyArn)}`, remedy: null };
  if (task.desiredStatus === "STOPPED")
    return { class: "in-flight", reason: "it is stopping", remedy: "wait until it has stopped, then scan again" };
  if (task.lastStatus !== "RUNNING")
    return { class: "in-flight", reason: `it is ${task.lastStatus}`, remedy: "wait until it runs, then scan again" };
  return standalone(task, { clusterName: cluster.name, keyId: lastPart(keyArn) });
}

function serviceNotSeen(serviceName: string): Classification {
  return {
    class: "unknown",
    reason: `it belongs to service ${serviceName}, which the scan did not see`,
    remedy: "allow ecs:ListServices and ecs:DescribeServices to who scans, then scan again",
  };
}

function standalone(task: TaskRecord, { clusterName, keyId }: { clusterName: string; keyId: string }): Classification {
  const who = task.startedBy === null ? "" : ` that ${task.startedBy} started`;
  const platform = task.platformVersion === null ? "" : `, on platform version ${task.platformVersion}`;
  const stop = shellCommand("aws", "ecs", "stop-task", "--cluster", clusterName, "--task", task.arn);
  return {
    class: "standalone-task",
    reason: `a task of no service${who}, ${withKey(task.kmsKeyArn, keyId)}${platform}`,
    remedy: `its owner launches it again, which takes the key, and stops this one: ${stop}`,
  };
}

function withKey(kmsKeyArn: string | null, keyId: string): string {
  if (kmsKeyArn === null) return `without key ${keyId}`;
  return sameKey(kmsKeyArn, keyId) ? `with key ${keyId}` : `with key ${lastPart(kmsKeyArn)} instead of ${keyId}`;
}
