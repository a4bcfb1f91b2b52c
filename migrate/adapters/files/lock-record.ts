// The content of lock.json.
// Invariants: fence only ever grows; a released lock keeps its fence and has no owner, so the next owner's is higher.

import { FargateCmkError } from "../../errors";
import type { ProcessIdentity } from "./process-identity";

export interface LockRecord {
  readonly v: 1;
  readonly fence: number;
  readonly owner: ProcessIdentity | null;
  /** ISO 8601, UTC. */
  readonly heartbeatAt: string;
}

export function lockText(record: LockRecord): string {
  return `${JSON.stringify(record)}\n`;
}

/** @throws FargateCmkError `wrong-shape` */
export function parseLock(text: string, file: string): LockRecord {
  const value = parsed(text);
  if (!isLockRecord(value))
    throw new FargateCmkError("wrong-shape", {
      message: `${file} is not a lock of this program: ${JSON.stringify(text.slice(0, 80))}`,
      remedy: "make sure that no run uses this directory, then remove the file",
    });
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isLockRecord(value: unknown): value is LockRecord {
  if (typeof value !== "object" || value === null) return false;
  const { v, fence, owner, heartbeatAt } = value as Partial<Record<keyof LockRecord, unknown>>;
  const timed = typeof heartbeatAt === "string" && !Number.isNaN(Date.parse(heartbeatAt));
  return v === 1 && Number.isSafeInteger(fence) && timed && (owner === null || isIdentity(owner));
}

function isIdentity(value: unknown): value is ProcessIdentity {
  if (typeof value !== "object" || value === null) return false;
  const { host, bootId, pid, startTime } = value as Partial<Record<keyof ProcessIdentity, unknown>>;
  return typeof host === "string" && textOrNull(bootId) && Number.isSafeInteger(pid) && textOrNull(startTime);
}

function textOrNull(value: unknown): boolean {
  return value === null || typeof value === "string";
}
