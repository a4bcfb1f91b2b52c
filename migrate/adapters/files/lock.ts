// One writer for a run directory.
//
// Invariants
//   lock.json is created by a link and replaced by a rename; its holder writes over it in place, always the same number of bytes,
//   so nobody ever reads half of it, a full disk cannot stop a heartbeat, and a holder that was followed while it was away can
//   only ever write into its own old file, never over its follower's
//   who takes over first claims the next fence in a file of its own, which only one process can create
//   a dead process of this machine is followed at once; another machine's only when its heartbeat is older than the time to live
//   before every append lock.json is read again: another owner or fence means that the run is no longer ours

import { type FileHandle, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { FargateCmkError } from "../../errors";
import { systemCode, unwritable } from "./file-failure";
import { type LockRecord, lockText, parseLock } from "./lock-record";
import { machineProcesses, type ProcessTable, sameMachine, sameProcess } from "./process-identity";
import { readTextFileIfAny } from "./read-text-file";
import { createFileExclusively } from "./write-file-atomically";

/** How long a holder on another machine may be silent before its run is taken over. */
export const LOCK_TTL_MS = 120_000;

const CLAIMS_MAX = 5;

export interface LockOptions {
  readonly directory: string;
  readonly processes: ProcessTable;
  readonly nowMs: number;
  /** The highest fence that the journal shows: ours will be higher even if lock.json was lost. */
  readonly fenceSeen: number;
}

export interface Lock {
  readonly fence: number;
  /** @throws FargateCmkError `lock-lost` */
  check(): Promise<void>;
  /** @throws FargateCmkError `lock-lost` */
  heartbeat(nowMs: number): Promise<void>;
  release(nowMs: number): Promise<void>;
}

/** @throws FargateCmkError `lock-held` */
export async function takeLock(options: LockOptions): Promise<Lock> {
  const file = lockFile(options.directory);
  const text = await readTextFileIfAny(file);
  if (text === null) return createLock(file, options);
  const record = parseLock(text, file);
  refuseLiveHolder(record, options);
  const fence = await claimNextFence({ record, text, file, options });
  return heldLock(file, ownRecord(fence, options), options);
}

export function lockFile(directory: string): string {
  return path.join(directory, "lock.json");
}

/** The lock as it stands, for people; null when there is none. */
export async function readLock(directory: string): Promise<LockRecord | null> {
  const file = lockFile(directory);
  const text = await readTextFileIfAny(file);
  return text === null ? null : parseLock(text, file);
}

export interface Holder {
  readonly host: string;
  readonly pid: number;
  /** False only for a process of this machine that has ended: nothing is known of another machine's. */
  readonly mayLive: boolean;
}

/** Who the lock names, for people who look from outside; null when it is free. */
export async function readHolder(
  directory: string,
  processes: ProcessTable = machineProcesses(),
): Promise<Holder | null> {
  const owner = (await readLock(directory))?.owner ?? null;
  if (owner === null) return null;
  return { host: owner.host, pid: owner.pid, mayLive: !sameMachine(owner, processes.self) || processes.lives(owner) };
}

async function createLock(file: string, options: LockOptions): Promise<Lock> {
  const record = ownRecord(options.fenceSeen + 1, options);
  if (!(await createFileExclusively(file, lockText(record)))) throw await justTaken(file);
  return heldLock(file, record, options);
}

function ownRecord(fence: number, { processes, nowMs }: LockOptions): LockRecord {
  return { v: 1, fence, owner: processes.self, heartbeatAt: new Date(nowMs).toISOString() };
}

function refuseLiveHolder({ owner, heartbeatAt }: LockRecord, { directory, processes, nowMs }: LockOptions): void {
  if (owner === null) return;
  const who = `process ${owner.pid} on ${owner.host}`;
  if (sameMachine(owner, processes.self)) {
    if (!processes.lives(owner)) return;
    throw new FargateCmkError("lock-held", {
      message: `${directory} is held by ${who}, which is running`,
      remedy: "look with fargate-cmk status, or end that process first",
    });
  }
  const silentMs = nowMs - Date.parse(heartbeatAt);
  if (silentMs > LOCK_TTL_MS) return;
  const isClockOff = silentMs < -LOCK_TTL_MS;
  const wait = `try again in ${Math.ceil((LOCK_TTL_MS - silentMs) / 1_000)} s if that machine is gone`;
  throw new FargateCmkError("lock-held", {
    message: `${directory} is held by ${who}, last heard of at ${heartbeatAt}${isClockOff ? ", which is still to come by this machine's clock" : ""}`,
    remedy: isClockOff
      ? `set the clocks of both machines right; or, if that machine is gone, remove ${lockFile(directory)}`
      : `end it there, or ${wait}`,
  });
}

interface Judged {
  readonly record: LockRecord;
  /** What was judged free to take: it must still stand there once the claim is ours. */
  readonly text: string;
  readonly file: string;
  readonly options: LockOptions;
}

async function claimNextFence({ record, text, file, options }: Judged): Promise<number> {
  const first = Math.max(record.fence, options.fenceSeen) + 1;
  for (let fence = first; fence < first + CLAIMS_MAX; fence += 1) {
    const claim = `${file}.${fence}`;
    if (await createFileExclusively(claim, lockText(ownRecord(fence, options)))) {
      await replaceLock({ claim, text, file });
      return fence;
    }
    await refuseLiveClaimer(claim, options);
  }
  throw await justTaken(file);
}

async function replaceLock({ claim, text, file }: { claim: string; text: string; file: string }): Promise<void> {
  if ((await readTextFileIfAny(file)) !== text) {
    await rm(claim, { force: true });
    throw await justTaken(file);
  }
  try {
    await rename(claim, file);
  } catch (error) {
    throw unwritable(file, error);
  }
}

async function refuseLiveClaimer(claim: string, options: LockOptions): Promise<void> {
  const text = await readTextFileIfAny(claim);
  // The claimer has just renamed it into place, so somebody holds the lock now.
  if (text === null) throw await justTaken(lockFile(options.directory));
  refuseLiveHolder(parseLock(text, claim), options);
}

function heldLock(file: string, own: LockRecord, options: LockOptions): Lock {
  const refuseOther = (text: string | null): void => {
    const now = text === null ? null : parseLock(text, file);
    const ours = now?.owner != null && now.fence === own.fence && sameProcess(now.owner, options.processes.self);
    if (!ours) throw lost(file, now);
  };
  const write = (owner: LockRecord["owner"], nowMs: number): Promise<void> =>
    writeOver(file, lockText({ ...own, owner, heartbeatAt: new Date(nowMs).toISOString() }), refuseOther);
  return {
    fence: own.fence,
    check: async () => refuseOther(await readTextFileIfAny(file)),
    heartbeat: (nowMs) => write(own.owner, nowMs),
    release: (nowMs) => write(null, nowMs),
  };
}

/** What is read and what is written is one file, even when another one takes its name in between. */
async function writeOver(file: string, text: string, refuseOther: (present: string | null) => void): Promise<void> {
  const handle = await openedToWriteOver(file);
  if (handle === null) return refuseOther(null);
  try {
    const present = await handle.readFile();
    refuseOther(present.toString("utf8"));
    const bytes = ofLength(present.length, text);
    await handle.write(bytes, 0, bytes.length, 0);
    await handle.sync();
  } catch (error) {
    throw error instanceof FargateCmkError ? error : unwritable(file, error);
  } finally {
    await handle.close();
  }
}

async function openedToWriteOver(file: string): Promise<FileHandle | null> {
  try {
    return await open(file, "r+");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return null;
    throw unwritable(file, error);
  }
}

/** A released lock names no owner and so is shorter: blanks stand for what is missing. */
function ofLength(length: number, text: string): Buffer {
  const line = text.trimEnd();
  const missing = Math.max(0, length - Buffer.byteLength(line) - 1);
  return Buffer.from(`${line}${" ".repeat(missing)}\n`, "utf8");
}

async function justTaken(file: string): Promise<FargateCmkError> {
  const text = await readTextFileIfAny(file);
  const owner = text === null ? null : parseLock(text, file).owner;
  const who = owner === null ? "another process" : `process ${owner.pid} on ${owner.host}`;
  return new FargateCmkError("lock-held", {
    message: `${path.dirname(file)} is held by ${who}, which took it at the same moment`,
    remedy: "look with fargate-cmk status, or end that process first",
  });
}

function lost(file: string, now: LockRecord | null): FargateCmkError {
  const by = now?.owner == null ? "it was removed or released" : `process ${now.owner.pid} on ${now.owner.host} has it`;
  return new FargateCmkError("lock-lost", {
    message: `${file} is no longer ours: ${by}`,
    remedy: "let the other process finish; nothing more was done here",
  });
}
