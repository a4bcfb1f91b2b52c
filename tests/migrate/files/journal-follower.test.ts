// A journal that is read while it grows: only what is new, never half a line, and anew when it is another one.

import assert from "node:assert/strict";
import { appendFile, readFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { openJournal } from "../../../migrate/adapters/files/journal";
import { JournalFollower } from "../../../migrate/adapters/files/journal-follower";
import { FargateCmkError } from "../../../migrate/errors";
import { STARTED, setAside, waveOpened } from "../machine/run-fixture";
import { inTemporaryDirectory } from "./temporary-directory";

const STAMP = { atMs: Date.parse("2026-06-01T09:00:00.000Z"), fence: 1 };

interface Desk {
  readonly file: string;
  readonly follower: JournalFollower;
  write(...waves: readonly number[]): Promise<void>;
  /** The waves of the lines that are new, after `anew` when they are those of another journal. */
  read(): Promise<readonly (number | "anew" | string)[]>;
}

function atDesk(use: (desk: Desk) => Promise<void>): Promise<void> {
  return inTemporaryDirectory((directory) => {
    const file = path.join(directory, "journal.jsonl");
    const follower = new JournalFollower(file);
    return use({
      file,
      follower,
      async write(...waves) {
        const journal = await openJournal({ file });
        for (const wave of waves) await journal.append(waveOpened(wave), STAMP);
        await journal.close();
      },
      async read() {
        const { lines, isAnew } = await follower.read();
        return [
          ...(isAnew ? ["anew"] : []),
          ...lines.map(({ event }) => (event.kind === "wave-opened" ? event.wave : event.kind)),
        ];
      },
    });
  });
}

describe("a journal that is followed", () => {
  it("gives what is there, then only what is new", () =>
    atDesk(async ({ write, read }) => {
      assert.deepEqual(await read(), []);
      await write(1, 2);
      assert.deepEqual(await read(), [1, 2]);
      assert.deepEqual(await read(), []);
      await write(3);
      assert.deepEqual(await read(), [3]);
    }));

  it("does not see a torn last line until it is whole, and goes on when it was cut off", () =>
    atDesk(async ({ file, write, read }) => {
      await write(1, 2);
      const whole = await readFile(file);
      await truncate(file, whole.length - 10);
      assert.deepEqual(await read(), [1]);
      await appendFile(file, whole.subarray(whole.length - 10));
      assert.deepEqual(await read(), [2]);
      await appendFile(file, '{"v":1,"seq":3');
      assert.deepEqual(await read(), []);
      await write(3);
      assert.deepEqual(await read(), [3]);
    }));

  it("is read from its start when it is another one: put aside by a rebuild, shorter, or as long with another chain", () =>
    atDesk(async ({ file, write, read }) => {
      await write(1, 2);
      assert.deepEqual(await read(), [1, 2]);
      await rename(file, `${file}.old`);
      assert.deepEqual(await read(), []);
      await write(7);
      assert.deepEqual(await read(), ["anew", 7]);
      await truncate(file, 0);
      await write(8, 9);
      assert.deepEqual(await read(), ["anew", 8, 9]);
    }));

  it("checks the chain across what was read before", () =>
    atDesk(async ({ file, write, read, follower }) => {
      await write(1, 2, 3);
      assert.deepEqual(await read(), [1, 2, 3]);
      await rm(file);
      await write(1, 5, 3, 4);
      assert.deepEqual(await read(), ["anew", 1, 5, 3, 4]);
      await appendFile(file, '{"v":1,"seq":5,"at":"2026-06-01T09:00:00.000Z","fence":1,"event":{},"prev":"0"}\n');
      await assert.rejects(
        follower.read(),
        (error) => error instanceof FargateCmkError && error.code === "journal-broken",
      );
    }));

  it("reads a long one piece by piece as if at once", () =>
    atDesk(async ({ file, read, follower }) => {
      const journal = await openJournal({ file });
      await journal.append(STARTED, STAMP);
      for (let wave = 1; wave <= 20; wave += 1) await journal.append(waveOpened(wave), STAMP);
      await journal.append(setAside("a"), STAMP);
      await journal.close();
      const bytes = await readFile(file);
      const pieces: (number | string)[] = [];
      await writeFile(file, "");
      for (let from = 0; from < bytes.length; from += 97) {
        await appendFile(file, bytes.subarray(from, from + 97));
        pieces.push(...(await read()));
      }
      assert.deepEqual(pieces, ["run-started", ...Array.from({ length: 20 }, (_, index) => index + 1), "set-aside"]);
      assert.deepEqual((await new JournalFollower(file).read()).lines.length, pieces.length);
      assert.deepEqual(await follower.read(), { lines: [], isAnew: false });
    }));
});
