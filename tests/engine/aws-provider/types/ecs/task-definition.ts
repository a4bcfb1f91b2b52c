// aws:ecs/taskDefinition:TaskDefinition. Its id is the family; the revision lives in the ARN.

import {
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import { calling, isCode } from "../../call-error";
import type { PropertyMap } from "../../property-values";
import type { ResourceContext, ResourceType } from "../../resource-type";
import { textOf } from "../../state-values";
import { tagState, tagsFromEcs } from "../../tags";
import { changeEcsTags } from "./ecs-tags";
import { fromTaskDefinition, taskDefinitionInputs, toRegisterTaskDefinition } from "./task-definition-shape";

export const taskDefinition: ResourceType = {
  token: "aws:ecs/taskDefinition:TaskDefinition",
  inputs: taskDefinitionInputs,
  outputs: ["arn", "arnWithoutRevision", "revision"],

  async create(context, planned) {
    const id = textOf(planned.family) ?? "";
    const asked = context.aws.ecs.send(new RegisterTaskDefinitionCommand(toRegisterTaskDefinition(planned)));
    const doing = `creating ECS Task Definition (${id})`;
    const answer = await calling(doing, "ECS: RegisterTaskDefinition", asked);
    context.created(id);
    const arn = answer.taskDefinition?.taskDefinitionArn ?? "";
    return { id, state: await presentState(context, { ...planned, arn }) };
  },

  async read(context, { id, state }) {
    const now = await stateOf(context, state);
    return now === null ? null : { id: textOf(now.family) ?? id, state: now };
  },

  async update(context, { olds, news, changed }) {
    const arn = textOf(news.arn) ?? "";
    const what = `ECS Task Definition (${arn})`;
    if (changed.has("tagsAll")) await changeEcsTags(context, { arn, what, olds, news });
    return presentState(context, news);
  },

  async delete({ aws }, { id, state }) {
    if (state.skipDestroy === true) return;
    const asked = aws.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: textOf(state.arn) }));
    await calling(`deleting ECS Task Definition (${id})`, "ECS: DeregisterTaskDefinition", asked);
  },

  /** The import id is the ARN with its revision. */
  imported: (_context, arn) => ({ id: arn, state: { arn } }),
};

/** An INACTIVE revision is as good as gone. */
async function stateOf(context: ResourceContext, old: PropertyMap): Promise<PropertyMap | null> {
  const reference = old.trackLatest === true ? textOf(old.family) : textOf(old.arn);
  try {
    const input = { taskDefinition: reference, include: ["TAGS" as const] };
    const asked = context.aws.ecs.send(new DescribeTaskDefinitionCommand(input));
    const answer = await calling(`reading ECS Task Definition (${reference})`, "ECS: DescribeTaskDefinition", asked);
    const definition = answer.taskDefinition;
    if (definition === undefined || definition.status !== "ACTIVE") return null;
    const held = tagState(tagsFromEcs(answer.tags), old, context.defaultTags);
    return { ...old, ...fromTaskDefinition(definition, old), ...held };
  } catch (error) {
    if (isCode(error, "ClientException")) return null;
    throw error;
  }
}

async function presentState(context: ResourceContext, old: PropertyMap): Promise<PropertyMap> {
  const state = await stateOf(context, old);
  if (state === null) throw new Error(`reading ECS Task Definition (${textOf(old.arn)}): couldn't find resource`);
  return state;
}
