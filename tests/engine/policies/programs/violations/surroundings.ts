// What watches keys, reaches AWS and decides who may do what, each with one thing wrong.

import * as cloudtrail from "@pulumi/aws/cloudtrail";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as sns from "@pulumi/aws/sns";
import { keyedCluster, otherKey, policyOf, REGION, storageKey } from "../parts";

const watched = storageKey("watched", "watched");
keyedCluster("watched", watched);
const topic = new sns.Topic("alarm-on-the-watched-key", { name: "key-alarms", kmsMasterKeyId: watched.keyId });
new cloudwatch.MetricAlarm("key-alarm", {
  name: "key-alarm",
  comparisonOperator: "GreaterThanThreshold",
  evaluationPeriods: 1,
  metricName: "KeyDisabled",
  namespace: "Keys",
  period: 60,
  statistic: "Sum",
  threshold: 0,
  alarmActions: [topic.arn],
});

new cloudtrail.Trail("forgets-kms", {
  name: "forgets-kms",
  s3BucketName: "records",
  kmsKeyId: otherKey("trail").arn,
  eventSelectors: [{ readWriteType: "All", excludeManagementEventSources: ["kms.amazonaws.com"] }],
});
new ec2.VpcEndpoint("open-endpoint", {
  vpcId: "vpc-0a1b2c3d",
  vpcEndpointType: "Interface",
  serviceName: `com.amazonaws.${REGION}.ecr.api`,
});
new iam.Policy("clusters-without-key", {
  name: "clusters-without-key",
  policy: policyOf({ Effect: "Allow", Action: "ecs:CreateCluster", Resource: "*" }),
});
