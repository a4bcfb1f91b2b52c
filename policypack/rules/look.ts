// Looking into a resource's properties when some of them are not known before the update.
//
// Invariants
//   an unknown value is the symbol UNKNOWN and nothing else: it cannot be mistaken for a value, and two of them say nothing about each other
//   null, an empty string and a blank one count as absent: providers leave them behind where nothing was given

/** Stands where the value will be known only when the update reaches the resource. */
export const UNKNOWN: unique symbol = Symbol("not known before the update");

export type Properties = Readonly<Record<string, unknown>>;

export type Look =
  | { readonly state: "absent" }
  /** `at` is the outermost property that is unknown, as a path with dots; the one asked for, or a parent of it. */
  | { readonly state: "unknown"; readonly at: string }
  | { readonly state: "known"; readonly value: unknown };

/** What stands at a path of property names, such as `configuration.managedStorageConfiguration`. */
export function lookAt(properties: unknown, path: string): Look {
  const names = path.split(".");
  let here: unknown = properties;
  for (const [index, name] of names.entries()) {
    if (here === UNKNOWN) return { state: "unknown", at: names.slice(0, index).join(".") };
    if (!isObject(here) || !Object.hasOwn(here, name)) return ABSENT;
    here = here[name];
  }
  if (here === UNKNOWN) return { state: "unknown", at: path };
  return isBlank(here) ? ABSENT : { state: "known", value: here };
}

/** The texts that are known at these paths. */
export function textsAt(properties: unknown, paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => textOf(lookAt(properties, path)));
}

/** The text, if it is one that is known. */
export function textOf(look: Look): readonly string[] {
  return look.state === "known" && typeof look.value === "string" ? [look.value] : [];
}

/** Whether something is wired to the path, known or not; `unclear` when a parent is unknown, so that it cannot be seen. */
export function presenceOf(properties: unknown, path: string): "present" | "absent" | "unclear" {
  const look = lookAt(properties, path);
  if (look.state === "unknown") return look.at === path ? "present" : "unclear";
  return look.state === "known" ? "present" : "absent";
}

/** How many values below these properties are unknown; one that hides others counts once. */
export function unknownsIn(value: unknown): number {
  if (value === UNKNOWN) return 1;
  if (!isObject(value)) return 0;
  return Object.values(value).reduce<number>((sum, one) => sum + unknownsIn(one), 0);
}

/** A value of somebody else's program as JSON for one line of a message: texts quoted, no line breaks, shortened. */
export function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(shortened(value));
  return shortened(JSON.stringify(value) ?? String(value));
}

const ABSENT: Look = { state: "absent" };
const SHOWN_CHARACTERS_MAX = 120;

function shortened(text: string): string {
  return text.length <= SHOWN_CHARACTERS_MAX ? text : `${text.slice(0, SHOWN_CHARACTERS_MAX)}…`;
}

function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null;
}

function isBlank(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "string" && value.trim() === "");
}
