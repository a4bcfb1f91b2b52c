// The text of a settings file → its values, or an error that says where it is wrong.
// Invariant: only what YAML 1.2 calls plain data is read: no tags, no anchors that grow, no key that stands twice.

import { parse, YAMLParseError } from "yaml";
import { checkShape } from "../../core/model/parse-document";
import { FargateCmkError } from "../../errors";
import { checkKeys } from "./check-keys";
import { type Settings, type SettingsTable, settingsSchema } from "./settings-schema";

/** `where` names the file in errors. @throws FargateCmkError `not-yaml`, `wrong-shape` */
export function parseSettings(text: string, where: string, table: SettingsTable): Settings {
  const value: unknown = readYaml(text, where);
  checkKeys(value, where, table);
  return value === null ? {} : checkShape(value, settingsSchema(table), where);
}

function readYaml(text: string, where: string): unknown {
  try {
    return parse(text, { strict: true, uniqueKeys: true, maxAliasCount: 0, logLevel: "error" });
  } catch (cause) {
    const place = cause instanceof YAMLParseError ? placeOf(cause) : "";
    const said =
      cause instanceof Error ? (cause.message.split("\n")[0] ?? "").replace(/ at line .*$/, "") : String(cause);
    const remedy = `correct ${where}, or go without it: --no-config`;
    throw new FargateCmkError("not-yaml", { message: `${where} is not YAML${place}: ${said}`, remedy, cause });
  }
}

function placeOf({ linePos }: YAMLParseError): string {
  const start = linePos?.[0];
  return start === undefined ? "" : ` at line ${start.line}, column ${start.col}`;
}
