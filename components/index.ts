// The public entry of `fargate-cmk`, for programs that import it and for the plugin that serves every other language.
//
// The plugin is compiled in the user's folder, by TypeScript's settings of Pulumi's own where that has none: the reference says what
// the sources use of the language's library.
/// <reference lib="es2023" />

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
