// The text form of a journal: one JSON line an event, each holding the hash of the line before it.
//
// Invariants
//   a line is whole only with its line break: what follows the last one is torn and was never promised to anybody
//   seq counts from 1 without a gap, prev is the SHA-256 of the previous line's text (64 zeros for the first), fence never falls
//   anything else refuses with the line's number: a changed journal proves nothing

import { createHash } from "node:crypto";
import type { JournalEvent } from "../../core/model/journal-event";
import { parseJournalEvent } from "../../core/model/parse-journal-event";
import { FargateCmkError } from "../../errors";
import type { JournalLine } from "../../ports/run-store";

export const JOURNAL_VERSION = 1;
export const NO_PREVIOUS = "0".repeat(64);

export interface JournalText {
  readonly lines: readonly JournalLine[];
  /** SHA-256 of the last whole line; 64 zeros when there is none. */
  readonly head: string;
  /** Bytes up to and with the last line break. */
  readonly wholeBytes: number;
  readonly tornBytes: number;
}

/** The last line before those that are read: what the next one must follow. */
export interface JournalPosition {
  readonly seq: number;
  readonly head: string;
  readonly fence: number;
}

export const JOURNAL_START: JournalPosition = { seq: 0, head: NO_PREVIOUS, fence: 0 };

/** The whole text, or what follows a position. @throws FargateCmkError `journal-broken` or `foreign-version`, with file and line */
export function readJournalText(bytes: Buffer, file: string, after: JournalPosition = JOURNAL_START): JournalText {
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  const texts = bytes.subarray(0, wholeBytes).toString("utf8").split("\n").slice(0, -1);
  const lines: JournalLine[] = [];
  let { head } = after;
  for (const [index, text] of texts.entries()) {
    const seq = after.seq + index + 1;
    const fenceMin = lines.at(-1)?.fence ?? after.fence;
    lines.push(checkedLine(text, { where: `${file}:${seq}`, seq, prev: head, fenceMin }));
    head = lineHash(text);
  }
  return { lines, head, wholeBytes, tornBytes: bytes.length - wholeBytes };
}

export function lineHash(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** The line's text without its line break; the order of members is fixed by the caller's object. */
export function lineText({ v, seq, at, fence, event, prev }: JournalLine): string {
  return JSON.stringify({ v, seq, at, fence, event, prev });
}

interface Expected {
  readonly where: string;
  readonly seq: number;
  readonly prev: string;
  readonly fenceMin: number;
}

function checkedLine(text: string, { where, seq, prev, fenceMin }: Expected): JournalLine {
  const value = asRecord(text, where);
  if (value.v !== JOURNAL_VERSION) throw foreign(where, value.v);
  if (value.seq !== seq) throw broken(where, `line ${seq} has seq ${JSON.stringify(value.seq)}`);
  if (value.prev !== prev) throw broken(where, "the hash of the line before does not match, so a line was changed");
  const fence = value.fence;
  if (typeof fence !== "number" || !Number.isSafeInteger(fence) || fence < fenceMin)
    throw broken(where, `fence ${JSON.stringify(fence)} is older than the line before (${fenceMin})`);
  if (typeof value.at !== "string" || Number.isNaN(Date.parse(value.at)))
    throw broken(where, `at ${JSON.stringify(value.at)} is no time`);
  return { v: JOURNAL_VERSION, seq, at: value.at, fence, event: checkedEvent(value.event, where), prev };
}

/** A line whose event this program does not know is as little to be trusted as a changed one, and must not be edited either. */
function checkedEvent(event: unknown, where: string): JournalEvent {
  try {
    return parseJournalEvent(event, where);
  } catch (error) {
    if (!(error instanceof FargateCmkError && error.code === "wrong-shape")) throw error;
    const what = error.message.startsWith(`${where}: `) ? error.message.slice(where.length + 2) : error.message;
    throw broken(where, `its event is none that this program writes: ${what}`, error);
  }
}

function asRecord(text: string, where: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (error) {
    throw broken(where, "the line is not JSON", error);
  }
  throw broken(where, "the line is not a JSON object");
}

function broken(where: string, what: string, cause?: unknown): FargateCmkError {
  const remedy =
    "restore the journal from a copy, or go on with the version of fargate-cmk that wrote it; or begin a new one with --rebuild: what was done is then found by looking at each service";
  const message = `the journal cannot be trusted at ${where}: ${what}`;
  return new FargateCmkError("journal-broken", cause === undefined ? { message, remedy } : { message, remedy, cause });
}

function foreign(where: string, version: unknown): FargateCmkError {
  return new FargateCmkError("foreign-version", {
    message: `${where} has journal version ${JSON.stringify(version)}, this program writes version ${JOURNAL_VERSION}`,
    remedy: "go on with the version of fargate-cmk that began the run",
  });
}
