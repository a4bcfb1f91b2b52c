// AWSGuard with the packages of its lockfile, in a folder of the benchmark's own: the repository depends on none of it.
//
// Invariants
//   no script of a package runs, so no provider plugin is fetched
//   the SDK and the policy library are those that the repository pins: AWSGuard takes any 3.x and 1.x, and only its aws 4.x is its own
//   it is installed again when the lockfile changed, and only then

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";

/** The folder of a pack that is ready to start. Throws with what npm said when it cannot be installed. */
export function installedAwsGuard(): string {
  if (!isInstalled()) install();
  for (const file of ["package.json", "pack.js", "PulumiPolicy.yaml"])
    cpSync(path.join(SOURCE, file), path.join(FOLDER, file));
  return FOLDER;
}

const SOURCE = path.resolve("tests/bench/policy/awsguard");
const FOLDER = path.resolve("build/bench-awsguard");
const LOCK = "package-lock.json";
const LIMIT_MS = 300_000;

/** A folder whose installation failed is removed, so a lockfile there stands for a whole one. */
function isInstalled(): boolean {
  const lock = path.join(FOLDER, LOCK);
  return existsSync(lock) && readFileSync(lock, "utf8") === readFileSync(path.join(SOURCE, LOCK), "utf8");
}

function install(): void {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const file of ["package.json", LOCK]) cpSync(path.join(SOURCE, file), path.join(FOLDER, file));
  const { status, stderr } = spawnSync(
    "npm",
    ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
    {
      cwd: FOLDER,
      encoding: "utf8",
      timeout: LIMIT_MS,
    },
  );
  if (status === 0) return;
  rmSync(FOLDER, { recursive: true, force: true });
  throw new Error(`npm ci of AWSGuard ended with ${status} in ${FOLDER}: ${stderr}`);
}
