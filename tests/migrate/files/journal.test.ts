// The journal on a real disk: torn lines, changed lines, a disk that fills up.

import assert from "node:assert/strict";
import { appendFile, open, readFile, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { type JournalHandle, openJournal, readJournal } from "../../../migrate/adapters/files/journal";
import { lineHash, NO_PREVIOUS } from "../../../migrate/adapters/files/journal-lines";
import type { JournalEvent } from "../../../migrate/core/model/journal-event";
import { FargateCmkError } from "../../../migrate/errors";
import { inTemporaryDirectory } from "./temporary-directory";

const PAUSE: JournalEvent = { kind: "control", request: "pause" };
const RESUME: JournalEvent = { kind: "control", request: "resume" };
const HALT: JournalEvent = { kind: "halted", reason: "ein Schlüssel ist gesperrt" };
const STAMP = { atMs: Date.parse("2026-11-22T09:00:00.000Z"), fence: 1 };

describe("journal", () => {
  it("gives back after reopening what was appended, in order and chained by hashes", () =>
    withJournal(async (file) => {
      await appendAll(file, [PAUSE, HALT, RESUME]);
      const { lines } = await readJournal(file);
      assert.deepEqual(
        lines.map(({ event }) => event),
        [PAUSE, HALT, RESUME],
      );
      assert.deepEqual(
        lines.map(({ seq }) => seq),
        [1, 2, 3],
      );
      assert.deepEqual(
        lines.map(({ at }) => at),
        Array(3).fill("2026-11-22T09:00:00.000Z"),
      );
      const texts = (await readFile(file, "utf8")).trimEnd().split("\n");
      const hashes = texts.map((text) => lineHash(text));
      assert.deepEqual(
        lines.map(({ prev }) => prev),
        [NO_PREVIOUS, hashes[0], hashes[1]],
      );
    }));

  it("goes on with the numbers and the chain of an earlier process", () =>
    withJournal(async (file) => {
      await appendAll(file, [PAUSE]);
      await appendAll(file, [RESUME]);
      assert.deepEqual(
        (await readJournal(file)).lines.map(({ seq }) => seq),
        [1, 2],
      );
    }));

  it("keeps the order of appends that were not waited for", () =>
    withJournal(async (file) => {
      const journal = await openJournal({ file });
      await Promise.all([PAUSE, HALT, RESUME].map((event) => journal.append(event, STAMP)));
      await journal.close();
      assert.deepEqual(
        (await readJournal(file)).lines.map(({ event }) => event.kind),
        ["control", "halted", "control"],
      );
    }));

  it("never lets an instant fall behind the line before, whatever the caller's clock says", () =>
    withJournal(async (file) => {
      const journal = await openJournal({ file });
      await journal.append(PAUSE, STAMP);
      const line = await journal.append(RESUME, { ...STAMP, atMs: STAMP.atMs - 3_600_000 });
      await journal.close();
      assert.equal(line.at, "2026-11-22T09:00:00.000Z");
      assert.deepEqual(
        (await readJournal(file)).lines.map(({ at }) => at),
        [line.at, line.at],
      );
    }));

  it("cuts off a torn last line at every length, says so, and goes on", async () => {
    const whole = await withJournal(async (file) => {
      await appendAll(file, [PAUSE, HALT]);
      return readFile(file);
    });
    const firstLineBytes = whole.indexOf(0x0a) + 1;
    for (let length = firstLineBytes + 1; length < whole.length; length += 1) {
      await withJournal(async (file) => {
        await writeFile(file, whole);
        await truncate(file, length);
        const journal = await openJournal({ file });
        assert.match(
          journal.repaired ?? "",
          new RegExp(`\\(${length - firstLineBytes} bytes\\) and was cut off; 1 whole`),
        );
        await journal.append(RESUME, STAMP);
        await journal.close();
        assert.deepEqual(
          (await readJournal(file)).lines.map(({ event }) => event),
          [PAUSE, RESUME],
        );
      });
    }
  });

  it("does not cut anything when it is only read", () =>
    withJournal(async (file) => {
      await appendAll(file, [PAUSE]);
      await appendFile(file, '{"v":1,"seq":2');
      const before = await readFile(file);
      assert.equal((await readJournal(file)).tornBytes, 14);
      assert.deepEqual(await readFile(file), before);
    }));

  it("refuses a line that was changed, naming the line after it", () =>
    withJournal(async (file) => {
      await appendAll(file, [PAUSE, HALT, RESUME]);
      await writeFile(file, (await readFile(file, "utf8")).replace('"pause"', '"abort"'));
      await refusal(file, "journal-broken", /journal\.jsonl:2: the hash of the line before does not match/);
    }));

  it("refuses a journal with a line taken out", () =>
    withJournal(async (file) => {
      await appendAll(file, [PAUSE, HALT, RESUME]);
      const texts = (await readFile(file, "utf8")).split("\n");
      await writeFile(file, [texts[0], ...texts.slice(2)].join("\n"));
      await refusal(file, "journal-broken", /:2: line 2 has seq 3/);
    }));

  it("refuses a line of another version, naming both", () =>
    withJournal(async (file) => {
      await appendAll(file, [PAUSE]);
      await writeFile(file, (await readFile(file, "utf8")).replace('"v":1', '"v":7'));
      await refusal(file, "foreign-version", /:1 has journal version 7, this program writes version 1/);
    }));

  it("refuses a whole line that is not JSON, even the last one", () =>
    withJournal(async (file) => {
      await appendAll(file, [PAUSE]);
      await appendFile(file, "nonsense\n");
      await refusal(file, "journal-broken", /:2: the line is not JSON/);
    }));

  it("refuses an event that it does not know without telling anybody to edit the journal", () =>
    withJournal(async (file) => {
      await appendAll(file, [PAUSE]);
      const journal = await openJournal({ file });
      await journal.append({ ...PAUSE, kind: "dreamt" } as unknown as typeof PAUSE, STAMP);
      await journal.close();
      await refusal(file, "journal-broken", /:2: its event is none that this program writes: at \$.kind/);
    }));

  it("refuses a line of a process that had lost its lock", () =>
    withJournal(async (file) => {
      const journal = await openJournal({ file });
      await journal.append(PAUSE, { ...STAMP, fence: 2 });
      await journal.append(RESUME, { ...STAMP, fence: 1 });
      await journal.close();
      await refusal(file, "journal-broken", /:2: fence 1 is older than the line before \(2\)/);
    }));

  it("takes a half-written line back when the disk is full, and goes on when there is space again", () =>
    withJournal(async (file) => {
      const disk = { full: false };
      const journal = await openJournal({ file, openHandle: () => handleOnDisk(file, disk) });
      await journal.append(PAUSE, STAMP);
      disk.full = true;
      await assert.rejects(journal.append(HALT, STAMP), (error) =>
        isCode(error, "disk-full", /cannot write .*journal\.jsonl: no space is left/),
      );
      assert.deepEqual(
        (await readJournal(file)).lines.map(({ event }) => event),
        [PAUSE],
      );
      disk.full = false;
      await journal.append(RESUME, STAMP);
      await journal.close();
      assert.deepEqual(
        (await readJournal(file)).lines.map(({ event }) => event),
        [PAUSE, RESUME],
      );
    }));

  it("appends nothing more after a flush that failed, and leaves what a later process can read", () =>
    withJournal(async (file) => {
      const disk = { full: false, failsToFlush: false };
      const journal = await openJournal({ file, openHandle: () => handleOnDisk(file, disk) });
      disk.failsToFlush = true;
      await assert.rejects(journal.append(PAUSE, STAMP), (error) => isCode(error, "file-unwritable"));
      disk.failsToFlush = false;
      await assert.rejects(journal.append(RESUME, STAMP), (error) => isCode(error, "file-unwritable"));
      await journal.close();
      assert.deepEqual(
        (await readJournal(file)).lines.map(({ event }) => event),
        [PAUSE],
      );
    }));
});

function withJournal<T>(use: (file: string) => Promise<T>): Promise<T> {
  return inTemporaryDirectory((directory) => use(path.join(directory, "journal.jsonl")));
}

async function appendAll(file: string, events: readonly JournalEvent[]): Promise<void> {
  const journal = await openJournal({ file });
  for (const event of events) await journal.append(event, STAMP);
  await journal.close();
}

async function refusal(file: string, code: string, message: RegExp): Promise<void> {
  await assert.rejects(openJournal({ file }), (error) => isCode(error, code, message));
}

function isCode(error: unknown, code: string, message = /./): boolean {
  assert.ok(error instanceof FargateCmkError, String(error));
  assert.equal(error.code, code);
  assert.match(error.message, message);
  return true;
}

/** A real file on a disk that can fill up in the middle of a line, or fail to flush. */
async function handleOnDisk(
  file: string,
  disk: { readonly full: boolean; readonly failsToFlush?: boolean },
): Promise<JournalHandle> {
  const handle = await open(file, "a");
  const write = async (bytes: Buffer, offset: number, length: number) => {
    if (!disk.full) return handle.write(bytes, offset, length);
    await handle.write(bytes, offset, Math.floor(length / 2));
    throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
  };
  const sync = async () => {
    if (disk.failsToFlush === true) throw Object.assign(new Error("EIO"), { code: "EIO" });
    await handle.sync();
  };
  return {
    write: write as JournalHandle["write"],
    sync,
    truncate: (length) => handle.truncate(length),
    close: () => handle.close(),
  };
}
