// A run directory opened for writing: journal, lock and control behind the port that the run loop takes.
//
// Invariants
//   the journal is read for writing only after the lock is held
//   every append looks at the lock before and after, and carries its fence

import { mkdir } from "node:fs/promises";
import path from "node:path";
import { FargateCmkError } from "../../errors";
import type { Clock } from "../../ports/clock";
import type { RunStore } from "../../ports/run-store";
import { forgetControl, readControl } from "./control-file";
import { unwritable } from "./file-failure";
import { type Journal, type JournalHandle, journalFile, openJournal, readJournal } from "./journal";
import { type Lock, takeLock } from "./lock";
import { machineProcesses, type ProcessTable } from "./process-identity";
import { writeFileAtomically } from "./write-file-atomically";

export interface OpenRunStoreOptions {
  readonly directory: string;
  readonly clock: Clock;
  /** This machine's name in the lock; the system's own by default. */
  readonly host?: string;
  /** For tests: who lives and who does not. */
  readonly processes?: ProcessTable;
  /** For tests: a disk that fills up. */
  readonly openHandle?: (file: string) => Promise<JournalHandle>;
}

export interface OpenedRunStore {
  readonly store: RunStore;
  /** What was cut off the journal's end, for people; null when nothing was. */
  readonly repaired: string | null;
  /** Gives the lock back and closes the journal; quiet when the lock was lost meanwhile. */
  release(): Promise<void>;
}

/** @throws FargateCmkError `lock-held`, `journal-broken`, `foreign-version`, `file-unwritable` */
export async function openRunStore(options: OpenRunStoreOptions): Promise<OpenedRunStore> {
  const { directory, clock, processes = machineProcesses(options.host), openHandle } = options;
  await makeDirectory(directory);
  const file = journalFile(directory);
  const fenceSeen = (await readJournal(file)).lines.at(-1)?.fence ?? 0;
  const lock = await takeLock({ directory, processes, nowMs: clock.nowMs(), fenceSeen });
  try {
    const journal = await openJournal(openHandle === undefined ? { file } : { file, openHandle });
    const release = () => closeAll({ journal, lock, clock });
    return { store: runStore({ directory, journal, lock }), repaired: journal.repaired, release };
  } catch (error) {
    await lock.release(clock.nowMs());
    throw error;
  }
}

function runStore({ directory, journal, lock }: { directory: string; journal: Journal; lock: Lock }): RunStore {
  return {
    read: async () => journal.lines.slice(),
    append: async (event, atMs) => {
      await lock.check();
      const line = await journal.append(event, { atMs, fence: lock.fence });
      // Lost while the line was being written: the effect that it announces must not follow.
      await lock.check();
      return line;
    },
    control: () => readControl(directory),
    controlTakenUp: () => forgetControl(directory),
    heartbeat: (atMs) => lock.heartbeat(atMs),
    writeReport: async (files) => {
      for (const [name, text] of Object.entries(files)) await writeFileAtomically(plainName(directory, name), text);
    },
  };
}

function plainName(directory: string, name: string): string {
  if (name === path.basename(name) && !name.startsWith(".")) return path.join(directory, name);
  throw new FargateCmkError("internal", {
    message: `a report cannot be named ${JSON.stringify(name)}`,
    remedy: "this is a mistake in fargate-cmk: please report it",
  });
}

async function closeAll({ journal, lock, clock }: { journal: Journal; lock: Lock; clock: Clock }): Promise<void> {
  await journal.close();
  try {
    await lock.release(clock.nowMs());
  } catch (error) {
    if (!(error instanceof FargateCmkError && error.code === "lock-lost")) throw error;
  }
}

async function makeDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw unwritable(directory, error);
  }
}
