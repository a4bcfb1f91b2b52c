// Whether tests pass, by the full titles that mocha reports.
// Invariant: a test that hangs, or a file that does not load, has not passed and has not failed: it did not run.

import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ROOT } from "../root.mjs";

const TEST_LIMIT_MS = 60_000;
const ALL_LIMIT_MS = 600_000;

/**
 * `folder` is the build's; `tests` are sources, `title` leaves out all others of them. The answer takes a full title and says
 * "passed", "failed", or why neither.
 */
export async function runTests({ folder, tests, title, jobs = 1 }) {
  const place = mkdtempSync(path.join(tmpdir(), "fargate-cmk-mutants-"));
  const output = path.join(place, "report.json");
  const args = [
    "node_modules/mocha/bin/mocha.js",
    "--no-config",
    ...(jobs === 1 ? [] : ["--parallel", "--jobs", String(jobs)]),
    ...["--reporter", "json", "--reporter-option", `output=${output}`],
    ...["--timeout", String(TEST_LIMIT_MS)],
    ...(title === undefined ? [] : ["--fgrep", title]),
    ...new Set(tests.map((test) => path.join(folder, test.replace(/\.ts$/, ".js")))),
  ];
  await ended(args, title === undefined ? ALL_LIMIT_MS : 2 * TEST_LIMIT_MS);
  const report = readReport(output);
  rmSync(place, { recursive: true, force: true });
  return (wanted) => {
    if (report === null) return "did not run";
    if (report.failures.some((one) => one.fullTitle === wanted)) return "failed";
    return report.passes.some((one) => one.fullTitle === wanted) ? "passed" : "was not found";
  };
}

/** However it ends: its report tells. */
function ended(args, timeout) {
  const options = { cwd: ROOT, timeout, killSignal: "SIGKILL", maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(process.execPath, args, options, () => resolve());
  });
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
