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
export const KEY_POLICY = "aws:kms/keyPolicy:KeyPolicy";
export const EXPRESS_SERVICE = "aws:ecs/expressGatewayService:ExpressGatewayService";
export const NATIVE_KEY_ALIAS = "aws-native:kms:Alias";
export const FILE_SYSTEM = "aws:efs/fileSystem:FileSystem";
export const NATIVE_FILE_SYSTEM = "aws-native:efs:FileSystem";
export const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
export const NATIVE_LOG_GROUP = "aws-native:logs:LogGroup";
export const TOPIC = "aws:sns/topic:Topic";
export const NATIVE_TOPIC = "aws-native:sns:Topic";
export const TRAIL = "aws:cloudtrail/trail:Trail";
export const NATIVE_TRAIL = "aws-native:cloudtrail:Trail";
export const METRIC_ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
export const NATIVE_ALARM = "aws-native:cloudwatch:Alarm";
export const COMPOSITE_ALARM = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
export const NATIVE_COMPOSITE_ALARM = "aws-native:cloudwatch:CompositeAlarm";
export const EVENT_RULE = "aws:cloudwatch/eventRule:EventRule";
export const NATIVE_EVENT_RULE = "aws-native:events:Rule";
export const EVENT_TARGET = "aws:cloudwatch/eventTarget:EventTarget";
export const SCHEDULE = "aws:scheduler/schedule:Schedule";
export const PIPE = "aws:pipes/pipe:Pipe";
export const NATIVE_SCHEDULE = "aws-native:scheduler:Schedule";
export const NATIVE_PIPE = "aws-native:pipes:Pipe";
export const VPC_ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
export const NATIVE_VPC_ENDPOINT = "aws-native:ec2:VpcEndpoint";
export const VPC_ENDPOINT_POLICY = "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy";
export const ROLE = "aws:iam/role:Role";
export const NATIVE_ROLE = "aws-native:iam:Role";
export const IAM_POLICY = "aws:iam/policy:Policy";
export const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
export const USER_POLICY = "aws:iam/userPolicy:UserPolicy";
export const GROUP_POLICY = "aws:iam/groupPolicy:GroupPolicy";
export const NATIVE_MANAGED_POLICY = "aws-native:iam:ManagedPolicy";
export const NATIVE_ROLE_POLICY = "aws-native:iam:RolePolicy";
export const NATIVE_USER_POLICY = "aws-native:iam:UserPolicy";
export const NATIVE_GROUP_POLICY = "aws-native:iam:GroupPolicy";
export const NATIVE_USER = "aws-native:iam:User";
export const NATIVE_GROUP = "aws-native:iam:Group";
export const JOB_DEFINITION = "aws:batch/jobDefinition:JobDefinition";
export const NATIVE_JOB_DEFINITION = "aws-native:batch:JobDefinition";
export const STATE_MACHINE = "aws:sfn/stateMachine:StateMachine";
export const NATIVE_STATE_MACHINE = "aws-native:stepfunctions:StateMachine";
export const NATIVE_EXPRESS_SERVICE = "aws-native:ecs:ExpressGatewayService";
export const CLUSTER_CAPACITY_PROVIDERS = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders";
export const NATIVE_CLUSTER_CAPACITY_PROVIDERS = "aws-native:ecs:ClusterCapacityProviderAssociations";
export const CAPACITY_PROVIDER = "aws:ecs/capacityProvider:CapacityProvider";
export const NATIVE_CAPACITY_PROVIDER = "aws-native:ecs:CapacityProvider";

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
