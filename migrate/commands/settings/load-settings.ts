// Finds the settings file of a call and puts what it and the environment say under what was typed.
// Invariant: a file that was named must be there; the one of this directory need not be, and with --no-config is not looked at.

import path from "node:path";
import { readTextFile, readTextFileIfAny } from "../../adapters/files/read-text-file";
import type { Call } from "../program";
import { type MergedOptions, mergeSettings } from "./merge-settings";
import type { Settings, SettingsTable } from "./settings-schema";

export const SETTINGS_FILE = "fargate-cmk.yaml";
/** How the same file is often called; it would be a pity to leave it unread in silence. */
const OTHER_ENDING = "fargate-cmk.yml";

export interface SettingsPlace {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly table: SettingsTable;
}

export interface LoadedSettings extends MergedOptions {
  /** As it is shown to people; null when none was read. */
  readonly file: string | null;
  /** A file that is there, looks like one of ours and is not read. */
  readonly passedOver: string | null;
}

/** @throws FargateCmkError `file-unreadable`, `not-yaml`, `wrong-shape`, `usage` */
export async function loadSettings({ verb, options, typed }: Call, place: SettingsPlace): Promise<LoadedSettings> {
  const { env, table } = place;
  const { config } = options as { readonly config?: string | boolean };
  const found = await textOf(config ?? (env.FARGATE_CMK_CONFIG || undefined), place.cwd);
  const settings: Settings = found.text === null ? {} : await parsed(found.text, found.file, table);
  const merged = mergeSettings({ table, verb, options, typed, env, settings }, found.file);
  return { ...merged, file: found.text === null ? null : found.file, passedOver: found.passedOver };
}

interface FoundFile {
  readonly file: string;
  readonly text: string | null;
  readonly passedOver: string | null;
}

async function textOf(named: string | boolean | undefined, cwd: string): Promise<FoundFile> {
  if (named === false) return { file: SETTINGS_FILE, text: null, passedOver: null };
  if (typeof named === "string")
    return { file: named, text: await readTextFile(path.resolve(cwd, named), named), passedOver: null };
  const text = await readTextFileIfAny(path.resolve(cwd, SETTINGS_FILE), SETTINGS_FILE);
  const other = text === null ? await readTextFileIfAny(path.resolve(cwd, OTHER_ENDING), OTHER_ENDING) : null;
  return { file: SETTINGS_FILE, text, passedOver: other === null ? null : OTHER_ENDING };
}

/** The parser and its schema are loaded only where there is a file: most calls have none. */
async function parsed(text: string, file: string, table: SettingsTable): Promise<Settings> {
  const { parseSettings } = require("./parse-settings") as typeof import("./parse-settings");
  return parseSettings(text, file, table);
}
