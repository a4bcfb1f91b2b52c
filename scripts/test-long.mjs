// Runs the built tests that take minutes (`*.long.ts`), and ends with one line, `N passed, N failed, N skipped`.
// Arguments pass through: `npm run test:long -- --grep SIGKILL`.

import { spawnSync } from "node:child_process";
import { ROOT } from "./root.mjs";

const LIMIT_MS = 900_000;

const { status, signal } = spawnSync(
  process.execPath,
  [
    "node_modules/mocha/bin/mocha.js",
    ...["--timeout", String(LIMIT_MS)],
    ...process.argv.slice(2),
    "build/js/tests/**/*.long.js",
  ],
  { cwd: ROOT, stdio: "inherit", env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" } },
);
process.exitCode = signal === null ? (status ?? 1) : 1;
