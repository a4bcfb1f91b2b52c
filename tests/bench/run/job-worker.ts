// A process that does the one job that it is sent, answers and ends. Each job gets a process of its own: worlds are large.

import type { BenchJob } from "./bench-job";
import { doJob } from "./do-job";

process.on("disconnect", () => process.exit(0));
process.once("message", (job: BenchJob) => {
  void doJob(job).then((result) => process.send?.(result, () => process.exit(0)));
});
