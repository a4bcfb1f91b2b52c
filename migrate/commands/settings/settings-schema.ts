// The shape of fargate-cmk.yaml, made from the table of verbs: every option of the command line, and nothing else.
// Invariant: an unknown key is refused; numbers may be written as numbers, for a person writes `in-flight: 30`.

import { z } from "zod";
import type { Verb, VerbOption } from "../verb";
import { type OptionKey, optionKeys } from "./option-keys";

export type OptionValue = string | boolean | readonly string[];
export type SettingsSection = Readonly<Record<string, OptionValue>>;
export type Settings = Readonly<Record<string, OptionValue | SettingsSection>>;

export interface SettingsTable {
  readonly globals: readonly VerbOption[];
  readonly verbs: readonly Verb[];
}

export function settingsSchema({ globals, verbs }: SettingsTable): z.ZodType<Settings> {
  const sections = verbs.flatMap((verb) => {
    const section = membersOf(optionKeys(verb.options, verb));
    if (Object.keys(section).length === 0) return [];
    const described = z.strictObject(section).describe(`Options of fargate-cmk ${verb.name}: ${verb.summary}.`);
    return [[verb.name, described.exactOptional()] as const];
  });
  const shape = { ...membersOf(optionKeys(globals, null)), ...Object.fromEntries(sections) };
  const described = z
    .strictObject(shape)
    .describe("Settings of the fargate-cmk command. The environment and the command line come before them.");
  // The shape is put together at run time, so the compiler knows its members only as "any of them".
  return described as unknown as z.ZodType<Settings>;
}

/** As published for editors: JSON Schema, draft 2020-12. */
export function settingsJsonSchema(table: SettingsTable): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(settingsSchema(table), { io: "input" });
  return { $schema, title: "fargate-cmk.yaml", ...schema };
}

function membersOf(keys: readonly OptionKey[]): Readonly<Record<string, z.ZodType<OptionValue | undefined>>> {
  const named = keys.filter(({ inFile }) => inFile).map((key) => [key.key, memberOf(key)] as const);
  return Object.fromEntries(named);
}

function memberOf({ option: { choices, description }, takes }: OptionKey): z.ZodType<OptionValue | undefined> {
  const word = choices === undefined ? text : z.enum([...choices] as [string, ...string[]]);
  const value = takes === "flag" ? z.boolean() : takes === "list" ? z.array(text) : word;
  return value.describe(description).exactOptional();
}

const text = z.union([z.string(), z.number()]).transform(String);
