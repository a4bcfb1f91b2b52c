// `npm run sim -- --seeds N [--seed K]`: lives N simulated runs from seed K on (default 1), each with faults, rivals and crashes, and
// checks every one against the simulated world. `--seed K` alone replays one life and prints its trace.

import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { ROOT } from "./root.mjs";

const { values } = parseArgs({ options: { seeds: { type: "string" }, seed: { type: "string" } } });
for (const [name, value] of Object.entries(values)) {
  if (!/^[1-9]\d{0,8}$/.test(value)) {
    console.error(`--${name} is ${JSON.stringify(value)}: give a whole number from 1 on`);
    process.exit(2);
  }
}
const { seeds, seed } = values;
const one = seeds === undefined && seed !== undefined;
const wanted = one ? { SIM_SEED: seed } : { SIM_SEEDS: seeds ?? "100", SIM_FROM: seed ?? "1" };
const args = ["scripts/test.mjs", "tests/sim/simulation.test.ts"];
const { status } = spawnSync(process.execPath, args, {
  cwd: ROOT,
  stdio: "inherit",
  env: { ...process.env, ...wanted },
});
process.exitCode = status ?? 1;
