// The version of this program, from the package that it stands in.
// Invariant: package.json is the one place that names it.

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const PACKAGE_NAME = "fargate-cmk-migrate";
const STEPS_MAX = 8;

/** Looks upwards, since the built file stands at another depth in a clone than in a package. */
export function toolVersion(): string {
  let directory = __dirname;
  for (let step = 0; step < STEPS_MAX; step += 1) {
    for (const file of [path.join(directory, "package.json"), path.join(directory, "migrate", "package.json")]) {
      const version = versionIn(file);
      if (version !== null) return version;
    }
    directory = path.dirname(directory);
  }
  return "unknown";
}

function versionIn(file: string): string | null {
  if (!existsSync(file)) return null;
  const { name, version } = JSON.parse(readFileSync(file, "utf8")) as { name?: unknown; version?: unknown };
  return name === PACKAGE_NAME && typeof version === "string" ? version : null;
}
