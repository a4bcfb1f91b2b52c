// CreateLogGroup, DeleteLogGroup, PutLogGroupDeletionProtection.
// Source: CloudWatch Logs API reference (documented: the rules for names, one name once in an account and Region, classes,
// deletion protection); the error of a protected group's deletion is inferred, and so are the texts.

import type {
  CreateLogGroupRequest,
  DeleteLogGroupRequest,
  PutLogGroupDeletionProtectionRequest,
} from "@aws-sdk/client-cloudwatch-logs";
import { logsArn } from "../../world/arns";
import { AwsError, invalidParameter } from "../../world/aws-error";
import type { Context } from "../operation";
import { requireLogGroup, requireLogGroupOfArn } from "./find-log-group";
import { requireUsableKey } from "./log-group-keys";
import { requireTags } from "./log-group-tags";

const NAME = /^[\w\-/.#]{1,512}$/;

export function createLogGroup(context: Context, input: CreateLogGroupRequest) {
  const { world, lane } = context;
  const name = requireName(input.logGroupName ?? "");
  if (lane.logGroups.has(name)) {
    throw new AwsError("ResourceAlreadyExistsException", "The specified log group already exists");
  }
  const arn = logsArn(lane, `log-group:${name}`);
  const tags = input.tags ?? {};
  requireTags(tags);
  lane.logGroups.set(name, {
    name,
    arn,
    createdAtMs: world.nowMs,
    logGroupClass: input.logGroupClass ?? "STANDARD",
    retentionDays: null,
    kmsKeyArn: input.kmsKeyId === undefined ? null : requireUsableKey(context, arn, input.kmsKeyId),
    deletionProtected: input.deletionProtectionEnabled === true,
    tags: { ...tags },
  });
  return {};
}

export function deleteLogGroup({ lane }: Context, input: DeleteLogGroupRequest) {
  const logGroup = requireLogGroup(lane, input.logGroupName);
  if (logGroup.deletionProtected) {
    throw new AwsError("ValidationException", `Deletion protection is enabled for log group ${logGroup.name}.`);
  }
  lane.logGroups.delete(logGroup.name);
  return {};
}

export function putLogGroupDeletionProtection({ lane }: Context, input: PutLogGroupDeletionProtectionRequest) {
  const reference = input.logGroupIdentifier ?? "";
  const find = reference.startsWith("arn:") ? requireLogGroupOfArn : requireLogGroup;
  find(lane, reference).deletionProtected = input.deletionProtectionEnabled === true;
  return {};
}

function requireName(name: string): string {
  if (!NAME.test(name) || name.startsWith("aws/")) {
    throw invalidParameter(
      `Log group name ${JSON.stringify(name)} is not valid: 1 to 512 of a-z A-Z 0-9 _ - / . #, not starting with aws/.`,
    );
  }
  return name;
}
