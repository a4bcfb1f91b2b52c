// Which members hold one of a closed set of words. The SDK's schemas do not say; its exported constants have the words, and
// this table says which constant belongs to which member. A member that is not listed takes any text.
// Invariant: every constant named here exists in its client (a test checks it), so that a renamed one is noticed.

import * as scaling from "@aws-sdk/client-application-auto-scaling";
import * as cloudtrail from "@aws-sdk/client-cloudtrail";
import * as cloudwatch from "@aws-sdk/client-cloudwatch";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as ecr from "@aws-sdk/client-ecr";
import * as ecs from "@aws-sdk/client-ecs";
import * as kms from "@aws-sdk/client-kms";
import * as ssm from "@aws-sdk/client-ssm";
import type { AwsServiceName } from "../world/call";

/** The members of a structure that hold one of a closed set of words, with those words; null when it has none. */
export function enumerationsOf(service: AwsServiceName, structure: string): Enumerations | null {
  return BY_STRUCTURE.get(`${service}:${structure}`) ?? null;
}

/** The allowed words by the member's name. */
export type Enumerations = ReadonlyMap<string, readonly string[]>;

type Words = Readonly<Record<string, string>>;

const ECS: Readonly<Record<string, Words>> = {
  "AwsVpcConfiguration.assignPublicIp": ecs.AssignPublicIp,
  "ClusterSetting.name": ecs.ClusterSettingName,
  "ContinueServiceDeploymentRequest.action": ecs.DeploymentLifecycleHookAction,
  "CreateServiceRequest.availabilityZoneRebalancing": ecs.AvailabilityZoneRebalancing,
  "CreateServiceRequest.launchType": ecs.LaunchType,
  "CreateServiceRequest.propagateTags": ecs.PropagateTags,
  "CreateServiceRequest.schedulingStrategy": ecs.SchedulingStrategy,
  "CreateTaskSetRequest.launchType": ecs.LaunchType,
  "Deployment.launchType": ecs.LaunchType,
  "Deployment.rolloutState": ecs.DeploymentRolloutState,
  "DeploymentConfiguration.strategy": ecs.DeploymentStrategy,
  "DeploymentController.type": ecs.DeploymentControllerType,
  "DeploymentLifecycleHook.targetType": ecs.DeploymentLifecycleHookTargetType,
  "DescribeClustersRequest.include": ecs.ClusterField,
  "DescribeServicesRequest.include": ecs.ServiceField,
  "DescribeTaskDefinitionRequest.include": ecs.TaskDefinitionField,
  "DescribeTaskSetsRequest.include": ecs.TaskSetField,
  "DescribeTasksRequest.include": ecs.TaskField,
  "ListServiceDeploymentsRequest.status": ecs.ServiceDeploymentStatus,
  "ListServicesRequest.launchType": ecs.LaunchType,
  "ListServicesRequest.resourceManagementType": ecs.ResourceManagementType,
  "ListServicesRequest.schedulingStrategy": ecs.SchedulingStrategy,
  "ListTasksRequest.desiredStatus": ecs.DesiredStatus,
  "ListTasksRequest.launchType": ecs.LaunchType,
  "RegisterTaskDefinitionRequest.networkMode": ecs.NetworkMode,
  "RegisterTaskDefinitionRequest.requiresCompatibilities": ecs.Compatibility,
  "RunTaskRequest.launchType": ecs.LaunchType,
  "RunTaskRequest.propagateTags": ecs.PropagateTags,
  "RuntimePlatform.cpuArchitecture": ecs.CPUArchitecture,
  "RuntimePlatform.operatingSystemFamily": ecs.OSFamily,
  "Scale.unit": ecs.ScaleUnit,
  "Service.launchType": ecs.LaunchType,
  "Service.schedulingStrategy": ecs.SchedulingStrategy,
  // The API reference lists one stage more than the constant of the SDK.
  "ServiceDeployment.lifecycleStage": {
    ...ecs.ServiceDeploymentLifecycleStage,
    PRE_PRODUCTION_TRAFFIC_SHIFT: "PRE_PRODUCTION_TRAFFIC_SHIFT",
  },
  "ServiceDeployment.status": ecs.ServiceDeploymentStatus,
  "StopServiceDeploymentRequest.stopType": ecs.StopServiceDeploymentStopType,
  "Task.healthStatus": ecs.HealthStatus,
  "Task.launchType": ecs.LaunchType,
  "Task.stopCode": ecs.TaskStopCode,
  "TaskDefinition.status": ecs.TaskDefinitionStatus,
  "TaskSet.stabilityStatus": ecs.StabilityStatus,
  "UpdateServiceRequest.availabilityZoneRebalancing": ecs.AvailabilityZoneRebalancing,
  "UpdateServiceRequest.propagateTags": ecs.PropagateTags,
};

