// The directory that a demo writes to: a fresh temporary one, or the one that was named.
// Invariant: only what an earlier demo wrote is ever removed; a directory that holds anything else is refused.

import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { FargateCmkError } from "../../errors";
import { unwritable } from "./file-failure";

const DEMO_FILES = new Set([
  "fleet.json",
  "plan.json",
  "preflight.json",
  "report.json",
  "report.md",
  "journal.jsonl",
  "control.json",
  "lock.json",
]);

/** @returns the directory's absolute path. @throws FargateCmkError `refused`, `file-unwritable` */
export async function prepareDemoDirectory(wanted: string | undefined, cwd: string): Promise<string> {
  if (wanted === undefined) return mkdtemp(path.join(tmpdir(), "fargate-cmk-demo-"));
  const directory = path.resolve(cwd, wanted);
  try {
    await mkdir(directory, { recursive: true });
    const names = await readdir(directory);
    const foreign = names.find((name) => !DEMO_FILES.has(name));
    if (foreign !== undefined) throw notADemo(directory, foreign);
    for (const name of names) await rm(path.join(directory, name));
    return directory;
  } catch (error) {
    throw error instanceof FargateCmkError ? error : unwritable(directory, error);
  }
}

function notADemo(directory: string, foreign: string): FargateCmkError {
  return new FargateCmkError("refused", {
    message: `${directory} holds ${foreign}, which no demo wrote`,
    remedy: "give --out an empty directory, or one that an earlier demo made",
  });
}
