// What `/_simulator/state` shows: the world as plain JSON, for checking claims against what really happened.
// Invariants: instants are milliseconds since 1970; everything here is the truth of now, never a lagging read.

import type { FargateCapacity } from "./vcpu-room";

export interface WorldView {
  readonly nowMs: number;
  readonly dueMs: number | null;
  readonly lanes: readonly LaneView[];
  /** Launches, deployments and calls over all lanes since the world began. */
  readonly counters: Readonly<Record<string, number>>;
}

export interface LaneView {
  readonly account: string;
  readonly region: string;
  readonly clusters: readonly ClusterView[];
  readonly keys: readonly { readonly arn: string; readonly state: string; readonly grants: number }[];
  readonly logGroups: readonly { readonly arn: string; readonly kmsKeyArn: string | null }[];
  readonly vcpu: Readonly<Record<FargateCapacity, VcpuView>>;
}

/** vCPU on Fargate, those of neighbours in the account included; a quota of null limits nothing. */
export interface VcpuView {
  readonly quota: number | null;
  readonly inUse: number;
}

export interface ClusterView {
  readonly arn: string;
  readonly name: string;
  readonly status: string;
  readonly kmsKeyArn: string | null;
  readonly services: readonly ServiceView[];
  /** Tasks of no service. */
  readonly tasks: readonly TaskView[];
}

export interface ServiceView {
  readonly arn: string;
  readonly name: string;
  readonly status: string;
  readonly desiredCount: number;
  readonly deployments: readonly {
    readonly id: string;
    readonly status: string;
    readonly rolloutState: string;
    readonly kmsKeyArn: string | null;
    readonly failedTasks: number;
  }[];
  readonly serviceDeployments: readonly {
    readonly arn: string;
    readonly status: string;
    readonly createdAtMs: number;
    /** Null while it is under way, and for one that was stopped. */
    readonly finishedAtMs: number | null;
  }[];
  readonly tasks: readonly TaskView[];
  readonly counters: ServiceCounters;
}

export interface ServiceCounters {
  /** UpdateService calls that the service accepted, whether or not a deployment came of them. */
  readonly updateServiceCalls: number;
  /** Deployments started here, by a caller or by somebody else; rollbacks are counted apart. */
  readonly deploymentsStarted: number;
  readonly rollbacksStarted: number;
  readonly launches: number;
  readonly launchesWithKey: number;
  readonly failedLaunches: number;
}

export interface TaskView {
  readonly arn: string;
  readonly startedBy: string | null;
  readonly kmsKeyArn: string | null;
  readonly platformVersion: string | null;
  readonly lastStatus: string;
  readonly desiredStatus: string;
  readonly stopCode: string | null;
  readonly stoppedReason: string | null;
  readonly createdAtMs: number;
  /** When it had stopped for good, its drain behind it; a stopped task is shown for an hour. */
  readonly stoppedAtMs: number | null;
}
