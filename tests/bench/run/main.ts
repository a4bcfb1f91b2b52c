// `npm run bench -- run`: all jobs, each told when it is done, and the tables at the end. With `--write` they go into
// docs/benchmarks.md, between its two marks.

import { machine, writeMeasured } from "../benchmarks-page";
import { allJobs, quickJobs } from "./bench-job";
import { benchTables, worldOf } from "./bench-table";
import { type Done, doJobs } from "./do-jobs";

const USAGE = `usage: npm run bench -- run [--quick] [--write]
  --quick  only what CI measures, in minutes
  --write  put the tables into docs/benchmarks.md
example: npm run bench -- run --quick`;

export async function main(args: readonly string[]): Promise<number> {
  const unknown = args.find((arg) => !["--quick", "--write", "--help"].includes(arg));
  if (unknown !== undefined || args.includes("--help")) {
    process.stdout.write(`${unknown === undefined ? "" : `${unknown} is no option of this benchmark\n`}${USAGE}\n`);
    return unknown === undefined ? 0 : 2;
  }
  const jobs = args.includes("--quick") ? quickJobs() : allJobs();
  let count = 0;
  const done = await doJobs(jobs, (one) => {
    count += 1;
    process.stdout.write(`${count} of ${jobs.length}: ${lineOf(one)}\n`);
  });
  const told = `Measured on ${machine()}; times are simulated, so the machine does not change them.`;
  const text = [told, benchTables(done)].join("\n\n");
  process.stdout.write(`\n${text}\n`);
  if (args.includes("--write")) writeMeasured("measured", text);
  return 0;
}

function lineOf({ job, result }: Done): string {
  const world = `${job.kind} ${worldOf(job)}, seed ${job.seed}`;
  switch (result.kind) {
    case "run":
      return `${world}: ${(result.tookMs / result.stagedMs).toFixed(3)} of the bound, ${(result.calls / result.callsMin).toFixed(2)} of the calls`;
    case "hand":
      return `${world}: ${(result.tookMs / 60_000).toFixed(0)} minutes`;
    case "bad-key":
      return `${world}: ${result.cost.begunInMinute + result.cost.begunLater} sent after the first failure`;
  }
}
