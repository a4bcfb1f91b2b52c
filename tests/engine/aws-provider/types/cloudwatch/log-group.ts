// aws:cloudwatch/logGroup:LogGroup. Its id is its name; CloudWatch shows its ARN with a trailing `:*`, which is cut off.

import {
  AssociateKmsKeyCommand,
  CreateLogGroupCommand,
  type CreateLogGroupCommandInput,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DisassociateKmsKeyCommand,
  ListTagsForResourceCommand,
  type LogGroup,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { calling, isCode } from "../../call-error";
import { boolean, number, REGION, string, TAGS } from "../../input-schema";
import type { PropertyMap } from "../../property-values";
import type { ResourceContext, ResourceType } from "../../resource-type";
import { compact, numberOf, textMapOf, textOf } from "../../state-values";
import { tagState } from "../../tags";
import { uniqueName } from "../../unique-name";
import { changeLogGroupTags } from "./log-group-tags";

const PAGES_MAX = 100;

export const logGroup: ResourceType = {
  token: "aws:cloudwatch/logGroup:LogGroup",
  inputs: {
    deletionProtectionEnabled: { type: boolean(), computed: true },
    kmsKeyId: { type: string() },
    logGroupClass: { type: string("STANDARD", "INFREQUENT_ACCESS", "DELIVERY"), computed: true, replaces: true },
    name: { type: string(), computed: true, replaces: true, autoname: { prefix: "" } },
    namePrefix: { type: string(), computed: true, replaces: true },
    region: REGION,
    retentionInDays: { type: number(0, 3653), standard: 0 },
    skipDestroy: { type: boolean(), standard: false },
    tags: TAGS,
  },
  outputs: ["arn"],

  async create(context, planned) {
    const name = textOf(planned.name) ?? uniqueName(textOf(planned.namePrefix) ?? "terraform-");
    const asked = context.aws.logs.send(new CreateLogGroupCommand(createInput(name, planned)));
    await calling(`creating CloudWatch Logs Log Group (${name})`, "CloudWatch Logs: CreateLogGroup", asked);
    context.created(name);
    if (numberOf(planned.retentionInDays)) await setRetention(context, name, planned);
    return { id: name, state: await presentState(context, name, planned) };
  },

  async read(context, { id, state }) {
    const now = await stateOf(context, id, state);
    return now === null ? null : { id, state: now };
  },

  async update(context, { id, olds, news, changed }) {
    if (changed.has("tagsAll")) await changeLogGroupTags(context, { olds, news });
    if (changed.has("retentionInDays")) await setRetention(context, id, news);
    if (changed.has("kmsKeyId")) await setKey(context, id, textOf(news.kmsKeyId));
    return presentState(context, id, news);
  },

  async delete({ aws }, { id, state }) {
    if (state.skipDestroy === true) return;
    try {
      const asked = aws.logs.send(new DeleteLogGroupCommand({ logGroupName: id }));
      await calling(`deleting CloudWatch Logs Log Group (${id})`, "CloudWatch Logs: DeleteLogGroup", asked);
    } catch (error) {
      if (!isCode(error, "ResourceNotFoundException")) throw error;
    }
  },
};

function createInput(logGroupName: string, planned: PropertyMap): CreateLogGroupCommandInput {
  const tags = textMapOf(planned.tagsAll);
  return compact({
    logGroupName,
    kmsKeyId: textOf(planned.kmsKeyId),
    logGroupClass: textOf(planned.logGroupClass) as "STANDARD" | undefined,
    tags: Object.keys(tags).length === 0 ? undefined : tags,
    deletionProtectionEnabled: planned.deletionProtectionEnabled === true ? true : undefined,
  }) as CreateLogGroupCommandInput;
}

async function setRetention({ aws }: ResourceContext, logGroupName: string, planned: PropertyMap): Promise<void> {
  const retentionInDays = numberOf(planned.retentionInDays) ?? 0;
  const doing = `setting CloudWatch Logs Log Group (${logGroupName}) retention policy`;
  if (retentionInDays === 0) {
    const asked = aws.logs.send(new DeleteRetentionPolicyCommand({ logGroupName }));
    await calling(doing, "CloudWatch Logs: DeleteRetentionPolicy", asked);
    return;
  }
  const asked = aws.logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
  await calling(doing, "CloudWatch Logs: PutRetentionPolicy", asked);
}

async function setKey({ aws }: ResourceContext, logGroupName: string, kmsKeyId: string | undefined): Promise<void> {
  const doing = `associating CloudWatch Logs Log Group (${logGroupName}) KMS key`;
  if (kmsKeyId === undefined) {
    const asked = aws.logs.send(new DisassociateKmsKeyCommand({ logGroupName }));
    await calling(`dis${doing}`, "CloudWatch Logs: DisassociateKmsKey", asked);
    return;
  }
  const asked = aws.logs.send(new AssociateKmsKeyCommand({ logGroupName, kmsKeyId }));
  await calling(doing, "CloudWatch Logs: AssociateKmsKey", asked);
}

async function stateOf(context: ResourceContext, name: string, old: PropertyMap): Promise<PropertyMap | null> {
  const group = await described(context, name);
  if (group === undefined) return null;
  const arn = (group.arn ?? "").replace(/:\*$/, "");
  const asked = context.aws.logs.send(new ListTagsForResourceCommand({ resourceArn: arn }));
  const doing = `listing tags for CloudWatch Logs Log Group (${name})`;
  const { tags = {} } = await calling(doing, "CloudWatch Logs: ListTagsForResource", asked);
  return {
    ...old,
    arn,
    kmsKeyId: group.kmsKeyId ?? "",
    logGroupClass: group.logGroupClass ?? "STANDARD",
    name,
    retentionInDays: group.retentionInDays ?? 0,
    ...tagState(tags, old, context.defaultTags),
  };
}

async function presentState(context: ResourceContext, name: string, old: PropertyMap): Promise<PropertyMap> {
  const state = await stateOf(context, name, old);
  if (state === null) throw new Error(`reading CloudWatch Logs Log Group (${name}): couldn't find resource`);
  return state;
}

/** Others may begin with the same name: only the whole name counts. */
async function described({ aws }: ResourceContext, name: string): Promise<LogGroup | undefined> {
  let nextToken: string | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const input = { logGroupNamePrefix: name, ...(nextToken === undefined ? {} : { nextToken }) };
    const asked = aws.logs.send(new DescribeLogGroupsCommand(input));
    const doing = `reading CloudWatch Logs Log Group (${name})`;
    const answer = await calling(doing, "CloudWatch Logs: DescribeLogGroups", asked);
    const found = answer.logGroups?.find(({ logGroupName }) => logGroupName === name);
    nextToken = answer.nextToken;
    if (found !== undefined || nextToken === undefined) return found;
  }
  return undefined;
}
