// Tags: kept as a record, shown as AWS's lists.

export interface EcsTag {
  readonly key?: string | undefined;
  readonly value?: string | undefined;
}

export function tagRecord(tags: readonly EcsTag[] | undefined): Record<string, string> {
  return Object.fromEntries((tags ?? []).map((tag) => [tag.key ?? "", tag.value ?? ""]));
}

export function tagList(tags: Readonly<Record<string, string>>): { key: string; value: string }[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}
