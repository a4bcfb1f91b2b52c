// A worker for tests that lives nothing: what it does with a seed is in the seed's number.

import type { SeedWanted } from "./live-seed";
import { answered, CRASHES, HANGS } from "./unruly-seeds";

process.on("disconnect", () => process.exit(0));
process.on("message", ({ seed }: SeedWanted) => {
  if (seed === CRASHES) {
    process.stderr.write("no memory is left", () => process.exit(7));
    return;
  }
  while (seed === HANGS);
  process.send?.(answered(seed));
});
