// Reads a journal as it grows, beside the run that writes it: each time only what came since.
//
// Invariants
//   a torn last line is not there yet; it is read once it is whole
//   every line is checked as it is in a whole read, the chain from the last line before included
//   a journal that is another file now (a rebuild), or that no longer goes on from what was read, is read from its start, once

import { type FileHandle, open } from "node:fs/promises";
import { FargateCmkError } from "../../errors";
import type { JournalLine } from "../../ports/run-store";
import { systemCode, unreadable } from "./file-failure";
import { JOURNAL_START, type JournalPosition, readJournalText } from "./journal-lines";

export interface JournalGrowth {
  readonly lines: readonly JournalLine[];
  /** The lines are the whole of another journal than before: what was told by the old one does not count any more. */
  readonly isAnew: boolean;
}

interface Place extends JournalPosition {
  readonly inode: number;
  readonly offset: number;
}

const NOTHING_NEW: JournalGrowth = { lines: [], isAnew: false };

export class JournalFollower {
  private place: Place | null = null;

  constructor(private readonly file: string) {}

  /** @throws FargateCmkError `journal-broken`, `foreign-version`, `file-unreadable` */
  async read(): Promise<JournalGrowth> {
    const handle = await this.opened();
    // Between the old and the new journal of a rebuild there is none.
    if (handle === null) return NOTHING_NEW;
    try {
      const { ino: inode, size } = await handle.stat();
      const { place } = this;
      const isSame = place !== null && place.inode === inode && place.offset <= size;
      if (!isSame) return await this.fromStart(handle, inode, size);
      return place.offset === size ? NOTHING_NEW : await this.goOn(handle, place, size);
    } finally {
      await handle.close();
    }
  }

  private async goOn(handle: FileHandle, place: Place, size: number): Promise<JournalGrowth> {
    try {
      return { lines: await this.take(handle, place, size), isAnew: false };
    } catch (error) {
      if (!(error instanceof FargateCmkError && error.code === "journal-broken")) throw error;
      return this.fromStart(handle, place.inode, size);
    }
  }

  private async fromStart(handle: FileHandle, inode: number, size: number): Promise<JournalGrowth> {
    const isAnew = this.place !== null;
    return { lines: await this.take(handle, { ...JOURNAL_START, inode, offset: 0 }, size), isAnew };
  }

  private async take(handle: FileHandle, from: Place, size: number): Promise<readonly JournalLine[]> {
    const bytes = await this.bytes(handle, from.offset, size);
    const { lines, head, wholeBytes } = readJournalText(bytes, this.file, from);
    const last = lines.at(-1);
    this.place = {
      inode: from.inode,
      offset: from.offset + wholeBytes,
      seq: last?.seq ?? from.seq,
      head,
      fence: last?.fence ?? from.fence,
    };
    return lines;
  }

  private async bytes(handle: FileHandle, from: number, to: number): Promise<Buffer> {
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(to - from), 0, to - from, from);
      return buffer.subarray(0, bytesRead);
    } catch (error) {
      throw unreadable(this.file, error);
    }
  }

  private async opened(): Promise<FileHandle | null> {
    try {
      return await open(this.file, "r");
    } catch (error) {
      if (systemCode(error) === "ENOENT") return null;
      throw unreadable(this.file, error);
    }
  }
}
