// A copy of the build in which one mutant at a time takes the place of the file that it changes.
// Invariant: the sources and build/js are never touched; outside of `withMutant` the copy is as the build.

import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { BUILD_FOLDER } from "../build-state.mjs";
import { ROOT } from "../root.mjs";

export class MutatedBuild {
  constructor(number) {
    /** Relative to the root. */
    this.folder = `build/mutant-${number}`;
    this.remove();
    cpSync(path.join(ROOT, BUILD_FOLDER), path.join(ROOT, this.folder), { recursive: true });
  }

  /** What `act` gives; `{ wrong }` when the mutant's file is not part of the build. */
  async withMutant({ file, builtText }, act) {
    const built = path.join(ROOT, this.folder, file.replace(/\.ts$/, ".js"));
    if (!existsSync(built)) return { wrong: `${file} is not part of the build` };
    const original = readFileSync(built);
    writeFileSync(built, builtText);
    try {
      return await act();
    } finally {
      writeFileSync(built, original);
    }
  }

  remove() {
    rmSync(path.join(ROOT, this.folder), { recursive: true, force: true });
  }
}
