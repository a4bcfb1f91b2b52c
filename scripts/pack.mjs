// `npm run pack`: stages the packages in build/packages and packs them there, never from their rooms.
// Prints the tarballs' paths. More arguments are package names: `npm run pack -- fargate-cmk-policy`.
//
// Invariants
//   a package holds the very files that were built and tested, without tests
//   its dependencies and version are those of its room's package.json; `private` keeps the rooms from being published

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./root.mjs";
import { stageCommand } from "./staging/stage-command.mjs";
import { stageComponents } from "./staging/stage-components.mjs";
import { stagePolicyPack } from "./staging/stage-policy-pack.mjs";

const PACKAGES = {
  "fargate-cmk": { room: "components", stage: stageComponents },
  "fargate-cmk-migrate": { room: "migrate", stage: stageCommand },
  "fargate-cmk-policy": { room: "policypack", stage: stagePolicyPack },
};

const packagesFolder = path.join(ROOT, "build/packages");
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in PACKAGES));
if (unknown.length > 0) {
  console.error(`No package ${unknown.join(", ")}; there are ${Object.keys(PACKAGES).join(", ")}.`);
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : Object.keys(PACKAGES)) console.log(await pack(name));

/** The tarball's path. */
async function pack(name) {
  const { room, stage } = PACKAGES[name];
  const staging = path.join(packagesFolder, name);
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  const changes = await stage({ root: ROOT, staging });
  for (const file of ["LICENSE", "CHANGELOG.md"]) cpSync(path.join(ROOT, file), path.join(staging, file));
  const { private: _private, ...manifest } = JSON.parse(readFileSync(path.join(ROOT, room, "package.json"), "utf8"));
  if (manifest.name !== name) throw new Error(`${room}/package.json is named ${manifest.name}, not ${name}`);
  writeFileSync(path.join(staging, "package.json"), `${JSON.stringify({ ...manifest, ...changes }, null, 2)}\n`);
  const packed = execFileSync("npm", ["pack", "--json", "--pack-destination", packagesFolder], {
    cwd: staging,
    encoding: "utf8",
  });
  return path.join(packagesFolder, JSON.parse(packed)[0].filename);
}
