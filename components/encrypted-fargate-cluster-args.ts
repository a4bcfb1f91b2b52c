// What `EncryptedFargateCluster` takes. Every argument is optional: the defaults make a whole, closed cluster.

import type * as pulumi from "@pulumi/pulumi";
import type { CapacityProviderStrategy, ClusterSetting } from "./cluster/cluster-settings";
import type { KeySettings } from "./arguments/key-settings";

export interface EncryptedFargateClusterArgs extends KeySettings {
  /**
   * Name of the cluster, fixed before anything is created so that the key's policy can name it: 1 to 255 letters, digits, hyphens
   * and underscores. Another name is another cluster. ECS takes a cluster of this name over, without a word, when the account has one
   * in the Region already: a name that is given must be free. Derived from project, stack and component name unless given; with a
   * digest where that is no valid name, or where the component stands inside another one.
   * @default project, stack and component name, joined by "_"
   */
  clusterName?: pulumi.Input<string> | undefined;
  /**
   * ARN of a key that exists already, of the cluster's own account and Region. No key is created then and its policy is not
   * touched: what it must hold is the output `requiredKeyPolicyStatements`. The arguments about the key must be left out. A key that
   * this component created before leaves the program with it, and its protection stops the preview. Do not unprotect it: old tasks
   * and deployments need it until the last of them is gone. Keep it as an EphemeralStorageKey of the name NAME-storage with the
   * alias `{ parent: cluster }`, see the README.
   * @default a key is created
   */
  existingKeyArn?: pulumi.Input<string> | undefined;
  /**
   * How services and tasks that name neither launch type nor strategy are spread over FARGATE and FARGATE_SPOT; all on FARGATE
   * unless given.
   * @default everything on FARGATE
   */
  defaultCapacityProviderStrategies?: pulumi.Input<pulumi.Input<CapacityProviderStrategy>[]> | undefined;
  /**
   * CloudWatch Container Insights: `enabled`, `enhanced` or `disabled`; enabled unless given.
   * @default "enabled"
   */
  containerInsights?: pulumi.Input<string> | undefined;
  /**
   * Further settings of the cluster, apart from Container Insights.
   * @default none
   */
  settings?: pulumi.Input<pulumi.Input<ClusterSetting>[]> | undefined;
  /**
   * Whether the output of ECS Exec sessions goes to an encrypted log group of the cluster's own. Off unless asked for: once it is
   * on, ECS Exec works only for task roles that may write to that group, and CloudWatch Logs becomes a user of the key. Turned off
   * again, the log group is deleted with its events: export them first. True or false itself, not an output.
   * @default false, which leaves sessions to ECS's own default: the log configuration of each container
   */
  executeCommandLogging?: boolean | undefined;
  /**
   * Days that the log group of ECS Exec keeps its events; one of the values that CloudWatch Logs knows, 365 unless given.
   * @default 365
   */
  executeCommandLogRetentionInDays?: pulumi.Input<number> | undefined;
  /**
   * ARN of a key of one's own for ECS Exec, of the cluster's Region: for the session's data, which then needs kms:Decrypt in the task
   * roles, and for the log group. Its policy is not touched.
   * @default sessions are encrypted in transit only, and the log group with the cluster's key
   */
  executeCommandKeyArn?: pulumi.Input<string> | undefined;
  /**
   * ARN of a single-Region key of one's own, of the cluster's Region, for the EBS volumes that ECS attaches to tasks. Its policy is
   * not touched.
   * @default the cluster's key when volumeRoleArns is given, else the account's default for EBS
   */
  volumeKeyArn?: pulumi.Input<string> | undefined;
  /**
   * ARNs of the ECS infrastructure roles through which ECS attaches EBS volumes to tasks. They get their permissions in a key that
   * this component creates.
   * @default no role may use the key
   */
  volumeRoleArns?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /**
   * ARN of the AWS Cloud Map namespace that Service Connect uses by default.
   * @default none
   */
  serviceConnectNamespace?: pulumi.Input<string> | undefined;
  /**
   * Region of everything that the component makes.
   * @default the Region of the provider
   */
  region?: pulumi.Input<string> | undefined;
  /**
   * Tags of everything that the component makes and that can be tagged.
   * @default none of one's own
   */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }> | undefined;
}
