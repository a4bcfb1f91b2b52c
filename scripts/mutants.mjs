// `npm run mutants`: breaks one guarded property at a time, in a copy of the build, and demands that its named test turns red.
// More arguments are names of mutants: `npm run mutants -- in-doubt-call-repeated`.
//
// A mutant is tests/mutants/NAME.json: what it breaks (`property`), the source `file`, the text to `find` (exactly once) and
// to `replace`, and the `test` file and full `title` of the test that must fail.
//
// Invariants
//   the sources and build/js are never touched
//   a mutant whose text is gone, or whose test does not exist, is a failure: it guards nothing any more

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { BUILD_FOLDER } from "./build-state.mjs";
import { ROOT } from "./root.mjs";

const MUTANTS = path.join(ROOT, "tests/mutants");
const COPY = path.join(ROOT, "build/mutant");
const ts = createRequire(import.meta.url)("typescript");

const wanted = process.argv.slice(2);
const names = readdirSync(MUTANTS)
  .filter((file) => file.endsWith(".json"))
  .map((file) => file.slice(0, -".json".length))
  .filter((name) => wanted.length === 0 || wanted.includes(name))
  .toSorted();

rmSync(COPY, { recursive: true, force: true });
cpSync(path.join(ROOT, BUILD_FOLDER), COPY, { recursive: true });
const results = names.map((name) => ({ name, problem: tryMutant(name) }));
rmSync(COPY, { recursive: true, force: true });

for (const { name, problem } of results)
  console.log(problem === null ? `caught: ${name}` : `NOT CAUGHT: ${name}: ${problem}`);
const failed = results.filter(({ problem }) => problem !== null).length;
console.log(`${results.length - failed} passed, ${failed} failed, 0 skipped`);
process.exitCode = failed === 0 && results.length > 0 ? 0 : 1;

/** Null when the named test failed on the mutant and passes without it; else what is wrong. */
function tryMutant(name) {
  const mutant = JSON.parse(readFileSync(path.join(MUTANTS, `${name}.json`), "utf8"));
  const source = readFileSync(path.join(ROOT, mutant.file), "utf8");
  const places = source.split(mutant.find).length - 1;
  if (places !== 1) return `${mutant.file} holds the text to replace ${places} times, not once`;
  const built = path.join(COPY, mutant.file.replace(/\.ts$/, ".js"));
  if (!existsSync(built)) return `${mutant.file} is not part of the build`;
  const before = verdictOf(mutant);
  if (before !== "passed") return `without the mutant, its test ${before}`;
  const original = readFileSync(built);
  writeFileSync(built, compiled(source.replace(mutant.find, () => mutant.replace)));
  const after = verdictOf(mutant);
  writeFileSync(built, original);
  return after === "failed" ? null : `its test ${after} on the mutant`;
}

function compiled(text) {
  const { module, target } = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  return ts.transpileModule(text, { compilerOptions: { module, target, esModuleInterop: true } }).outputText;
}

/** passed, failed, or why neither: from mocha's JSON report of the one test. */
function verdictOf({ test, title }) {
  const file = path.join("build/mutant", test.replace(/\.ts$/, ".js"));
  const args = [
    "node_modules/mocha/bin/mocha.js",
    "--no-config",
    "--reporter",
    "json",
    "--timeout",
    "60000",
    "--fgrep",
    title,
    file,
  ];
  const { stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  const start = stdout.indexOf('{\n  "stats"');
  if (start < 0) return "did not run";
  const report = JSON.parse(stdout.slice(start));
  if (report.failures.some((one) => one.fullTitle === title)) return "failed";
  return report.passes.some((one) => one.fullTitle === title) ? "passed" : "was not found";
}
