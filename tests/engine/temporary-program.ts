// A folder with files for a test: a program, a policy pack or a plugin that would be broken or out of place in the repository.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export interface TemporaryFolder {
  readonly folder: string;
  readonly remove: () => void;
}

/** Writes the files, by path inside the folder, and links the packages of the repository beside them. Tests run from the root. */
export function temporaryProgram(files: Readonly<Record<string, string>>): TemporaryFolder {
  const folder = mkdtempSync(path.join(tmpdir(), "fargate-cmk-program-"));
  const remove = () => {
    process.off("exit", remove);
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", remove);
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  symlinkSync(path.resolve("node_modules"), path.join(folder, "node_modules"));
  return { folder, remove };
}
