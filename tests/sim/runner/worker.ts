// A process that lives the seeds it is given, one after the other, and answers each with its result.
// Invariant: it ends with its parent; Ctrl-C, which the terminal sends to both, is for the parent to answer.

import { liveSeed, type SeedWanted } from "./live-seed";

process.on("SIGINT", () => {});
process.on("disconnect", () => process.exit(0));
process.on("message", (wanted: SeedWanted) => {
  void liveSeed(wanted).then((result) => process.send?.(result));
});
