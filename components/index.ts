// The public entry of `fargate-cmk`, for programs that import it and for the plugin that serves every other language.

export type { CapacityProviderStrategy, ClusterSetting } from "./cluster/cluster-settings";
export { EncryptedFargateCluster } from "./encrypted-fargate-cluster";
export type { EncryptedFargateClusterArgs } from "./encrypted-fargate-cluster-args";
export { EphemeralStorageKey, type EphemeralStorageKeyArgs } from "./ephemeral-storage-key";
export { type FargateKeyPolicyArgs, fargateKeyPolicy } from "./fargate-key-policy";
export { fargateStorageConfiguration } from "./fargate-storage-configuration";
export {
  type ClusterWithConfiguration,
  type ClusterWithTriggers,
  type RedeployArgs,
  redeployOnKeyChange,
} from "./redeploy-on-key-change";
