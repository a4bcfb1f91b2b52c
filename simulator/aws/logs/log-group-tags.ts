// Tags of log groups. Source: CloudWatch Logs API reference (documented: a map of at most 50 tags; the ARN without `:*`).

import type {
  ListTagsForResourceRequest,
  TagResourceRequest,
  UntagResourceRequest,
} from "@aws-sdk/client-cloudwatch-logs";
import { AwsError } from "../../world/aws-error";
import type { Context } from "../operation";
import { requireLogGroupOfArn } from "./find-log-group";

const TAGS_MAX = 50;

export function listTagsForResource({ lane }: Context, input: ListTagsForResourceRequest) {
  return { tags: { ...requireLogGroupOfArn(lane, input.resourceArn).tags } };
}

export function tagResource({ lane }: Context, input: TagResourceRequest) {
  const logGroup = requireLogGroupOfArn(lane, input.resourceArn);
  const tags = { ...logGroup.tags, ...input.tags };
  requireTags(tags);
  logGroup.tags = tags;
  return {};
}

export function untagResource({ lane }: Context, input: UntagResourceRequest) {
  const logGroup = requireLogGroupOfArn(lane, input.resourceArn);
  const gone = new Set(input.tagKeys ?? []);
  logGroup.tags = Object.fromEntries(Object.entries(logGroup.tags).filter(([name]) => !gone.has(name)));
  return {};
}

export function requireTags(tags: Readonly<Record<string, string>>): void {
  const count = Object.keys(tags).length;
  if (count <= TAGS_MAX) return;
  throw new AwsError("TooManyTagsException", `A log group can have no more than ${TAGS_MAX} tags, not ${count}.`);
}
