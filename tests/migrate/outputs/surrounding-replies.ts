// What the AWS CLI would print of the services around ECS, through the real SDK: the calls that an auditor makes, and the lists that
// the shown commands ask for, with the word that nothing narrowed them.

import { ApplicationAutoScalingClient, DescribeScalableTargetsCommand } from "@aws-sdk/client-application-auto-scaling";
import { CloudTrailClient, DescribeTrailsCommand, GetEventSelectorsCommand } from "@aws-sdk/client-cloudtrail";
import { CloudWatchClient, DescribeAlarmsCommand, GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { BatchGetImageCommand, ECRClient } from "@aws-sdk/client-ecr";
import { ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ListServiceQuotasCommand, ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { DescribeParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import type { Fleet } from "../../../domain/fleet";
import { parseImageReference } from "../../../domain/image-reference";
import type { ClientOf } from "../../../migrate/adapters/aws/aws-clients";
import type { CliReply } from "./cli-replies";

const ALL = { askedFor: "all" };

/** `live`: a scan of the same account, which tells what there is to ask for. */
export async function surroundingReplies(clientOf: ClientOf, live: Fleet): Promise<readonly CliReply[]> {
  const [cloudwatch, cloudtrail] = [clientOf(CloudWatchClient), clientOf(CloudTrailClient)];
  const trails = await cloudtrail.send(new DescribeTrailsCommand({}));
  const selectors = await Promise.all(
    (trails.trailList ?? []).map(({ TrailARN: TrailName }) =>
      cloudtrail.send(new GetEventSelectorsCommand({ TrailName })),
    ),
  );
  const parameters = await clientOf(SSMClient).send(new DescribeParametersCommand({ MaxResults: 50 }));
  const logGroups = await clientOf(CloudWatchLogsClient).send(new DescribeLogGroupsCommand({}));
  const AlarmTypes = ["MetricAlarm", "CompositeAlarm"] as const;
  const alarms = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmTypes: [...AlarmTypes] }));
  const quotas = await clientOf(ServiceQuotasClient).send(new ListServiceQuotasCommand({ ServiceCode: "fargate" }));
  const secrets = await clientOf(SecretsManagerClient).send(new ListSecretsCommand({ IncludePlannedDeletion: true }));
  const targets = new DescribeScalableTargetsCommand({ ServiceNamespace: "ecs" });
  const replies = [
    trails,
    ...selectors,
    { ...parameters, ...ALL },
    { ...logGroups, ...ALL },
    { ...alarms, ...ALL },
    quotas,
    await clientOf(ApplicationAutoScalingClient).send(targets),
    await usageReply(cloudwatch, live),
    { ...secrets, ...ALL },
    ...(await imageReplies(clientOf(ECRClient), live)),
  ];
  return replies.map((reply) => {
    const { $metadata: _, ...members } = reply as Record<string, unknown>;
    return JSON.parse(JSON.stringify(members));
  });
}

async function usageReply(cloudwatch: CloudWatchClient, { readAt }: Fleet): Promise<object> {
  const query = (Id: string, kind: string) => ({
    Id,
    MetricStat: {
      Metric: {
        Namespace: "AWS/Usage",
        MetricName: "ResourceCount",
        Dimensions: Object.entries({ Service: "Fargate", Type: "Resource", Resource: "vCPU", Class: kind }).map(
          ([Name, Value]) => ({ Name, Value }),
        ),
      },
      Period: 60,
      Stat: "Maximum",
    },
  });
  const command = new GetMetricDataCommand({
    StartTime: new Date(Date.parse(readAt) - 900_000),
    EndTime: new Date(readAt),
    ScanBy: "TimestampDescending",
    MetricDataQueries: [query("onDemand", "Standard/OnDemand"), query("spot", "Standard/Spot")],
  });
  return cloudwatch.send(command);
}

async function imageReplies(client: ECRClient, { images }: Fleet): Promise<readonly object[]> {
  const asked = images.flatMap(({ reference }) => {
    const image = parseImageReference(reference);
    return image.kind === "ecr" ? [image] : [];
  });
  return Promise.all(
    asked.map(async ({ account: registryId, repository: repositoryName, id }) => {
      const imageIds = ["tag" in id ? { imageTag: id.tag } : { imageDigest: id.digest }];
      const reply = await client.send(new BatchGetImageCommand({ registryId, repositoryName, imageIds }));
      return { askedFor: `${registryId}/${repositoryName}`, images: reply.images, failures: reply.failures };
    }),
  );
}
