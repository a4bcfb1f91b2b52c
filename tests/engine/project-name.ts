// The name in a Pulumi.yaml, without a YAML parser: it is one plain word at the start of a line.

import { readFileSync } from "node:fs";
import path from "node:path";

/** Throws when the folder has no Pulumi.yaml or it has no name. */
export function projectName(folder: string): string {
  const file = path.join(folder, "Pulumi.yaml");
  const name = /^name:\s*["']?([\w.-]+)/m.exec(readFileSync(file, "utf8"))?.[1];
  if (name === undefined) throw new Error(`${file} has no line "name: …"`);
  return name;
}
