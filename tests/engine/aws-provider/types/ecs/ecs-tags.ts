// Changing and listing the tags of an ECS resource by its ARN.

import { ListTagsForResourceCommand, TagResourceCommand, UntagResourceCommand } from "@aws-sdk/client-ecs";
import { calling } from "../../call-error";
import type { PropertyMap } from "../../property-values";
import type { ResourceContext } from "../../resource-type";
import { ecsTags, type Tags, tagChange, tagsFromEcs } from "../../tags";

export interface EcsTagging {
  readonly arn: string;
  /** E.g. `ECS Cluster (arn:…)`. */
  readonly what: string;
  readonly olds: PropertyMap;
  readonly news: PropertyMap;
}

/** UntagResource and TagResource, each only when there is something for it. */
export async function changeEcsTags({ aws }: ResourceContext, { arn, what, olds, news }: EcsTagging): Promise<void> {
  const { added, removed } = tagChange(olds, news);
  const doing = `updating tags for ${what}`;
  if (removed.length > 0) {
    const asked = aws.ecs.send(new UntagResourceCommand({ resourceArn: arn, tagKeys: [...removed] }));
    await calling(doing, "ECS: UntagResource", asked);
  }
  const tags = ecsTags(added);
  if (tags === undefined) return;
  const asked = aws.ecs.send(new TagResourceCommand({ resourceArn: arn, tags }));
  await calling(doing, "ECS: TagResource", asked);
}

export async function listEcsTags({ aws }: ResourceContext, arn: string, what: string): Promise<Tags> {
  const asked = aws.ecs.send(new ListTagsForResourceCommand({ resourceArn: arn }));
  return tagsFromEcs((await calling(`listing tags for ${what}`, "ECS: ListTagsForResource", asked)).tags);
}
