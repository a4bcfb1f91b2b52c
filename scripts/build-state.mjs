// Says whether the installed packages and the build belong to the sources as they stand.
//
// Invariants
//   packages belong to the lockfile when npm's own record of what it installed names the same versions
//   the build belongs to the sources when the list of sources with their times is the one that was noted after the build

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

export const SOURCE_FOLDERS = ["components", "domain", "examples", "migrate", "policypack", "simulator", "tests"];
export const BUILD_FOLDER = "build/js";
export const BUILD_STAMP = `${BUILD_FOLDER}/.sources`;

/** Compares npm's record in node_modules with the lockfile: right after a plain `npm ci` too, whoever ran it. */
export function packagesBelong(root) {
  const installed = packagesIn(path.join(root, "node_modules/.package-lock.json"));
  const wanted = packagesIn(path.join(root, "package-lock.json"));
  if (installed === null || wanted === null) return false;
  return Object.entries(wanted).every(
    ([place, entry]) => place === "" || isInstalled({ root, place, entry, installed }),
  );
}

/** One hash over the names, sizes and times of everything that the compiler reads. */
export function sourcesHash(root) {
  const hash = createHash("sha256");
  for (const file of [
    "tsconfig.json",
    "package-lock.json",
    "index.ts",
    ...SOURCE_FOLDERS.flatMap((folder) => filesIn(root, folder)),
  ]) {
    const { size, mtimeMs } = statSync(path.join(root, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

export function buildBelongs(root) {
  const stamp = path.join(root, BUILD_STAMP);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === sourcesHash(root);
}

function isInstalled({ root, place, entry, installed }) {
  // A workspace has no record of its own: its link has one. Optional packages of other systems are left out rightly.
  if (entry.link === true) return existsSync(path.join(root, place));
  if (!place.startsWith("node_modules/") && !place.includes("/node_modules/")) return true;
  const found = installed[place];
  if (found === undefined) return entry.optional === true;
  return found.version === entry.version && found.integrity === entry.integrity;
}

function packagesIn(file) {
  if (!existsSync(file)) return null;
  return JSON.parse(readFileSync(file, "utf8")).packages ?? null;
}

function filesIn(root, folder) {
  const entries = readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes("node_modules"))
    .toSorted();
}
