// `npm run pack`: stages the package of the command in build/packages and packs it there, never from the room itself.
// Prints the tarball's path.
//
// Invariants
//   the package holds the very files that were built and tested: domain, migrate and simulator, without tests
//   its dependencies and version are those of migrate/package.json

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { BUILD_FOLDER } from "./build-state.mjs";
import { ROOT } from "./root.mjs";

const PACKAGE = "fargate-cmk-migrate";
const ROOMS = ["domain", "migrate", "simulator"];

const packages = path.join(ROOT, "build/packages");
const staging = path.join(packages, PACKAGE);
rmSync(staging, { recursive: true, force: true });
mkdirSync(staging, { recursive: true });
for (const room of ROOMS) {
  const isCode = (source) => !source.endsWith(".map") && !source.endsWith(".tsbuildinfo");
  cpSync(path.join(ROOT, BUILD_FOLDER, room), path.join(staging, "lib", room), { recursive: true, filter: isCode });
}
cpSync(path.join(ROOT, "migrate/bin"), path.join(staging, "bin"), { recursive: true });
for (const file of ["LICENSE", "README.md", "CHANGELOG.md"]) cpSync(path.join(ROOT, file), path.join(staging, file));
const { private: _private, ...manifest } = JSON.parse(readFileSync(path.join(ROOT, "migrate/package.json"), "utf8"));
writeFileSync(
  path.join(staging, "package.json"),
  `${JSON.stringify({ ...manifest, files: ["bin", "lib"] }, null, 2)}\n`,
);
const packed = execFileSync("npm", ["pack", "--json", "--pack-destination", packages], {
  cwd: staging,
  encoding: "utf8",
});
console.log(path.join(packages, JSON.parse(packed)[0].filename));
