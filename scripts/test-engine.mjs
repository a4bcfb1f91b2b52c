// `npm run test:engine`: the tests that need the real Pulumi engine.
// More arguments pass through: `npm run test:engine -- --grep policy`, or a file such as tests/engine/tooling.engine.ts.

import { runWithEngine } from "./run-with-engine.mjs";

process.exitCode = runWithEngine({ kind: "engine", folder: "tests/engine", jobs: 2, args: process.argv.slice(2) });
