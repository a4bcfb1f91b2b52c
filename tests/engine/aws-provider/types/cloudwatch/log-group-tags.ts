// Changing the tags of a log group.

import { TagResourceCommand, UntagResourceCommand } from "@aws-sdk/client-cloudwatch-logs";
import { calling } from "../../call-error";
import type { ResourceContext, ResourceUpdate } from "../../resource-type";
import { textOf } from "../../state-values";
import { tagChange } from "../../tags";

export async function changeLogGroupTags(
  { aws }: ResourceContext,
  { olds, news }: Pick<ResourceUpdate, "olds" | "news">,
): Promise<void> {
  const resourceArn = textOf(news.arn) ?? "";
  const { added, removed } = tagChange(olds, news);
  const doing = `updating tags for CloudWatch Logs Log Group (${resourceArn})`;
  if (removed.length > 0) {
    const asked = aws.logs.send(new UntagResourceCommand({ resourceArn, tagKeys: [...removed] }));
    await calling(doing, "CloudWatch Logs: UntagResource", asked);
  }
  if (Object.keys(added).length === 0) return;
  const asked = aws.logs.send(new TagResourceCommand({ resourceArn, tags: { ...added } }));
  await calling(doing, "CloudWatch Logs: TagResource", asked);
}
