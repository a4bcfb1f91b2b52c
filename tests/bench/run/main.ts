// `npm run bench -- run`: all jobs, each told when it is done, and the tables at the end. With `--write` they go into
// docs/benchmarks.md, between its two marks.

import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";
import { allJobs, quickJobs } from "./bench-job";
import { benchTables, worldOf } from "./bench-table";
import { type Done, doJobs } from "./do-jobs";

const PAGE = path.resolve("docs/benchmarks.md");
const [BEGIN, END] = ["<!-- measured: begin -->", "<!-- measured: end -->"];
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
    process.stdout.write(`${count} of ${jobs.length}: ${told(one)}\n`);
  });
  const text = [machine(), benchTables(done)].join("\n\n");
  process.stdout.write(`\n${text}\n`);
  if (args.includes("--write")) write(text);
  return 0;
}

function told({ job, result }: Done): string {
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

function machine(): string {
  const [cpu] = cpus();
  return `Measured on ${cpus().length} × ${cpu?.model.trim() ?? "an unnamed processor"}, Node ${process.versions.node}; times are simulated, so the machine does not change them.`;
}

function write(text: string): void {
  const page = readFileSync(PAGE, "utf8");
  const [before, after] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (before < 0 || after < before) throw new Error(`${PAGE} has no place for the tables between ${BEGIN} and ${END}`);
  writeFileSync(PAGE, `${page.slice(0, before + BEGIN.length)}\n\n${text}\n\n${page.slice(after)}`);
}