const KMS: Readonly<Record<string, Words>> = {
  "CreateGrantRequest.Operations": kms.GrantOperation,
  "CreateKeyRequest.KeySpec": kms.KeySpec,
  "CreateKeyRequest.KeyUsage": kms.KeyUsageType,
  "CreateKeyRequest.Origin": kms.OriginType,
  "GetParametersForImportRequest.WrappingAlgorithm": kms.AlgorithmSpec,
  "GetParametersForImportRequest.WrappingKeySpec": kms.WrappingKeySpec,
  "ImportKeyMaterialRequest.ExpirationModel": kms.ExpirationModelType,
  "KeyMetadata.KeyManager": kms.KeyManagerType,
  "KeyMetadata.KeySpec": kms.KeySpec,
  "KeyMetadata.KeyState": kms.KeyState,
  "KeyMetadata.KeyUsage": kms.KeyUsageType,
  "KeyMetadata.Origin": kms.OriginType,
};

const LOGS: Readonly<Record<string, Words>> = {
  "CreateLogGroupRequest.logGroupClass": logs.LogGroupClass,
  "DescribeLogGroupsRequest.logGroupClass": logs.LogGroupClass,
  "LogGroup.logGroupClass": logs.LogGroupClass,
};

const CLOUDWATCH: Readonly<Record<string, Words>> = {
  "DescribeAlarmsInput.AlarmTypes": cloudwatch.AlarmType,
  "DescribeAlarmsInput.StateValue": cloudwatch.StateValue,
  "GetMetricDataInput.ScanBy": cloudwatch.ScanBy,
  "MetricAlarm.StateValue": cloudwatch.StateValue,
  "MetricDataResult.StatusCode": cloudwatch.StatusCode,
  "PutMetricAlarmInput.ComparisonOperator": cloudwatch.ComparisonOperator,
  "PutMetricAlarmInput.Statistic": cloudwatch.Statistic,
  "SetAlarmStateInput.StateValue": cloudwatch.StateValue,
};

const SCALING: Readonly<Record<string, Words>> = {
  "DescribeScalableTargetsRequest.ScalableDimension": scaling.ScalableDimension,
  "DescribeScalableTargetsRequest.ServiceNamespace": scaling.ServiceNamespace,
  "RegisterScalableTargetRequest.ScalableDimension": scaling.ScalableDimension,
  "RegisterScalableTargetRequest.ServiceNamespace": scaling.ServiceNamespace,
};

const ECR: Readonly<Record<string, Words>> = {
  "CreateRepositoryRequest.imageTagMutability": ecr.ImageTagMutability,
  "DescribeImagesFilter.tagStatus": ecr.TagStatus,
  "ImageFailure.failureCode": ecr.ImageFailureCode,
  "Repository.imageTagMutability": ecr.ImageTagMutability,
};

const SSM: Readonly<Record<string, Words>> = {
  "ParameterMetadata.Type": ssm.ParameterType,
  "PutParameterRequest.Type": ssm.ParameterType,
};

const CLOUDTRAIL: Readonly<Record<string, Words>> = {
  "EventSelector.ReadWriteType": cloudtrail.ReadWriteType,
  "LookupAttribute.AttributeKey": cloudtrail.LookupAttributeKey,
  "LookupEventsRequest.EventCategory": cloudtrail.EventCategory,
};

const BY_STRUCTURE: ReadonlyMap<string, Enumerations> = new Map([
  ...byStructure("ecs", ECS),
  ...byStructure("kms", KMS),
  ...byStructure("logs", LOGS),
  ...byStructure("cloudwatch", CLOUDWATCH),
  ...byStructure("application-autoscaling", SCALING),
  ...byStructure("cloudtrail", CLOUDTRAIL),
  ...byStructure("ecr", ECR),
  ...byStructure("ssm", SSM),
]);

/** The members listed here, as `service:Structure.member`: for the test that each exists. */
export function enumeratedMembers(): readonly string[] {
  return [...BY_STRUCTURE].flatMap(([structure, members]) => [...members.keys()].map((name) => `${structure}.${name}`));
}

function byStructure(
  service: AwsServiceName,
  table: Readonly<Record<string, Words>>,
): ReadonlyMap<string, Enumerations> {
  const structures = new Map<string, Map<string, readonly string[]>>();
  for (const [path, words] of Object.entries(table)) {
    const [structure = "", member = ""] = path.split(".");
    const key = `${service}:${structure}`;
    const members = structures.get(key) ?? new Map<string, readonly string[]>();
    structures.set(key, members.set(member, Object.values(words)));
  }
  return structures;
}
