// `npm test`: runs the built tests and ends with one line, `N passed, N failed, N skipped`.
// More arguments pass through: `npm test -- --grep journal`, or a test file such as tests/migrate/files/lock.test.ts.
// Invariant: the exit code is 0 only when something passed and nothing failed.

import { spawnSync } from "node:child_process";
import path from "node:path";
import { ROOT } from "./root.mjs";

const given = process.argv.slice(2);
const files = given.filter((arg) => /\.test\.(ts|js)$/.test(arg)).map(builtTest);
const options = given.filter((arg) => !/\.test\.(ts|js)$/.test(arg));

const { status, signal } = spawnSync(
  process.execPath,
  ["node_modules/mocha/bin/mocha.js", ...options, ...(files.length > 0 ? files : ["build/js/tests/**/*.test.js"])],
  { cwd: ROOT, stdio: "inherit", env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" } },
);
process.exitCode = signal === null ? (status ?? 1) : 1;

function builtTest(file) {
  const source = path.relative(ROOT, path.resolve(ROOT, file));
  return source.startsWith("build") ? source : path.join("build/js", source.replace(/\.ts$/, ".js"));
}
