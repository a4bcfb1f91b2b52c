// `npm run ok`: the one gate. Types, lint and format, generated documents, tests with the rules of tidiness among them.
// `--without-tests` leaves the tests out, for whoever has just run them.
// Invariant: it goes on after a failure, so that one run shows everything, and ends with the name of what failed.

import { spawnSync } from "node:child_process";
import { ROOT } from "./root.mjs";

const STEPS = [
  ["types and build", ["scripts/ensure-ready.mjs"]],
  ["lint and format", ["node_modules/@biomejs/biome/bin/biome", "ci", "--error-on-warnings"]],
  ["generated documents", ["scripts/generate-docs.mjs", "--check"]],
  ["tests", ["scripts/test.mjs"]],
];

const steps = process.argv.includes("--without-tests") ? STEPS.filter(([name]) => name !== "tests") : STEPS;
const failed = [];
for (const [name, args] of steps) {
  console.log(`\n${name}`);
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: "inherit" });
  if (status !== 0) failed.push(name);
}
console.log(failed.length === 0 ? "\nok" : `\nnot ok: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;
