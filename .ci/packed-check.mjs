// The package as a stranger gets it: packed, installed from the tarball into an empty folder, and the demo run there.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const tarball = execFileSync(process.execPath, ["scripts/pack.mjs", "fargate-cmk-migrate"], {
  encoding: "utf8",
}).trim();
const folder = mkdtempSync(path.join(tmpdir(), "packed-check-"));
try {
  run("npm", ["init", "--yes"]);
  run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", tarball]);
  for (const name of ["fargate-cmk", "fargate-cmk-migrate"]) run("npx", ["--no-install", name, "--version"]);
  const stdout = run("npx", ["--no-install", "fargate-cmk", "demo", "--json", "--out", "demo"]);
  const codes = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).code);
  if (codes.at(-1) !== "demo.finished") throw new Error(`the demo ended with ${codes.at(-1)}`);
  console.log(`${path.basename(tarball)} installs and tells its story`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}: ${stderr.slice(-2000)}`);
  return stdout;
}
