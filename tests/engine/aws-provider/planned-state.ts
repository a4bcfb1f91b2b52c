// The state a resource will have as far as a plan can tell: inputs, what a computed property or an output already is, and
// unknowns for what only AWS can tell. `region` and `tagsAll` are known at plan time, as in the official provider.

import { holdsUnknown, isList, isMap, type PropertyMap, type PropertyValue, UNKNOWN } from "./property-values";
import type { ResourceType } from "./resource-type";
import { allTags } from "./tags";

export interface PlanQuestion {
  readonly type: ResourceType;
  readonly inputs: PropertyMap;
  /** Undefined for a resource that is to be made. */
  readonly olds?: PropertyMap;
  readonly region: string;
  readonly defaultTags: Readonly<Record<string, string>>;
}

/** For the calls that make or change the resource: nothing in it is invented. */
export function plannedState({ type, inputs, olds, region, defaultTags }: PlanQuestion): PropertyMap {
  const given = withoutDefaults(inputs);
  const kept = Object.keys(olds ?? {}).filter(
    (name) => given[name] === undefined && (type.outputs.includes(name) || type.inputs[name]?.computed === true),
  );
  return {
    ...Object.fromEntries(kept.map((name) => [name, olds?.[name] ?? null])),
    ...given,
    ...("region" in type.inputs ? { region: given.region ?? region } : {}),
    ...("tags" in type.inputs ? { tagsAll: given.tagsAll ?? plannedTags(given, defaultTags) } : {}),
  };
}

/** For a preview: what a plan leaves open is unknown. */
export function previewedState(question: PlanQuestion): PropertyMap {
  const { type, olds } = question;
  const planned = plannedState(question);
  if (olds !== undefined) return planned;
  const open = [
    ...type.outputs,
    ...Object.entries(type.inputs).flatMap(([name, { computed }]) => (computed === true ? [name] : [])),
  ].filter((name) => planned[name] === undefined);
  return { ...planned, ...Object.fromEntries(open.map((name) => [name, UNKNOWN])) };
}

/** All tags that a resource with these inputs gets; unknown as a whole when any of its own is. */
export function plannedTags(inputs: PropertyMap, defaultTags: Readonly<Record<string, string>>): PropertyValue {
  if (holdsUnknown(inputs.tags)) return UNKNOWN;
  const tags = isMap(inputs.tags) ? inputs.tags : {};
  return { ...allTags({}, defaultTags), ...tags };
}

function withoutDefaults(inputs: PropertyMap): PropertyMap {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, value]) => (name === "__defaults" ? [] : [[name, stripped(value)]])),
  );
}

function stripped(value: PropertyValue): PropertyValue {
  if (isList(value)) return value.map(stripped);
  return isMap(value) ? withoutDefaults(value) : value;
}
