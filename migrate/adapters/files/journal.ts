// The journal of a run on disk: appended line by line, flushed before append returns.
//
// Invariants
//   only one append is under way at a time, in the order of the calls
//   a failed write is taken back (cut to the last whole line), so the journal can be gone on with once there is space
//   the file is opened for appending: should two processes ever write, both lines stay and the chain shows it
//   at never falls along the file, whatever the caller's clock says: instants of a run are compared with each other
//   after a failed flush nobody knows what is on disk: this process appends nothing more, a later one reads what is there

import { type FileHandle, open, readFile } from "node:fs/promises";
import path from "node:path";
import type { JournalEvent } from "../../core/model/journal-event";
import type { JournalLine } from "../../ports/run-store";
import { systemCode, unreadable, unwritable } from "./file-failure";
import { JOURNAL_VERSION, type JournalText, lineHash, lineText, readJournalText } from "./journal-lines";
import { syncDirectory } from "./write-file-atomically";

/** The part of a file handle that a journal needs: tests put a full disk in its place. */
export type JournalHandle = Pick<FileHandle, "write" | "sync" | "truncate" | "close">;

export interface OpenJournalOptions {
  readonly file: string;
  readonly openHandle?: (file: string) => Promise<JournalHandle>;
}

export interface Journal {
  readonly lines: readonly JournalLine[];
  /** What was cut off at opening, for people; null when nothing was. */
  readonly repaired: string | null;
  append(event: JournalEvent, stamp: { readonly atMs: number; readonly fence: number }): Promise<JournalLine>;
  close(): Promise<void>;
}

export function journalFile(directory: string): string {
  return path.join(directory, "journal.jsonl");
}

/** Reads without changing anything: for report and status, beside a run that may be writing. */
export async function readJournal(file: string): Promise<JournalText> {
  return readJournalText(await journalBytes(file), file);
}

/** Opens for writing and cuts off a torn last line. Call it only with the lock held. */
export async function openJournal({ file, openHandle = openForWriting }: OpenJournalOptions): Promise<Journal> {
  const text = await readJournal(file);
  const handle = await opened(file, openHandle);
  try {
    const repaired = await cutTornLine({ file, handle, text });
    return new JournalFile({ file, handle, text, repaired });
  } catch (error) {
    await handle.close();
    throw error;
  }
}

class JournalFile implements Journal {
  readonly #file: string;
  readonly #handle: JournalHandle;
  readonly #lines: JournalLine[];
  readonly repaired: string | null;
  #head: string;
  #bytes: number;
  #poison: unknown = null;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(state: { file: string; handle: JournalHandle; text: JournalText; repaired: string | null }) {
    this.#file = state.file;
    this.#handle = state.handle;
    this.#lines = [...state.text.lines];
    this.#head = state.text.head;
    this.#bytes = state.text.wholeBytes;
    this.repaired = state.repaired;
  }

  get lines(): readonly JournalLine[] {
    return this.#lines;
  }

  append(event: JournalEvent, stamp: { readonly atMs: number; readonly fence: number }): Promise<JournalLine> {
    const appended = this.#queue.then(() => this.#appendNow(event, stamp));
    this.#queue = appended.catch(() => undefined);
    return appended;
  }

  async close(): Promise<void> {
    await this.#queue;
    await this.#handle.close();
  }

  async #appendNow(event: JournalEvent, { atMs, fence }: { atMs: number; fence: number }): Promise<JournalLine> {
    if (this.#poison !== null) throw unwritable(this.#file, this.#poison);
    const at = noEarlierThan(this.#lines.at(-1)?.at, new Date(atMs).toISOString());
    const line = { v: JOURNAL_VERSION, seq: this.#lines.length + 1, at, fence, event, prev: this.#head } as const;
    const text = lineText(line);
    const bytes = Buffer.from(`${text}\n`, "utf8");
    await this.#writeWhole(bytes);
    await this.#flush();
    this.#bytes += bytes.length;
    this.#head = lineHash(text);
    this.#lines.push(line);
    return line;
  }

  async #writeWhole(bytes: Buffer): Promise<void> {
    try {
      let written = 0;
      while (written < bytes.length) {
        const { bytesWritten } = await this.#handle.write(bytes, written, bytes.length - written);
        if (bytesWritten === 0) throw new Error("the system wrote nothing");
        written += bytesWritten;
      }
    } catch (error) {
      await this.#takeBack(error);
      throw unwritable(this.#file, error);
    }
  }

  async #takeBack(why: unknown): Promise<void> {
    try {
      await this.#handle.truncate(this.#bytes);
      await this.#handle.sync();
    } catch {
      this.#poison = why;
    }
  }

  async #flush(): Promise<void> {
    try {
      await this.#handle.sync();
    } catch (error) {
      this.#poison = error;
      throw unwritable(this.#file, error);
    }
  }
}

function noEarlierThan(last: string | undefined, at: string): string {
  return last !== undefined && Date.parse(last) > Date.parse(at) ? last : at;
}

async function cutTornLine(journal: {
  file: string;
  handle: JournalHandle;
  text: JournalText;
}): Promise<string | null> {
  const { file, handle, text } = journal;
  try {
    if (text.tornBytes > 0) await handle.truncate(text.wholeBytes);
    await handle.sync();
    await syncDirectory(path.dirname(file));
  } catch (error) {
    throw unwritable(file, error);
  }
  if (text.tornBytes === 0) return null;
  return `the last line was incomplete (${text.tornBytes} bytes) and was cut off; ${text.lines.length} whole lines are kept`;
}

async function opened(file: string, openHandle: (file: string) => Promise<JournalHandle>): Promise<JournalHandle> {
  try {
    return await openHandle(file);
  } catch (error) {
    throw unwritable(file, error);
  }
}

function openForWriting(file: string): Promise<JournalHandle> {
  return open(file, "a", 0o600);
}

async function journalBytes(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return Buffer.alloc(0);
    throw unreadable(file, error);
  }
}
