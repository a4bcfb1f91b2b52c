// Finds and makes run directories: `fargate-cmk-runs/<planId>` under the working directory, unless another place is named.
//
// Invariants
//   a run directory holds the very bytes of the fleet and the plan that the run works from
//   a directory that already belongs to another plan or fleet is never written to
//   a plan beside its fleet is no run: only a journal makes one

import { mkdir, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { FargateCmkError } from "../../errors";
import { systemCode, unreadable, unwritable } from "./file-failure";
import { journalFile } from "./journal";
import { readTextFileIfAny } from "./read-text-file";
import { writeFileAtomically } from "./write-file-atomically";

export const RUNS_FOLDER = "fargate-cmk-runs";

export interface RunFiles {
  readonly directory: string;
  readonly planText: string;
  readonly fleetText: string;
}

export function runDirectoryFor(planId: string, cwd: string): string {
  return path.join(cwd, RUNS_FOLDER, planId);
}

/** Makes the directory, or finds it with the same plan and fleet. @throws FargateCmkError `plan-mismatch`, `file-unwritable` */
export async function prepareRunDirectory({ directory, planText, fleetText }: RunFiles): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw unwritable(directory, error);
  }
  await keepSame(path.join(directory, "plan.json"), planText);
  await keepSame(path.join(directory, "fleet.json"), fleetText);
}

/** RUN as a person gives it: a run directory, a planId, or the beginning of one. @throws FargateCmkError `not-a-run` */
export async function findRunDirectory(run: string, cwd: string): Promise<string> {
  const asDirectory = path.resolve(cwd, run);
  if (await holdsRun(asDirectory)) return asDirectory;
  const runs = path.join(cwd, RUNS_FOLDER);
  const names = await entriesOf(runs);
  const matching = names.filter((name) => run !== "" && name.startsWith(run));
  const [only, ...others] = matching;
  const meant = only === undefined || others.length > 0 ? null : path.join(runs, only);
  if (meant !== null && (await holdsRun(meant))) return meant;
  for (const directory of [asDirectory, ...(meant === null ? [] : [meant])])
    if (await isFile(path.join(directory, "plan.json"))) throw notStarted(run);
  throw notARun({ run, runs: RUNS_FOLDER, names: matching.length > 1 ? matching : names });
}

async function keepSame(file: string, text: string): Promise<void> {
  const present = await readTextFileIfAny(file);
  if (present === null) return writeFileAtomically(file, text);
  if (present === text) return;
  throw new FargateCmkError("plan-mismatch", {
    message: `${file} differs from the file that this run was given`,
    remedy: "give another --run-dir, or run the plan that stands there",
  });
}

async function holdsRun(directory: string): Promise<boolean> {
  return (await isFile(path.join(directory, "plan.json"))) && (await isFile(journalFile(directory)));
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(systemCode(error) ?? "")) return false;
    throw unreadable(file, error);
  }
}

async function entriesOf(directory: string): Promise<readonly string[]> {
  try {
    return (await readdir(directory)).toSorted();
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(systemCode(error) ?? "")) return [];
    throw unreadable(directory, error);
  }
}

function notStarted(directory: string): FargateCmkError {
  return new FargateCmkError("not-a-run", {
    message: `${JSON.stringify(directory)} holds a plan, but no journal: no run was started there`,
    remedy: `give the directory or the beginning of the id of a run that was started (see ${RUNS_FOLDER})`,
  });
}

interface RunsKnown {
  readonly run: string;
  readonly runs: string;
  readonly names: readonly string[];
}

function notARun({ run, runs, names }: RunsKnown): FargateCmkError {
  const known = names.slice(0, KNOWN_MAX).map((name) => name.slice(0, 12));
  const more = names.length > KNOWN_MAX ? ` and ${names.length - KNOWN_MAX} more` : "";
  return new FargateCmkError("not-a-run", {
    message: `${JSON.stringify(run)} is neither a run directory nor the unique beginning of a run's id`,
    remedy:
      known.length === 0
        ? `there is no run in ${runs} here: give its directory, or start one with fargate-cmk run plan.json`
        : `give a run directory or more of the id; there ${names.length === 1 ? "is" : "are"} ${known.join(", ")}${more}`,
  });
}

const KNOWN_MAX = 5;
