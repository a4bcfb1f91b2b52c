// A run directory between processes: held, killed, taken over, lost.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { lateStartingClock } from "../../../migrate/adapters/clocks/late-starting-clock";
import { createSteppedSimulatorClock } from "../../../migrate/adapters/clocks/stepped-simulator-clock";
import { createSystemClock } from "../../../migrate/adapters/clocks/system-clock";
import { LOCK_TTL_MS, readLock } from "../../../migrate/adapters/files/lock";
import { openRunStore } from "../../../migrate/adapters/files/run-store";
import type { JournalEvent } from "../../../migrate/core/model/journal-event";
import { FargateCmkError } from "../../../migrate/errors";
import type { Clock } from "../../../migrate/ports/clock";
import { MachineTime } from "../clocks/machine-time";
import { inTemporaryDirectory } from "./temporary-directory";

const clock = createSystemClock();
const START_MS = Date.parse("2026-11-22T09:00:00.000Z");
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

  it("keeps its lock through work that takes longer than the time to live, without a heartbeat of that work's own", () =>
    inTemporaryDirectory(async (directory) => {
      const stepped = steppedClock();
      const { store, release } = await openRunStore({ directory, clock: stepped, host: "here" });
      for (let rounds = 0; rounds < 5; rounds += 1) {
        await stepped.sleep(LOCK_TTL_MS / 2);
        await heardOf(directory, stepped);
      }
      await assert.rejects(openRunStore({ directory, clock: stepped, host: "elsewhere" }), isCode("lock-held"));
      await store.append(RESUME, stepped.nowMs());
      await release();
    }));

  it("is another machine's after a sleep longer than the time to live, if one came; else it is renewed", () =>
    inTemporaryDirectory(async (directory) => {
      const machine = new MachineTime(START_MS);
      const sleeper = createSystemClock(machine);
      const { store, release } = await openRunStore({ directory, clock: sleeper, host: "laptop" });
      machine.sleep(LOCK_TTL_MS + 1_000);
      await store.heartbeat(sleeper.nowMs());
      await assert.rejects(openRunStore({ directory, clock: sleeper, host: "other" }), isCode("lock-held"));
      machine.sleep(LOCK_TTL_MS + 1_000);
      const other = await openRunStore({ directory, clock: createSystemClock(machine), host: "other" });
      await assert.rejects(store.heartbeat(sleeper.nowMs()), isCode("lock-lost"));
      await assert.rejects(store.append(RESUME, sleeper.nowMs()), isCode("lock-lost"));
      await other.store.append(RESUME, sleeper.nowMs());
      await release();
      await other.store.append(RESUME, sleeper.nowMs());
      await other.release();
    }));

  it("puts the clock of a run ahead of a journal from the future, and leaves the lock on this machine's time", () =>
    inTemporaryDirectory(async (directory) => {
      const ahead = createSystemClock(new MachineTime(START_MS + 3 * 3_600_000));
      const first = await openRunStore({ directory, clock: ahead });
      await first.store.append(RESUME, ahead.nowMs());
      await first.release();
      const late = lateStartingClock(createSystemClock(new MachineTime(START_MS)));
      const { store, release, clockBehindMs } = await openRunStore({ directory, clock: late });
      assert.equal(clockBehindMs, 3 * 3_600_000 + 1);
      const line = await store.append(RESUME, late.nowMs());
      assert.equal(Date.parse(line.at), START_MS + 3 * 3_600_000 + 1);
      await store.heartbeat(late.nowMs());
      assert.equal((await readLock(directory))?.heartbeatAt, new Date(START_MS).toISOString());
      await release();
      assert.equal((await readLock(directory))?.heartbeatAt, new Date(START_MS).toISOString());
    }));

  it("leaves a clock alone that is not behind its journal", () =>
    inTemporaryDirectory(async (directory) => {
      const early = createSystemClock(new MachineTime(START_MS));
      const first = await openRunStore({ directory, clock: early });
      await first.store.append(RESUME, early.nowMs());
      await first.release();
      const late = lateStartingClock(createSystemClock(new MachineTime(START_MS + 60_000)));
      const { release, clockBehindMs } = await openRunStore({ directory, clock: late });
      assert.deepEqual([clockBehindMs, late.nowMs()], [0, START_MS + 60_000]);
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

/** A clock that only sleeping moves. */
function steppedClock(): Clock {
  const steering = { readClock: async () => null, advance: async () => null };
  return createSteppedSimulatorClock({ reading: { nowMs: START_MS, speed: 0, mode: "stepped" }, steering });
}

/** A heartbeat later than now. It is written beside the work, so time is moved on in small steps until it is on disk. */
async function heardOf(directory: string, clock: Clock): Promise<void> {
  const sinceMs = clock.nowMs();
  for (let looks = 0; looks < 10_000; looks += 1) {
    if (Date.parse((await readLock(directory))?.heartbeatAt ?? "") > sinceMs) return;
    await clock.sleep(100);
  }
  assert.fail("no heartbeat was written");
}

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
