// `npm run bench`: what is claimed of speed, as ratios between things that take turns in one run on one machine.
// `npm run bench -- run`: a whole migration beside its bounds and beside what is done by hand, in many worlds.
// `npm run bench -- policy`: the policy pack beside an empty one and beside AWSGuard. `--help` after either says more.

import path from "node:path";
import { BUILD_FOLDER } from "./build-state.mjs";
import { ROOT } from "./root.mjs";
import { runWithEngine } from "./run-with-engine.mjs";

const WITH_TABLES = ["run", "policy"];

const [first, ...others] = process.argv.slice(2);
if (WITH_TABLES.includes(first)) {
  const { main } = (await import(path.join(ROOT, BUILD_FOLDER, `tests/bench/${first}/main.js`))).default;
  process.exitCode = await main(others);
} else {
  process.exitCode = runWithEngine({ kind: "bench", folder: "tests/bench", jobs: 1, args: process.argv.slice(2) });
}
