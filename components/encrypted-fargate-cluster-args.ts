// What `EncryptedFargateCluster` takes. Every argument is optional: the defaults make a whole, closed cluster.

import type * as pulumi from "@pulumi/pulumi";
import type { KeySettings } from "./arguments/key-settings";
import type { CapacityProviderStrategy, ClusterSetting } from "./cluster/cluster-settings";
import type { ExistingKeySettings } from "./existing-key/existing-key-settings";

export interface EncryptedFargateClusterArgs extends KeySettings, ExistingKeySettings {
  /**
   * Name of the cluster, fixed before anything is created so that the key's policy can name it: 1 to 255 letters, digits, hyphens
   * and underscores. Another name is another cluster. A name that the account has in use in the Region is refused, in a preview
   * already: ECS would return that cluster in place of a new one. By default project, stack and component name, joined by "_"; with
   * a digest where that alone would be no valid name, or where the component stands inside another one.
   * @default project, stack and component name, joined by "_"
   */
  clusterName?: pulumi.Input<string> | undefined;
  /**
   * Name of a cluster that exists already, made by hand or by another tool, to bring into the stack as it is: only the key under
   * ephemeral storage becomes the program's. ECS Exec, the key of EBS volumes, capacity providers, settings, Service Connect and
   * tags stay what they are, so the arguments about them must be left out. Update such a stack with a refresh (`pulumi up --refresh`,
   * or `refresh: always` among the options of Pulumi.yaml): an update of the cluster sends its settings as a whole, as the state has
   * them, and would take back what somebody has changed since. AWS keeps the cluster, and a key that was created for it, when the
   * component is removed or the stack is destroyed. It has to be known before anything is created. By default a cluster is created.
   * @default a cluster is created
   */
  adoptCluster?: string | undefined;
  /**
   * How services and tasks that name neither launch type nor strategy are spread over FARGATE and FARGATE_SPOT. By default everything
   * runs on FARGATE.
   * @default everything on FARGATE
   */
  defaultCapacityProviderStrategies?: pulumi.Input<pulumi.Input<CapacityProviderStrategy>[]> | undefined;
  /**
   * CloudWatch Container Insights: `enabled`, `enhanced` or `disabled`. By default `enabled`.
   * @default "enabled"
   */
  containerInsights?: pulumi.Input<string> | undefined;
  /**
   * Further settings of the cluster, apart from Container Insights; today ECS has no others. By default none.
   * @default none
   */
  settings?: pulumi.Input<pulumi.Input<ClusterSetting>[]> | undefined;
  /**
   * Whether the output of ECS Exec sessions goes to an encrypted log group of the cluster's own. Once it is on, ECS Exec works only
   * for task roles that may write to that group, and CloudWatch Logs becomes a user of the key. Turned off again, the log group is
   * deleted with its events: export them first. It has to be known before anything is created. By default false, which leaves sessions
   * to the log configuration of each container.
   * @default false
   */
  executeCommandLogging?: boolean | undefined;
  /**
   * Days that the log group of ECS Exec keeps its events; one of the values that CloudWatch Logs knows. By default 365.
   * @default 365
   */
  executeCommandLogRetentionInDays?: pulumi.Input<number> | undefined;
  /**
   * ARN of another key for ECS Exec, of the cluster's Region: for the session's data, and for the log group. Its policy is not
   * touched. By default the log group has the cluster's key, and so have sessions when `executeCommandRoleArns` is given; else the data
   * of sessions is encrypted in transit only.
   * @default the cluster's key when executeCommandRoleArns is given, else none
   */
  executeCommandKeyArn?: pulumi.Input<string> | undefined;
  /**
   * ARNs of the roles and users of ECS Exec sessions whose data is encrypted with a key: the task roles, which decrypt it, and who
   * opens sessions. They get their permissions in a key that this component creates. By default no role may use the key.
   * @default none
   */
  executeCommandRoleArns?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /**
   * ARN of another, single-Region key, of the cluster's Region, for the EBS volumes that ECS attaches to tasks. Its policy is not
   * touched. By default the cluster's key when `volumeRoleArns` is given, else the account's default key for EBS.
   * @default the cluster's key when volumeRoleArns is given, else the account's default for EBS
   */
  volumeKeyArn?: pulumi.Input<string> | undefined;
  /**
   * ARNs of the ECS infrastructure roles through which ECS attaches EBS volumes to tasks. They get their permissions in a key that
   * this component creates. By default no role may use the key.
   * @default none
   */
  volumeRoleArns?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /**
   * ARN of the AWS Cloud Map namespace that Service Connect uses by default. By default none.
   * @default none
   */
  serviceConnectNamespace?: pulumi.Input<string> | undefined;
  /**
   * Region of everything that the component makes. By default that of the provider.
   * @default the Region of the provider
   */
  region?: pulumi.Input<string> | undefined;
  /**
   * Tags of everything that the component makes and that can be tagged. By default none beside those that mark the key.
   * @default none of one's own
   */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }> | undefined;
}
