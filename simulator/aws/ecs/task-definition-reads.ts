// DescribeTaskDefinition and ListTaskDefinitions. Source: ECS API reference (documented).

import type { DescribeTaskDefinitionRequest, ListTaskDefinitionsRequest } from "@aws-sdk/client-ecs";
import { AwsError } from "../../world/aws-error";
import type { Context } from "../operation";
import { limitOf, pageOf } from "../pagination";
import { tagList } from "../tags";
import { taskDefinitionNamed } from "./find";
import { taskDefinitionView } from "./task-definition-view";

export function describeTaskDefinition({ lane }: Context, input: DescribeTaskDefinitionRequest) {
  const definition = taskDefinitionNamed(lane, input.taskDefinition ?? "");
  if (definition === undefined) throw new AwsError("ClientException", "Unable to describe task definition.");
  const tags = input.include?.includes("TAGS") ? tagList(definition.tags) : undefined;
  return { taskDefinition: taskDefinitionView(definition), tags };
}

export function listTaskDefinitions({ lane }: Context, input: ListTaskDefinitionsRequest) {
  const status = input.status ?? "ACTIVE";
  const wanted = [...lane.taskDefinitions.values()].filter(
    (definition) =>
      definition.status === status && (input.familyPrefix === undefined || definition.family === input.familyPrefix),
  );
  const ordered = input.sort === "DESC" ? wanted.toReversed().map(negated) : wanted;
  const question = `task definitions ${status} ${input.familyPrefix ?? ""} ${input.sort ?? "ASC"}`;
  const limit = limitOf(input.maxResults, { standard: 100, most: 100 });
  const page = pageOf(ordered, { question, token: input.nextToken, limit });
  return { taskDefinitionArns: page.items.map((definition) => definition.arn), nextToken: page.nextToken };
}

/** Pages follow rising sequences, so a descending listing counts from the top. */
function negated(definition: { readonly sequence: number; readonly arn: string }) {
  return { arn: definition.arn, sequence: Number.MAX_SAFE_INTEGER - definition.sequence };
}
