// `ignoreChanges`: what a program says about these paths is put back to what the state says.
// Invariant: inputs that are not under an ignored path stay as they are.

import { isList, isMap, type PropertyMap, type PropertyValue } from "./property-values";

export function keepIgnored(news: PropertyMap, olds: PropertyMap, paths: readonly string[]): PropertyMap {
  return paths.reduce<PropertyMap>((kept, path) => withOld(kept, olds, segmentsOf(path)) as PropertyMap, news);
}

function withOld(
  now: PropertyValue | undefined,
  old: PropertyValue | undefined,
  [first, ...rest]: readonly string[],
): PropertyValue | undefined {
  if (first === undefined || first === "*") return old;
  const container = now ?? (isList(old) ? [] : {});
  if (isList(container)) {
    const items = [...container];
    const item = withOld(items[Number(first)], isList(old) ? old[Number(first)] : undefined, rest);
    if (item !== undefined) items[Number(first)] = item;
    return items;
  }
  if (!isMap(container)) return now;
  const { [first]: before, ...others } = container;
  const value = withOld(before, isMap(old) ? old[first] : undefined, rest);
  if (value === undefined) return now === undefined && Object.keys(others).length === 0 ? undefined : others;
  return { ...others, [first]: value };
}

/** `a.b["c.d"][0]` is a, b, c.d, 0. */
function segmentsOf(path: string): readonly string[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, plain]) => quoted ?? index ?? plain ?? "",
  );
}
