// ListTagsForResource, TagResource, UntagResource. Source: ECS API reference (documented).

import type { ListTagsForResourceRequest, TagResourceRequest, UntagResourceRequest } from "@aws-sdk/client-ecs";
import { arnOrNull } from "../../world/arns";
import { AwsError, invalidParameter } from "../../world/aws-error";
import type { Lane } from "../../world/lane";
import { type Lagging, touch } from "../../world/world-state";
import type { Context } from "../operation";
import { tagList, tagRecord } from "../tags";
import { requireCluster, requireService, requireTaskSet, taskDefinitionNamed, taskNamed } from "./find";

interface Tagged {
  tags: Record<string, string>;
  readonly kind?: string;
}

export function listTagsForResource({ lane }: Context, input: ListTagsForResourceRequest) {
  return { tags: tagList(resource(lane, input.resourceArn ?? "").tags) };
}

export function tagResource({ lane, world }: Context, input: TagResourceRequest) {
  const tagged = resource(lane, input.resourceArn ?? "");
  tagged.tags = { ...tagged.tags, ...tagRecord(input.tags) };
  if (canLag(tagged)) touch(world, tagged);
  return {};
}

export function untagResource({ lane, world }: Context, input: UntagResourceRequest) {
  const tagged = resource(lane, input.resourceArn ?? "");
  const gone = new Set(input.tagKeys ?? []);
  tagged.tags = Object.fromEntries(Object.entries(tagged.tags).filter(([name]) => !gone.has(name)));
  if (canLag(tagged)) touch(world, tagged);
  return {};
}

function resource(lane: Lane, arn: string): Tagged {
  const [kind, ...path] = (arnOrNull(arn)?.resource ?? "").split("/");
  const [first, second] = path;
  switch (kind) {
    case "cluster":
      return requireCluster(lane, arn);
    case "service":
      return requireService(requireCluster(lane, first), second);
    case "task":
      return present(taskNamed(requireCluster(lane, first), arn), arn);
    case "task-set":
      return requireTaskSet(requireService(requireCluster(lane, first), second), arn);
    case "task-definition":
      return present(taskDefinitionNamed(lane, arn), arn);
    default:
      throw invalidParameter(`The simulator knows no taggable resource ${arn}.`);
  }
}

function present<T>(found: T | undefined, arn: string): T {
  if (found !== undefined) return found;
  throw new AwsError("ResourceNotFoundException", `The resource ${arn} was not found.`);
}

function canLag(tagged: Tagged): tagged is Tagged & Lagging {
  return tagged.kind === "cluster" || tagged.kind === "service" || tagged.kind === "task";
}
