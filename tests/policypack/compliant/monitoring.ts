// Compliant properties of the resource types that the rules in rules/monitoring/ judge or look up.

import type { Properties } from "../../../policypack/rules/look";
import {
  COMPOSITE_ALARM,
  EVENT_RULE,
  EVENT_TARGET,
  LOG_GROUP,
  METRIC_ALARM,
  NATIVE_ALARM,
  NATIVE_EVENT_RULE,
  NATIVE_LOG_GROUP,
  NATIVE_TOPIC,
  NATIVE_TRAIL,
  TOPIC,
  TRAIL,
} from "../../../policypack/rules/resource-types";

export const MONITORING_KEY_ARN = "arn:aws:kms:eu-central-1:111122223333:key/9999eeee-12ab-34cd-56ef-1234567890ab";
export const TOPIC_ARN = "arn:aws:sns:eu-central-1:111122223333:alarms";
export const LOG_GROUP_NAME = "/ecs/web";
export const LOG_GROUP_ARN = `arn:aws:logs:eu-central-1:111122223333:log-group:${LOG_GROUP_NAME}`;

const PATTERN = { source: ["aws.kms"], "detail-type": ["AWS API Call via CloudTrail"] };

export const MONITORING_PROPERTIES: Readonly<Record<string, Properties>> = {
  [LOG_GROUP]: { name: LOG_GROUP_NAME, arn: LOG_GROUP_ARN, kmsKeyId: MONITORING_KEY_ARN },
  [NATIVE_LOG_GROUP]: { logGroupName: LOG_GROUP_NAME, arn: `${LOG_GROUP_ARN}:*`, kmsKeyId: MONITORING_KEY_ARN },
  [TOPIC]: { arn: TOPIC_ARN, kmsMasterKeyId: MONITORING_KEY_ARN },
  [NATIVE_TOPIC]: { topicArn: TOPIC_ARN, kmsMasterKeyId: MONITORING_KEY_ARN },
  [TRAIL]: { kmsKeyId: MONITORING_KEY_ARN, enableLogging: true, cloudWatchLogsGroupArn: `${LOG_GROUP_ARN}:*` },
  [NATIVE_TRAIL]: { kmsKeyId: MONITORING_KEY_ARN, isLogging: true, cloudWatchLogsLogGroupArn: `${LOG_GROUP_ARN}:*` },
  [METRIC_ALARM]: { actionsEnabled: true, alarmActions: [TOPIC_ARN] },
  [COMPOSITE_ALARM]: { actionsEnabled: true, alarmActions: [TOPIC_ARN] },
  [NATIVE_ALARM]: { actionsEnabled: true, alarmActions: [TOPIC_ARN] },
  [EVENT_RULE]: { name: "key-calls", eventPattern: JSON.stringify(PATTERN) },
  [EVENT_TARGET]: { rule: "key-calls", arn: TOPIC_ARN },
  [NATIVE_EVENT_RULE]: { eventPattern: PATTERN, targets: [{ id: "alarms", arn: TOPIC_ARN }] },
};

/** A container that logs to the group, as ECS calls its properties. */
export function loggingContainer(group: unknown = LOG_GROUP_NAME, rest: Properties = {}): Properties {
  const options = { "awslogs-group": group, "awslogs-region": "eu-central-1", "awslogs-stream-prefix": "web", ...rest };
  return { name: "app", image: "app", logConfiguration: { logDriver: "awslogs", options } };
}
