// Stages `fargate-cmk-migrate`: the command with its launcher, and the simulator that demo and simulate use.

import { cpSync } from "node:fs";
import path from "node:path";
import { BUILD_FOLDER } from "../build-state.mjs";
import { copyCode } from "./copy-code.mjs";

/** Editors check a fargate-cmk.yaml by it. */
const SETTINGS_SCHEMA = "fargate-cmk.schema.json";

const ROOMS = ["domain", "migrate", "simulator"];

export function stageCommand({ root, staging }) {
  for (const room of ROOMS) {
    copyCode({ from: path.join(root, BUILD_FOLDER, room), to: path.join(staging, "lib", room), endings: [".js"] });
  }
  cpSync(path.join(root, "migrate/bin"), path.join(staging, "bin"), { recursive: true });
  cpSync(path.join(root, "README.md"), path.join(staging, "README.md"));
  cpSync(path.join(root, "migrate", SETTINGS_SCHEMA), path.join(staging, SETTINGS_SCHEMA));
  return { files: ["bin", "lib", SETTINGS_SCHEMA, "CHANGELOG.md"] };
}
