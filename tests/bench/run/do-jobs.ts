// Does jobs, as many at a time as there are cores, and gives each result as soon as it is there.
// Invariant: a job whose process ends without an answer is an error that names the job and what the process said last.

import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import path from "node:path";
import type { BenchJob, JobResult } from "./bench-job";

export interface Done {
  readonly job: BenchJob;
  readonly result: JobResult;
}

const WORKER_FILE = path.join(__dirname, "job-worker.js");

/** In the order of the jobs; `onDone` is told of each at its end. */
export async function doJobs(
  jobs: readonly BenchJob[],
  onDone: (done: Done) => void = () => {},
): Promise<readonly Done[]> {
  const done: Done[] = [];
  const left = [...jobs.entries()];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [at, job] = next;
      const one = { job, result: await inProcess(job) };
      done[at] = one;
      onDone(one);
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs.length, availableParallelism()) }, work));
  return done;
}

function inProcess(job: BenchJob): Promise<JobResult> {
  const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };
  const child = fork(WORKER_FILE, { stdio: ["ignore", "ignore", "pipe", "ipc"], env });
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-SAID_MAX);
  });
  return new Promise((resolve, reject) => {
    child.once("message", (result: JobResult) => resolve(result));
    child.once("close", (code, signal) =>
      reject(new Error(`${JSON.stringify(job)} ended with ${signal ?? `exit code ${code}`} and no result\n${said}`)),
    );
    child.send(job);
  });
}

const SAID_MAX = 4_000;
