// Who holds a lock: enough to tell a process that lives from one that died, even when its number was given out again.
//
// Sources: /proc/sys/kernel/random/boot_id and fields 3 and 22 of /proc/<pid>/stat (proc(5)). Where there is no /proc the
// process number alone decides.

import { readFileSync } from "node:fs";
import { hostname } from "node:os";

export interface ProcessIdentity {
  readonly host: string;
  /** Changes with every boot; null where the system does not tell. */
  readonly bootId: string | null;
  readonly pid: number;
  /** Ticks since boot at which the process began; null where the system does not tell. */
  readonly startTime: string | null;
}

/** What a lock asks about processes; a test puts its own in its place. */
export interface ProcessTable {
  readonly self: ProcessIdentity;
  /** Only meaningful for processes of this host and boot. */
  lives(process: ProcessIdentity): boolean;
}

export function machineProcesses(host: string = hostname()): ProcessTable {
  const startTime = statOf(process.pid)?.startTime ?? null;
  const self = { host, bootId: bootId(), pid: process.pid, startTime };
  return { self, lives };
}

/** Same host and same boot: only then can this machine say whether a process lives. */
export function sameMachine(a: ProcessIdentity, b: ProcessIdentity): boolean {
  return a.host === b.host && a.bootId === b.bootId;
}

export function sameProcess(a: ProcessIdentity, b: ProcessIdentity): boolean {
  return sameMachine(a, b) && a.pid === b.pid && a.startTime === b.startTime;
}

function lives({ pid, startTime: recorded }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  const now = statOf(pid);
  if (now === null) return true;
  return !ENDED.includes(now.state) && (recorded === null || recorded === now.startTime);
}

/** Zombie and dead: it has ended, and its parent has not asked for its exit code; in a container perhaps never will. */
const ENDED: readonly string[] = ["Z", "X", "x"];

function bootId(): string | null {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return null;
  }
}

interface ProcessStat {
  readonly state: string;
  readonly startTime: string;
}

/** The 3rd and the 22nd field of stat; the second one is a name in brackets that may itself hold blanks and brackets. */
function statOf(pid: number): ProcessStat | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const afterName = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, startTime] = [afterName[0], afterName[19]];
    return state === undefined || startTime === undefined ? null : { state, startTime };
  } catch {
    return null;
  }
}
