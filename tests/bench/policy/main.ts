// `npm run bench -- policy`: what the policy pack costs beside an empty pack and beside AWSGuard. With `--write` the tables go into
// docs/benchmarks.md.

import { machine, writeMeasured } from "../benchmarks-page";
import { policyBench, policyTables } from "./policy-bench";

const USAGE = `usage: npm run bench -- policy [--write]
  --write  put the tables into docs/benchmarks.md
AWSGuard is installed from npm into build/ the first time.`;

export async function main(args: readonly string[]): Promise<number> {
  const unknown = args.find((arg) => !["--write", "--help"].includes(arg));
  if (unknown !== undefined || args.includes("--help")) {
    process.stdout.write(`${unknown === undefined ? "" : `${unknown} is no option of this benchmark\n`}${USAGE}\n`);
    return unknown === undefined ? 0 : 2;
  }
  const text = [`Measured on ${machine()}.`, policyTables(await policyBench())].join("\n\n");
  process.stdout.write(`${text}\n`);
  if (args.includes("--write")) writeMeasured("measured of the policy pack", text);
  return 0;
}
