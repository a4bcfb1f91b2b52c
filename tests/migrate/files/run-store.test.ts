// A run directory between processes: held, killed, taken over, lost.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { createSystemClock } from "../../../migrate/adapters/clocks/system-clock";
import { openRunStore } from "../../../migrate/adapters/files/run-store";
import type { JournalEvent } from "../../../migrate/core/model/journal-event";
import { FargateCmkError } from "../../../migrate/errors";
import { inTemporaryDirectory } from "./temporary-directory";

const clock = createSystemClock();
const RESUME: JournalEvent = { kind: "control", request: "resume" };

describe("run store", () => {
  it("is refused while another process holds it, and taken over at once after that one was killed", () =>
    inTemporaryDirectory(async (directory) => {
      const holder = await holderOf(directory);
      await assert.rejects(openRunStore({ directory, clock }), isCode("lock-held"));
      await killed(holder);
      const { store, repaired, release } = await openRunStore({ directory, clock });
      const line = await store.append(RESUME, clock.nowMs());
      await release();
      assert.equal(repaired, null);
      assert.deepEqual([line.seq, line.fence], [2, 2]);
    }));

  it("refuses to append once another process has taken the run over", () =>
    inTemporaryDirectory(async (directory) => {
      const { store, release } = await openRunStore({ directory, clock });
      const lock = JSON.parse(await readFile(path.join(directory, "lock.json"), "utf8"));
      await writeFile(path.join(directory, "lock.json"), JSON.stringify({ ...lock, fence: lock.fence + 1 }));
      await assert.rejects(store.append(RESUME, clock.nowMs()), isCode("lock-lost"));
      assert.equal(await readFile(path.join(directory, "journal.jsonl"), "utf8"), "");
      await release();
    }));

  it("tells what it cut off a journal that a crash left torn", () =>
    inTemporaryDirectory(async (directory) => {
      await writeFile(path.join(directory, "journal.jsonl"), '{"v":1,"se');
      const { store, repaired, release } = await openRunStore({ directory, clock });
      assert.match(repaired ?? "", /incomplete \(10 bytes\)/);
      assert.deepEqual(await store.read(), []);
      await release();
    }));

  it("gives the lock back when the journal cannot be opened", () =>
    inTemporaryDirectory(async (directory) => {
      const openHandle = () => Promise.reject(Object.assign(new Error("EROFS"), { code: "EROFS" }));
      await assert.rejects(openRunStore({ directory, clock, openHandle }), isCode("file-unwritable"));
      const { release } = await openRunStore({ directory, clock });
      await release();
    }));

  it("writes report files for their owner only, and none outside its directory", () =>
    inTemporaryDirectory(async (directory) => {
      const { store, release } = await openRunStore({ directory, clock });
      await store.writeReport({ "report.json": "{}\n" });
      assert.equal((await stat(path.join(directory, "report.json"))).mode & 0o777, 0o600);
      await assert.rejects(store.writeReport({ "../report.json": "{}" }), isCode("internal"));
      await release();
    }));
});

async function holderOf(directory: string): Promise<ChildProcess> {
  const holder = spawn(process.execPath, [path.join(__dirname, "hold-run-store.js"), directory], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [said] = await once(holder.stdout, "data");
  assert.equal(String(said), "held\n");
  return holder;
}

async function killed(holder: ChildProcess): Promise<void> {
  const gone = once(holder, "exit");
  holder.kill("SIGKILL");
  await gone;
}

function isCode(code: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof FargateCmkError, String(error));
    assert.equal(error.code, code);
    return true;
  };
}
