// The demo as a newcomer types it, for five seeds: exit 0, every stdout line parses, the report is whole and coverage rose.
// Once more in a pipe without --json: plain lines, no control characters, and what the README shows of it.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const SEEDS = [1, 2, 3, 4, 5];
const ESCAPE = String.fromCharCode(27);
const out = mkdtempSync(path.join(tmpdir(), "demo-check-"));
const problems = [...SEEDS.flatMap((seed) => problemsOf(seed)), ...pipeProblems()];
rmSync(out, { recursive: true, force: true });
for (const problem of problems) console.log(problem);
console.log(problems.length === 0 ? `the demo tells its story for seeds ${SEEDS.join(", ")}` : "the demo is broken");
process.exitCode = problems.length === 0 ? 0 : 1;

function problemsOf(seed) {
  const { status, stdout, stderr } = demo(["--json", "--out", out, "--seed", String(seed)]);
  if (status !== 0) return [`seed ${seed}: exit code ${status}: ${stderr.slice(-2000)}`];
  const lines = stdout.trimEnd().split("\n");
  const broken = lines
    .filter((line) => !isMessage(line))
    .map((line) => `seed ${seed}: not a message: ${line.slice(0, 200)}`);
  const report = JSON.parse(readFileSync(path.join(out, "report.json"), "utf8"));
  const fleet = JSON.parse(readFileSync(path.join(out, "fleet.json"), "utf8"));
  return [...broken, ...reportProblems(report, fleet).map((problem) => `seed ${seed}: ${problem}`)];
}

function reportProblems(report, fleet) {
  const reported = report.services.map((service) => service.arn).toSorted();
  const expected = fleet.services.map((service) => service.arn).toSorted();
  const { before, after } = report.coverage;
  return [
    ...(JSON.stringify(reported) === JSON.stringify(expected)
      ? []
      : ["the report does not hold every service exactly once"]),
    ...(after.onKey / after.tasks > before.onKey / before.tasks ? [] : ["coverage did not rise"]),
  ];
}

function pipeProblems() {
  const { status, stdout } = demo([]);
  return [
    ...(status === 0 ? [] : [`in a pipe: exit code ${status}`]),
    ...(stdout.includes(ESCAPE) ? ["in a pipe: control characters"] : []),
    ...(/proved/.test(stdout) ? [] : ["in a pipe: nothing is said to be proved"]),
    ...readmeLines().flatMap((line) =>
      stdout.includes(`${line}\n`) ? [] : [`the README shows what the demo does not: ${line}`],
    ),
  ];
}

/** The plan in the README's block, up to its ellipsis: what comes after it depends on instants, which may differ by a little. */
function readmeLines() {
  const blocks = readFileSync("README.md", "utf8").split("```\n");
  const shown = blocks.find((block) => block.startsWith("  runs on its cluster's key"))?.split("\n") ?? [];
  const lines = shown.slice(0, Math.max(0, shown.indexOf("…"))).filter((line) => line !== "");
  return lines.length > 0 ? lines : ["(the block with the demo's plan is missing)"];
}

function demo(args) {
  return spawnSync("npm", ["run", "-s", "demo", "--", ...args], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
}

function isMessage(line) {
  try {
    const { v, code, at, data } = JSON.parse(line);
    return v === 1 && typeof code === "string" && typeof at === "string" && data !== undefined;
  } catch {
    return false;
  }
}
