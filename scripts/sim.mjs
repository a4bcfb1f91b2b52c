// `npm run sim -- --seeds N [--seed K]`: lives simulated runs and checks every one against the simulated world.
// What it does stands in tests/sim/runner; this runs what was built of it. A second Ctrl-C ends it at once.

import path from "node:path";
import { BUILD_FOLDER } from "./build-state.mjs";
import { ROOT } from "./root.mjs";

const { sim } = (await import(path.join(ROOT, BUILD_FOLDER, "tests/sim/runner/sim.js"))).default;
const interrupt = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => interrupt.abort());

process.exitCode = await sim(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  nowMs: () => performance.now(),
  signal: interrupt.signal,
});
