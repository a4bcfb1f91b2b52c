// `npm run bench`: what is claimed of speed, as ratios between things that take turns in one run on one machine.

import { runWithEngine } from "./run-with-engine.mjs";

process.exitCode = runWithEngine({ kind: "bench", folder: "tests/bench", jobs: 1, args: process.argv.slice(2) });
