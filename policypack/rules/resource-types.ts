// The Pulumi type tokens that rules name, of the aws provider and of aws-native, which calls some properties otherwise.

export const CLUSTER = "aws:ecs/cluster:Cluster";
export const NATIVE_CLUSTER = "aws-native:ecs:Cluster";
export const SERVICE = "aws:ecs/service:Service";
export const NATIVE_SERVICE = "aws-native:ecs:Service";
export const TASK_SET = "aws:ecs/taskSet:TaskSet";
export const NATIVE_TASK_SET = "aws-native:ecs:TaskSet";
export const TASK_DEFINITION = "aws:ecs/taskDefinition:TaskDefinition";
export const NATIVE_TASK_DEFINITION = "aws-native:ecs:TaskDefinition";
export const KEY = "aws:kms/key:Key";
export const NATIVE_KEY = "aws-native:kms:Key";
export const REPLICA_KEY = "aws:kms/replicaKey:ReplicaKey";
export const NATIVE_REPLICA_KEY = "aws-native:kms:ReplicaKey";
export const EXTERNAL_KEY = "aws:kms/externalKey:ExternalKey";
export const REPLICA_EXTERNAL_KEY = "aws:kms/replicaExternalKey:ReplicaExternalKey";
export const KEY_ALIAS = "aws:kms/alias:Alias";

/** The class as a program writes it: `aws.ecs.Cluster`, `awsNative.ecs.Cluster`. */
export function classOf(type: string): string {
  const [provider = "", module = "", name = ""] = type.split(":");
  const namespace = module.split("/")[0] ?? module;
  return `${provider === "aws-native" ? "awsNative" : provider}.${namespace}.${name}`;
}

/** The opening line of a snippet for one resource. */
export function construction(subject: { readonly type: string; readonly name: string }): string {
  return `new ${classOf(subject.type)}(${JSON.stringify(subject.name)}, {`;
}
