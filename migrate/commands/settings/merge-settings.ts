// What was typed, what the environment says and what the settings file says → the options that a command gets.
//
// Invariants
//   the command line comes before the environment, which comes before the file; a default of the table comes last
//   whatever came from elsewhere than the command line is listed, so that it can be told

import { usage } from "../option-values";
import type { Verb, VerbOptions } from "../verb";
import { type OptionKey, optionKeys } from "./option-keys";
import type { OptionValue, Settings, SettingsSection, SettingsTable } from "./settings-schema";

export interface SettingsQuestion {
  readonly table: SettingsTable;
  readonly verb: Verb;
  /** As commander gives them, the table's defaults included. */
  readonly options: VerbOptions;
  /** Members (`mutexTag`) that were typed. */
  readonly typed: ReadonlySet<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly settings: Settings;
}

export interface MergedOptions {
  readonly options: VerbOptions;
  /** By flag (`--soak`): where its value comes from, when that is not the command line. */
  readonly origins: ReadonlyMap<string, string>;
}

/** `file` names the settings file in origins. @throws FargateCmkError `usage` for a variable that holds no fitting value */
export function mergeSettings(question: SettingsQuestion, file: string): MergedOptions {
  const { table, verb, options, typed } = question;
  const keys = [
    ...optionKeys(table.globals, null).map((key) => ({ key, section: null })),
    ...optionKeys(verb.options, verb).map((key) => ({ key, section: verb.name })),
  ];
  const found = keys
    .filter(({ key }) => !typed.has(key.member))
    .flatMap(
      ({ key, section }) => fromEnvironment(key, question.env) ?? fromFile({ key, section, file }, question) ?? [],
    );
  return {
    options: { ...options, ...Object.fromEntries(found.map(({ member, value }) => [member, value])) },
    origins: new Map(found.map(({ flag, origin }) => [flag, origin])),
  };
}

interface Found {
  readonly member: string;
  readonly flag: string;
  readonly value: OptionValue;
  readonly origin: string;
}

function fromEnvironment(key: OptionKey, env: SettingsQuestion["env"]): Found | null {
  const { variable } = key;
  const text = variable === null ? undefined : env[variable];
  if (variable === null || text === undefined || text === "") return null;
  return found(key, environmentValue(key, variable, text), variable);
}

/** A list is one value a line: values of these options hold commas and blanks. */
function environmentValue({ takes, option: { choices } }: OptionKey, variable: string, text: string): OptionValue {
  if (choices?.includes(text) === false)
    throw usage(`${variable} is ${JSON.stringify(text)}`, `give one of ${choices.join(", ")}, or unset it`);
  if (takes === "list") return text.split("\n").filter((line) => line.trim() !== "");
  if (takes === "text") return text;
  if (["1", "true"].includes(text)) return true;
  if (["0", "false"].includes(text)) return false;
  throw usage(`${variable} is ${JSON.stringify(text)}`, "give 1 or true, 0 or false, or unset it");
}

interface Place {
  readonly key: OptionKey;
  readonly section: string | null;
  readonly file: string;
}

function fromFile({ key, section, file }: Place, { settings, env }: SettingsQuestion): Found | null {
  const values = section === null ? settings : (settings[section] as SettingsSection | undefined);
  const value = values?.[key.key] as OptionValue | undefined;
  if (value === undefined || saidByAws(key, env)) return null;
  return found(key, value, `${section === null ? "" : `${section}.`}${key.key} in ${file}`);
}

/** AWS's own variables are part of the environment too, so they come before the file. */
function saidByAws({ key }: OptionKey, env: SettingsQuestion["env"]): boolean {
  return (AWS_VARIABLES[key] ?? []).some((variable) => (env[variable] ?? "") !== "");
}

const AWS_VARIABLES: Readonly<Record<string, readonly string[]>> = {
  region: ["AWS_REGION", "AWS_DEFAULT_REGION"],
  profile: ["AWS_PROFILE"],
  "no-color": ["FORCE_COLOR"],
};

function found({ key, member, takes, whenSet }: OptionKey, value: OptionValue, origin: string): Found {
  return { member, flag: `--${key}`, value: takes === "flag" ? (value === true) === whenSet : value, origin };
}
