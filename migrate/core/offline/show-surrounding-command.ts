// The AWS CLI commands that show what stands around ECS. Like the others they only read, and are there to be pasted.
//
// Invariants
//   no command shows what a secret or a parameter holds
//   a list that nothing narrows says so in a member of its own, so that what it leaves out is known to be missing
//   of a repository's images the reply names the repository, for the images that it does not find name none

import { BATCH_LIMITS } from "../../../domain/api-quotas";
import { INDEX_MANIFEST_TYPES, SINGLE_MANIFEST_TYPES } from "../../../domain/image-manifest-types";
import { batchesOf } from "../batches-of";
import { shellWord } from "../words/remedy-command";
import type { GapKind } from "./gap";
import { ASKED_FOR } from "./recognise";
import type { AwsCommand } from "./show-command";

export type SurroundingGapKind = Exclude<
  GapKind,
  | "configuration"
  | "services"
  | "tasks"
  | "protection"
  | "task-definition"
  | "key"
  | "key-policy"
  | "key-rotation"
  | "subnet"
>;

export function surroundingCommand(kind: SurroundingGapKind, asks: readonly string[], aws: AwsCommand): string {
  switch (kind) {
    case "images":
      return batchesOf(asks, BATCH_LIMITS.batchGetImage)
        .map((batch) => `${imagesCommand(batch, aws)} >> images.json`)
        .join(" && ");
    case "secret":
      return asks
        .map((arn) => `${aws("secretsmanager", "describe-secret", "--secret-id", arn)} >> secrets.json`)
        .join(" && ");
    case "secrets": {
      const list = aws(
        "secretsmanager",
        "list-secrets",
        "--include-planned-deletion",
        ...whole("SecretList", "ARN", "Name", "DeletedDate"),
      );
      return `${list} > secrets.json`;
    }
    case "parameters":
      return `${aws("ssm", "describe-parameters", ...whole("Parameters", "Name", "Type", "Version"))} > parameters.json`;
    case "log-groups":
      return `${aws("logs", "describe-log-groups", ...whole("logGroups", "logGroupName", "arn"))} > log-groups.json`;
    case "alarms": {
      const query = `{${ASKED_FOR}: \`"all"\`, MetricAlarms: MetricAlarms[].${ALARM}, CompositeAlarms: CompositeAlarms[].${ALARM}}`;
      const types = ["--alarm-types", "MetricAlarm", "CompositeAlarm"];
      return `${aws("cloudwatch", "describe-alarms", ...types, "--query", query)} > alarms.json`;
    }
    case "scaling":
      return `${aws("application-autoscaling", "describe-scalable-targets", "--service-namespace", "ecs")} > scaling.json`;
    case "quotas":
      return `${aws("service-quotas", "list-service-quotas", "--service-code", "fargate")} > quotas.json`;
    case "usage":
      return usageCommand(aws);
    case "trails":
      return `${aws("cloudtrail", "describe-trails")} > trails.json`;
    case "trail-events":
      return asks
        .map((arn) => `${aws("cloudtrail", "get-event-selectors", "--trail-name", arn)} >> trails-events.json`)
        .join(" && ");
  }
}

const ALARM = "{AlarmName: AlarmName, StateValue: StateValue, StateUpdatedTimestamp: StateUpdatedTimestamp}";

/** The list with the members that are needed, and the word that nothing narrowed it. */
function whole(list: string, ...members: readonly string[]): readonly string[] {
  const shown = members.map((member) => `${member}: ${member}`).join(", ");
  return ["--query", `{${ASKED_FOR}: \`"all"\`, ${list}: ${list}[].{${shown}}}`];
}

/** `asks`: `ACCOUNT/REPOSITORY:TAG` or `ACCOUNT/REPOSITORY@DIGEST`, all of one repository. */
function imagesCommand(asks: readonly string[], aws: AwsCommand): string {
  const parsed = asks.flatMap((ask) => {
    const [, account, repository, mark, id] = /^(\d+)\/([^:@]+)([:@])(.+)$/.exec(ask) ?? [];
    return account === undefined || repository === undefined || id === undefined
      ? []
      : [{ account, repository, id: `${mark === "@" ? "imageDigest" : "imageTag"}=${id}` }];
  });
  const { account = "", repository = "" } = parsed[0] ?? {};
  const query = `{${ASKED_FOR}: \`"${account}/${repository}"\`, images: images, failures: failures}`;
  const ids = ["--image-ids", ...parsed.map(({ id }) => id)];
  const from = ["--registry-id", account, "--repository-name", repository];
  // Without their types ECR may convert manifests, whose digests are then others.
  const types = ["--accepted-media-types", ...SINGLE_MANIFEST_TYPES, ...INDEX_MANIFEST_TYPES];
  return aws("ecr", "batch-get-image", ...from, ...types, "--query", query, ...ids);
}

const QUARTER_HOUR_S = 900;

function usageCommand(aws: AwsCommand): string {
  const queries = [usageQuery("onDemand", "Standard/OnDemand"), usageQuery("spot", "Standard/Spot")];
  const data = aws("cloudwatch", "get-metric-data", "--scan-by", "TimestampDescending");
  const times = `--start-time $(($(date +%s) - ${QUARTER_HOUR_S})) --end-time $(date +%s)`;
  return `${data} ${times} --metric-data-queries ${shellWord(JSON.stringify(queries))} > usage.json`;
}

function usageQuery(Id: string, kind: string) {
  const dimensions = { Service: "Fargate", Type: "Resource", Resource: "vCPU", Class: kind };
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const Metric = { Namespace: "AWS/Usage", MetricName: "ResourceCount", Dimensions };
  return { Id, MetricStat: { Metric, Period: 60, Stat: "Maximum" } };
}
