// Tags: what a resource gets besides its own, how each service writes them, and what changed.
// Invariants: `tagsAll` is what AWS holds; `tags` leaves out what only the provider's default tags say; AWS's own stay out.

import type { Tag } from "@aws-sdk/client-ecs";
import type { PropertyMap } from "./property-values";
import { textMapOf } from "./state-values";

export type Tags = Readonly<Record<string, string>>;

export function allTags(inputs: PropertyMap, defaultTags: Tags): Tags {
  return { ...defaultTags, ...textMapOf(inputs.tags) };
}

/** ECS, with small letters; undefined for none, since the official provider then sends none. */
export function ecsTags(tags: Tags): { key: string; value: string }[] | undefined {
  const list = sorted(tags).map(([key, value]) => ({ key, value }));
  return list.length === 0 ? undefined : list;
}

/** KMS, with capitals. */
export function kmsTags(tags: Tags): { TagKey: string; TagValue: string }[] | undefined {
  const list = sorted(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
  return list.length === 0 ? undefined : list;
}

export function tagsFromEcs(list: readonly Tag[] | undefined): Tags {
  return Object.fromEntries((list ?? []).map(({ key = "", value = "" }) => [key, value]));
}

export interface TagChange {
  readonly added: Tags;
  readonly removed: readonly string[];
}

export function tagChange(olds: PropertyMap, news: PropertyMap): TagChange {
  const [old, now] = [textMapOf(olds.tagsAll), textMapOf(news.tagsAll)];
  return {
    added: Object.fromEntries(Object.entries(now).filter(([key, value]) => old[key] !== value)),
    removed: Object.keys(old).filter((key) => !(key in now)),
  };
}

/** `tags` and `tagsAll` as a state holds them. */
export function tagState(held: Tags, old: PropertyMap, defaultTags: Tags): PropertyMap {
  const tagsAll = withoutAwsTags(held);
  const own = textMapOf(old.tags);
  const tags = Object.fromEntries(
    Object.entries(tagsAll).filter(([key, value]) => key in own || defaultTags[key] !== value),
  );
  return { tags, tagsAll };
}

export function withoutAwsTags(held: Tags): Tags {
  return Object.fromEntries(Object.entries(held).filter(([key]) => !key.startsWith("aws:")));
}

function sorted(tags: Tags): [string, string][] {
  return Object.entries(tags).toSorted(([left], [right]) => (left < right ? -1 : 1));
}
