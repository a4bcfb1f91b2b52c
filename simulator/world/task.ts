// A task, from its launch until it is forgotten an hour after it stopped.
// Invariants: `desiredStatus` never goes back to RUNNING; a task with desiredStatus STOPPED may still run (it drains);
// `kmsKeyArn` is settled at the launch and never changes.

import type { Cluster } from "./cluster";
import type { LaunchUnit } from "./launch-unit";
import type { PastViews } from "./past-views";

export type TaskStatus =
  | "PROVISIONING"
  | "PENDING"
  | "RUNNING"
  | "DEACTIVATING"
  | "STOPPING"
  | "DEPROVISIONING"
  | "STOPPED";

export interface Task {
  readonly kind: "task";
  readonly sequence: number;
  readonly id: string;
  readonly arn: string;
  readonly cluster: Cluster;
  /** The deployment or task set that launched it; null for tasks of RunTask and schedulers. */
  readonly unit: LaunchUnit | null;
  readonly group: string;
  readonly startedBy: string | null;
  readonly taskDefinitionArn: string;
  readonly launchType: string | null;
  readonly capacityProviderName: string | null;
  readonly platformVersion: string | null;
  readonly platformFamily: string | null;
  readonly kmsKeyArn: string | null;
  readonly ephemeralStorageGib: number;
  readonly cpu: string;
  readonly memory: string;
  readonly subnet: string | null;
  /** What its containers run, by container name; settled when the images are pulled. */
  imageDigests: Readonly<Record<string, string>>;
  lastStatus: TaskStatus;
  desiredStatus: "RUNNING" | "STOPPED";
  /** Counts as healthy for the deployment. */
  healthy: boolean;
  healthStatus: "HEALTHY" | "UNHEALTHY" | "UNKNOWN";
  readonly createdAtMs: number;
  pullStartedAtMs: number | null;
  pullStoppedAtMs: number | null;
  startedAtMs: number | null;
  stoppingAtMs: number | null;
  executionStoppedAtMs: number | null;
  stoppedAtMs: number | null;
  stopCode: string | null;
  stoppedReason: string | null;
  exitCode: number | null;
  protectedUntilMs: number | null;
  tags: Record<string, string>;
  /** The number of the next step that may happen to it; a scheduled step with another number is stale. */
  step: number;
  readonly past: PastViews;
}

export function isLive(task: Task): boolean {
  return task.desiredStatus === "RUNNING";
}
