// Compiles the sources to build/js and bundles the policy pack when they changed since the last build.
// Invariants
//   a failed build leaves no stamp, so the next run builds again
//   what was built from a source that is gone is removed: a deleted test must not go on passing

import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { BUILD_FOLDER, BUILD_STAMP, buildBelongs, sourcesHash } from "./build-state.mjs";
import { POLICY_PACK_BUNDLE } from "./bundle-policy-pack.mjs";
import { quietCommand } from "./quiet-command.mjs";

/** True when the build belongs to the sources afterwards. */
export function buildUp(root) {
  if (buildBelongs(root) && existsSync(path.join(root, POLICY_PACK_BUNDLE))) return true;
  console.error("Building (only after a change) …");
  const stamp = path.join(root, BUILD_STAMP);
  const hash = sourcesHash(root);
  rmSync(stamp, { force: true });
  if (!quietCommand(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "."], { cwd: root })) return false;
  if (!quietCommand(process.execPath, ["scripts/bundle-policy-pack.mjs"], { cwd: root })) return false;
  removeOrphans(root);
  mkdirSync(path.join(root, BUILD_FOLDER), { recursive: true });
  writeFileSync(stamp, hash);
  return true;
}

function removeOrphans(root) {
  const build = path.join(root, BUILD_FOLDER);
  for (const entry of readdirSync(build, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.js(\.map)?$/.test(entry.name)) continue;
    const built = path.join(entry.parentPath, entry.name);
    const source = path.join(root, path.relative(build, built).replace(/\.js(\.map)?$/, ".ts"));
    if (!existsSync(source)) rmSync(built);
  }
}
