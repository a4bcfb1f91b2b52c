// Amazon ECS as this program needs it: our nouns in, our nouns out, pages walked, batches cut.
// Every method throws AwsFailure when a call fails for good. `missing` holds what AWS says it does not know (any more).

import type {
  ClusterConfiguration,
  ClusterRecord,
  ProtectedTask,
  ServiceRecord,
  TaskDefinitionRecord,
  TaskRecord,
} from "../../domain/fleet";

export interface Found<T> {
  readonly found: readonly T[];
  readonly missing: readonly string[];
}

/** A cluster as DescribeClusters shows it: the listing facts are the scan's to add. */
export type ClusterSeen = Omit<ClusterRecord, "services" | "tasks" | "protectedTasks">;

export type ServiceDeploymentStatus =
  | "PENDING"
  | "IN_PROGRESS"
  | "SUCCESSFUL"
  | "STOPPED"
  | "STOP_REQUESTED"
  | "ROLLBACK_REQUESTED"
  | "ROLLBACK_IN_PROGRESS"
  | "ROLLBACK_SUCCESSFUL"
  | "ROLLBACK_FAILED";

export interface ServiceDeploymentRecord {
  readonly arn: string;
  readonly serviceArn: string;
  readonly status: ServiceDeploymentStatus;
  readonly statusReason: string | null;
  readonly targetRevisionArn: string | null;
  readonly sourceRevisionArns: readonly string[];
  readonly requestedTasks: number;
  readonly runningTasks: number;
  readonly pendingTasks: number;
  /** Running tasks of the revisions that it replaces. */
  readonly oldRunningTasks: number;
  /** Tasks that failed to start in this deployment, as its circuit breaker counts them; null when none counts. */
  readonly failedTasks: number | null;
  readonly createdAt: string;
  readonly finishedAt: string | null;
}

export interface ServiceRevisionRecord {
  readonly arn: string;
  readonly serviceArn: string;
  readonly kmsKeyArn: string | null;
  readonly platformVersion: string | null;
  readonly taskDefinitionArn: string | null;
  readonly createdAt: string;
}

export interface DeploymentStarted {
  /** The service exactly as the UpdateService reply showed it. */
  readonly service: ServiceRecord;
}

export interface EcsPort {
  listClusters(): Promise<readonly string[]>;
  describeClusters(clusters: readonly string[]): Promise<Found<ClusterSeen>>;
  listServices(clusterArn: string): Promise<readonly string[]>;
  describeServices(query: {
    readonly clusterArn: string;
    readonly services: readonly string[];
  }): Promise<Found<ServiceRecord>>;
  /** Without `desiredStatus`: RUNNING. `STOPPED` lists what has stopped within the last hour and what still drains. */
  listTasks(query: {
    readonly clusterArn: string;
    readonly service?: string;
    readonly desiredStatus?: "RUNNING" | "STOPPED";
  }): Promise<readonly string[]>;
  describeTasks(query: { readonly clusterArn: string; readonly tasks: readonly string[] }): Promise<Found<TaskRecord>>;
  /** Those of the given tasks of services that are protected now; tasks that are gone are passed over. */
  protectedTasks(query: {
    readonly clusterArn: string;
    readonly tasks: readonly string[];
  }): Promise<readonly ProtectedTask[]>;
  describeTaskDefinition(arn: string): Promise<TaskDefinitionRecord>;
  listServiceDeployments(query: {
    readonly clusterArn: string;
    readonly service: string;
  }): Promise<
    readonly { readonly arn: string; readonly status: ServiceDeploymentStatus; readonly createdAt: string }[]
  >;
  describeServiceDeployments(arns: readonly string[]): Promise<Found<ServiceDeploymentRecord>>;
  describeServiceRevisions(arns: readonly string[]): Promise<Found<ServiceRevisionRecord>>;
  /**
   * UpdateService with forceNewDeployment, and with platformVersion only when given. No client token exists: never repeat blindly.
   * After `notAfterMs` nothing is sent any more: it then fails as `throttled`, which has done nothing.
   */
  forceNewDeployment(request: {
    readonly clusterArn: string;
    readonly service: string;
    readonly platformVersion?: string;
    readonly notAfterMs?: number;
  }): Promise<DeploymentStarted>;
  /** StopServiceDeployment with stopType ROLLBACK. */
  rollBackServiceDeployment(arn: string): Promise<void>;
  /** UpdateCluster with the whole configuration: AWS replaces it whole. */
  updateClusterConfiguration(request: {
    readonly clusterArn: string;
    readonly configuration: ClusterConfiguration["whole"];
  }): Promise<ClusterSeen>;
}
