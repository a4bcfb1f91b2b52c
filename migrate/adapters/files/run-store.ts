// A run directory opened for writing: journal, lock and control behind the port that the run loop takes.
//
// Invariants
//   the journal is read for writing only after the lock is held
//   every append looks at the lock before and after, and carries its fence
//   the lock is renewed beside the work, however long one piece of it takes, so that no other machine takes the holder for gone
//   the clock of a run starts after its last line, the lock's does not: other machines compare it with theirs

import { mkdir, open } from "node:fs/promises";
import path from "node:path";
import { LIMITS } from "../../core/limits";
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
  /** By how much the journal's last line was ahead of this clock, which was put ahead by as much; 0 when it was not. */
  readonly clockBehindMs: number;
  /** Gives the lock back and closes the journal; quiet when the lock was lost meanwhile. */
  release(): Promise<void>;
}

/** @throws FargateCmkError `lock-held`, `journal-broken`, `foreign-version`, `file-unwritable`, `disk-full` */
export async function openRunStore(options: OpenRunStoreOptions): Promise<OpenedRunStore> {
  const { directory, clock, processes = machineProcesses(options.host), openHandle } = options;
  await makeDirectory(directory);
  const file = journalFile(directory);
  await makeEmptyIfMissing(file);
  const fenceSeen = (await readJournal(file)).lines.at(-1)?.fence ?? 0;
  const held = await takeLock({ directory, processes, nowMs: clock.nowMs(), fenceSeen });
  try {
    const journal = await openJournal(openHandle === undefined ? { file } : { file, openHandle });
    const clockBehindMs = startAfter(journal, clock);
    const lock = onItsOwnClock(held, clockBehindMs);
    const stopHeartbeats = startHeartbeats(lock, clock);
    const release = async (): Promise<void> => {
      await stopHeartbeats();
      await closeAll({ journal, lock, clock });
    };
    return { store: runStore({ directory, journal, lock }), repaired: journal.repaired, clockBehindMs, release };
  } catch (error) {
    await held.release(clock.nowMs()).catch(() => undefined);
    throw error;
  }
}

/** The machine before this one may have been ahead of it: what it wrote must not lie in this run's future. */
function startAfter({ lines }: Journal, clock: Clock): number {
  const last = lines.at(-1);
  return last === undefined ? 0 : (clock.notBefore?.(Date.parse(last.at) + 1) ?? 0);
}

function onItsOwnClock(lock: Lock, aheadMs: number): Lock {
  return {
    fence: lock.fence,
    check: () => lock.check(),
    heartbeat: (nowMs) => lock.heartbeat(nowMs - aheadMs),
    release: (nowMs) => lock.release(nowMs - aheadMs),
  };
}

/**
 * Renews the lock until it is stopped. A heartbeat that fails stops nothing here: every append looks at the lock itself, and throws
 * when another process has it.
 */
function startHeartbeats(lock: Lock, clock: Clock): () => Promise<void> {
  const stopped = new AbortController();
  const beat = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      await clock.lapse?.(LIMITS.heartbeatMs, stopped.signal);
      if (!stopped.signal.aborted) await lock.heartbeat(clock.nowMs()).catch(() => undefined);
    }
  };
  const beating = clock.lapse === undefined ? Promise.resolve() : beat();
  return async () => {
    stopped.abort();
    await beating;
  };
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

/** A lock that cannot be given back is free all the same once this process has ended, and must not hide why it ended. */
async function closeAll({ journal, lock, clock }: { journal: Journal; lock: Lock; clock: Clock }): Promise<void> {
  await journal.close();
  try {
    await lock.release(clock.nowMs());
  } catch (error) {
    if (!(error instanceof FargateCmkError)) throw error;
  }
}

/** Before the lock is taken: so a lock without a journal beside it always means that the journal was lost. */
async function makeEmptyIfMissing(file: string): Promise<void> {
  try {
    await (await open(file, "a", 0o600)).close();
  } catch (error) {
    throw unwritable(file, error);
  }
}

async function makeDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw unwritable(directory, error);
  }
}
