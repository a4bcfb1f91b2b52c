// The few calls with which a probe launches a task of its own and takes it away again. All throw AwsFailure.

export interface ProbeDefinition {
  readonly family: string;
  readonly image: string;
  /** The role with which ECS pulls the image; the task itself gets no role. */
  readonly executionRoleArn: string | null;
  readonly cpuArchitecture: string | null;
}

export interface ProbeTask {
  readonly clusterArn: string;
  readonly taskDefinitionArn: string;
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  readonly assignsPublicIp: boolean;
  /** At most 128 characters: who launched it, as the task shows it. */
  readonly startedBy: string;
}

/** AWS takes the call and launches nothing when there is no room for the task: it says so in the answer. */
export type ProbeStarted =
  | { readonly kind: "started"; readonly taskArn: string }
  | { readonly kind: "refused"; readonly reason: string };

export interface ProbePort {
  /** The ARN of the new revision. */
  registerTaskDefinition(definition: ProbeDefinition): Promise<string>;
  /** Sent once: an answer that is lost is a failure, and never a second task. */
  runTask(task: ProbeTask): Promise<ProbeStarted>;
  stopTask(task: { readonly clusterArn: string; readonly taskArn: string; readonly reason: string }): Promise<void>;
  deregisterTaskDefinition(arn: string): Promise<void>;
}
