// Runs built tests that need the real Pulumi engine, and ends with one line, `N passed, N failed, N skipped`.
//
// Invariants
//   every project has an engine, a state and a simulated account of its own, so files may run beside each other; what measures may not
//   without a Pulumi CLI it fails and says what is missing: these tests are never skipped

import { spawnSync } from "node:child_process";
import path from "node:path";
import { ROOT } from "./root.mjs";

const LIMIT_MS = 300_000;

/** `kind` is the part of a test's file name before its ending: files `*.<kind>.ts` below `folder`, `jobs` at once. The exit code. */
export function runWithEngine({ kind, folder, jobs, args }) {
  const cli = spawnSync(process.execPath, ["scripts/ensure-pulumi-cli.mjs"], {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (cli.status !== 0) {
    console.log("Nothing ran: there is no Pulumi CLI (see above).\n0 passed, 1 failed, 0 skipped");
    return 1;
  }
  const isFile = (arg) => arg.endsWith(`.${kind}.ts`) || arg.endsWith(`.${kind}.js`);
  const files = args.filter(isFile).map(builtTest);
  const { status, signal } = spawnSync(
    process.execPath,
    [
      "node_modules/mocha/bin/mocha.js",
      ...(jobs === 1 ? ["--no-parallel"] : ["--parallel", "--jobs", String(jobs)]),
      ...["--timeout", String(LIMIT_MS)],
      ...args.filter((arg) => !isFile(arg)),
      ...(files.length > 0 ? files : [`build/js/${folder}/**/*.${kind}.js`]),
    ],
    { cwd: ROOT, stdio: "inherit", env: { ...process.env, FARGATE_CMK_PULUMI: cli.stdout.trim() } },
  );
  return signal === null ? (status ?? 1) : 1;
}

function builtTest(file) {
  const source = path.relative(ROOT, path.resolve(ROOT, file));
  return source.startsWith("build") ? source : path.join("build/js", source.replace(/\.ts$/, ".js"));
}
