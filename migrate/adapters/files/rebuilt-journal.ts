// Makes room for a new journal where the one of a run is lost or broken, when that was asked for.
//
// Invariants
//   a journal that can be gone on with is never put aside, and a broken one is kept under another name, never deleted
//   a run whose journal is gone is not taken for one that has not begun: it is refused until its operator asks for a new journal
//   nothing is touched while another process may work on the run

import { rename } from "node:fs/promises";
import path from "node:path";
import { FargateCmkError } from "../../errors";
import { unwritable } from "./file-failure";
import { journalFile, readJournal } from "./journal";
import { readHolder, readLock } from "./lock";
import { readTextFileIfAny } from "./read-text-file";

/** Why a new journal is begun; null when the run goes on with the one it has, or begins. @throws FargateCmkError */
export async function rebuiltJournal(directory: string, isAsked: boolean): Promise<string | null> {
  const lost = await lossOf(directory);
  if (lost === null) {
    if (isAsked) throw nothingLost(directory);
    return null;
  }
  if (!isAsked) throw lost.refusal;
  await refuseLiveHolder(directory);
  const kept = lost.isThere ? await putAside(directory) : null;
  return `${lost.what}${kept === null ? "" : `; it is kept as ${kept}`}`;
}

interface Loss {
  readonly what: string;
  readonly isThere: boolean;
  readonly refusal: FargateCmkError;
}

async function lossOf(directory: string): Promise<Loss | null> {
  const file = journalFile(directory);
  try {
    const { lines } = await readJournal(file);
    if (lines.length > 0) return null;
  } catch (error) {
    if (!(error instanceof FargateCmkError && error.code === "journal-broken")) throw error;
    return { what: error.message, isThere: true, refusal: error };
  }
  const isThere = (await readTextFileIfAny(file)) !== null;
  const hasBegun = isThere ? await wasReported(directory) : (await readLock(directory)) !== null;
  if (!hasBegun) return null;
  const what = isThere ? "the journal was empty" : "the journal was missing";
  return { what, isThere, refusal: gone(file, isThere) };
}

async function wasReported(directory: string): Promise<boolean> {
  return (await readTextFileIfAny(path.join(directory, "report.json"))) !== null;
}

async function refuseLiveHolder(directory: string): Promise<void> {
  const holder = await readHolder(directory);
  if (holder?.mayLive !== true) return;
  throw new FargateCmkError("lock-held", {
    message: `${directory} may be held by process ${holder.pid} on ${holder.host}`,
    remedy: "end that process first; if its machine is gone, remove lock.json, then repeat the command",
  });
}

const NAMES_MAX = 1_000;

async function putAside(directory: string): Promise<string> {
  for (let number = 1; number <= NAMES_MAX; number += 1) {
    const name = `journal-broken-${number}.jsonl`;
    const file = path.join(directory, name);
    if ((await readTextFileIfAny(file)) !== null) continue;
    try {
      await rename(journalFile(directory), file);
    } catch (error) {
      throw unwritable(file, error);
    }
    return name;
  }
  throw unwritable(directory, new Error(`it holds ${NAMES_MAX} broken journals already`));
}

function gone(file: string, isThere: boolean): FargateCmkError {
  return new FargateCmkError("journal-broken", {
    message: `the run in ${path.dirname(file)} has begun, but its journal is ${isThere ? "empty" : "gone"} (${path.basename(file)})`,
    remedy:
      "restore it from a copy, or repeat the command with --rebuild: what was done is then found by looking at each service",
  });
}

function nothingLost(directory: string): FargateCmkError {
  return new FargateCmkError("refused", {
    message: `--rebuild begins a new journal where one is lost or broken, and nothing is lost in ${directory}`,
    remedy: "repeat the command without --rebuild",
  });
}
