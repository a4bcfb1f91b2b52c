// What pulumi-aws itself writes into a resource's inputs before they are checked (its applyRegion and applyTags): the Region, and
// all tags with the default tags of the provider. Policies see both, and a diff of either is a diff of inputs.

import { type InputProperty, type InputSchema, map, string } from "./input-schema";
import { type PlanQuestion, plannedTags } from "./planned-state";
import type { PropertyMap } from "./property-values";
import type { ResourceType } from "./resource-type";

const TAGS_ALL: InputProperty = { type: map(string()), computed: true };

/** Takes the place of whatever the inputs say of `tagsAll`: no program can set it. */
export function givenByProvider({ type, inputs, region, defaultTags }: Omit<PlanQuestion, "olds">): PropertyMap {
  return {
    ...("region" in type.inputs ? { region: inputs.region ?? region } : {}),
    ...("tags" in type.inputs ? { tagsAll: plannedTags(inputs, defaultTags) } : {}),
  };
}

/** What inputs may hold once the provider gave its own. */
export function inputsOf({ inputs }: ResourceType): InputSchema {
  return "tags" in inputs ? { ...inputs, tagsAll: TAGS_ALL } : inputs;
}
