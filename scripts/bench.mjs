// `npm run bench`: what is claimed of speed, as ratios between things that take turns in one run on one machine.
// `npm run bench -- run`: a whole migration beside its bounds and beside what is done by hand, in many worlds; `--help` says more.

import path from "node:path";
import { BUILD_FOLDER } from "./build-state.mjs";
import { ROOT } from "./root.mjs";
import { runWithEngine } from "./run-with-engine.mjs";

const [first, ...others] = process.argv.slice(2);
if (first === "run") {
  const { main } = (await import(path.join(ROOT, BUILD_FOLDER, "tests/bench/run/main.js"))).default;
  process.exitCode = await main(others);
} else {
  process.exitCode = runWithEngine({ kind: "bench", folder: "tests/bench", jobs: 1, args: process.argv.slice(2) });
}
