// How long a log group keeps its events. Source: PutRetentionPolicy, CloudWatch Logs API reference (documented: the values).

import type { DeleteRetentionPolicyRequest, PutRetentionPolicyRequest } from "@aws-sdk/client-cloudwatch-logs";
import { invalidParameter } from "../../world/aws-error";
import type { Context } from "../operation";
import { requireLogGroup } from "./find-log-group";

const RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export function putRetentionPolicy({ lane }: Context, input: PutRetentionPolicyRequest) {
  const days = input.retentionInDays ?? 0;
  const logGroup = requireLogGroup(lane, input.logGroupName);
  if (!RETENTION_DAYS.includes(days)) {
    throw invalidParameter(`retentionInDays must be one of [${RETENTION_DAYS.join(", ")}], not ${days}.`);
  }
  logGroup.retentionDays = days;
  return {};
}

export function deleteRetentionPolicy({ lane }: Context, input: DeleteRetentionPolicyRequest) {
  requireLogGroup(lane, input.logGroupName).retentionDays = null;
  return {};
}
