// One writer for a run directory, whoever dies, sleeps or comes at the same time.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import type { Writable } from "node:stream";
import {
  LOCK_TTL_MS,
  type LockOptions,
  lockFile,
  readHolder,
  readLock,
  takeLock,
} from "../../../migrate/adapters/files/lock";
import {
  machineProcesses,
  type ProcessIdentity,
  type ProcessTable,
} from "../../../migrate/adapters/files/process-identity";
import { FargateCmkError } from "../../../migrate/errors";
import { inTemporaryDirectory } from "./temporary-directory";

const NOW_MS = Date.parse("2026-11-22T09:00:00.000Z");

describe("lock", () => {
  it("refuses a second process while the first one runs, naming it", () =>
    inTemporaryDirectory(async (directory) => {
      await takeLock(options(directory, one));
      await assert.rejects(
        takeLock(options(directory, two)),
        refused("lock-held", /process 1 on this-host, which is running/),
      );
    }));

  it("follows a dead process of the same machine at once, with a higher fence", () =>
    inTemporaryDirectory(async (directory) => {
      const first = await takeLock(options(directory, one));
      const second = await takeLock(options(directory, { ...two, living: [] }));
      assert.equal(first.fence, 1);
      assert.equal(second.fence, 2);
    }));

  it("tells the one that was followed that the lock is lost, at check and at heartbeat", () =>
    inTemporaryDirectory(async (directory) => {
      const first = await takeLock(options(directory, one));
      const second = await takeLock(options(directory, { ...two, living: [] }));
      await assert.rejects(first.check(), refused("lock-lost", /process 2 on this-host has it/));
      await assert.rejects(first.heartbeat(NOW_MS), refused("lock-lost", /no longer ours/));
      await second.check();
    }));

  it("waits for the time to live of a holder on another machine, counted from its last heartbeat", () =>
    inTemporaryDirectory(async (directory) => {
      const first = await takeLock(options(directory, one));
      await first.heartbeat(NOW_MS + 60_000);
      const elsewhere = { pid: 7, host: "other-host", living: [] };
      const late = NOW_MS + 60_000 + LOCK_TTL_MS;
      await assert.rejects(
        takeLock({ ...options(directory, elsewhere), nowMs: late }),
        refused("lock-held", /last heard of at 2026-11-22T09:01:00/),
      );
      const second = await takeLock({ ...options(directory, elsewhere), nowMs: late + 1 });
      assert.equal(second.fence, 2);
    }));

  it("names the machine's clock, and the file to remove, where a holder elsewhere was last heard of in the future", () =>
    inTemporaryDirectory(async (directory) => {
      const first = await takeLock(options(directory, one));
      await first.heartbeat(NOW_MS + 3 * 3_600_000);
      const elsewhere = { pid: 7, host: "other-host", living: [] };
      await assert.rejects(takeLock(options(directory, elsewhere)), (error) => {
        assert.ok(error instanceof FargateCmkError);
        assert.match(
          error.message,
          /last heard of at 2026-11-22T12:00:00.000Z, which is still to come by this machine's clock/,
        );
        assert.match(error.remedy, /set the clocks .* or, if that machine is gone, remove .*lock\.json/);
        return error.code === "lock-held";
      });
      await rm(lockFile(directory));
      const second = await takeLock({ ...options(directory, elsewhere), fenceSeen: 1 });
      assert.equal(second.fence, 2);
    }));

  it("is renewed and given back in place, in the same number of bytes: a full disk has room for it, and nobody reads half", () =>
    inTemporaryDirectory(async (directory) => {
      const lock = await takeLock(options(directory, { pid: 1, host: "büro-älter" }));
      const before = await stat(lockFile(directory));
      await lock.heartbeat(NOW_MS + 1_000);
      await lock.release(NOW_MS + 2_000);
      const after = await stat(lockFile(directory));
      assert.deepEqual([after.ino, after.size], [before.ino, before.size]);
      const { owner, heartbeatAt } = (await readLock(directory)) ?? assert.fail();
      assert.deepEqual([owner, heartbeatAt], [null, "2026-11-22T09:00:02.000Z"]);
    }));

  it("is never written over by a holder that was followed in the middle of its heartbeat", () =>
    inTemporaryDirectory(async (directory) => {
      let holder = await takeLock(options(directory, { pid: 1 }));
      for (let pid = 2; pid < 30; pid += 1) {
        const beats = Array.from({ length: 4 }, (_, n) => holder.heartbeat(NOW_MS + n).catch(() => undefined));
        const follower = await takeLock(options(directory, { pid, living: [] })).catch(() => null);
        await Promise.all(beats);
        if (follower === null) continue;
        await follower.check();
        await assert.rejects(holder.check(), refused("lock-lost", /no longer ours/));
        holder = follower;
      }
    }));

  it("says from outside who holds it, and whether that process may still live", () =>
    inTemporaryDirectory(async (directory) => {
      const mayLive = async (who: Parameters<typeof options>[1]) =>
        (await readHolder(directory, options(directory, who).processes))?.mayLive;
      assert.equal(await readHolder(directory, options(directory, one).processes), null);
      await takeLock(options(directory, one));
      assert.equal(await mayLive(two), true);
      assert.equal(await mayLive({ ...two, living: [] }), false);
      assert.equal(await mayLive({ pid: 7, host: "other-host", living: [] }), true);
    }));

  it("is free after release, and the next fence is higher still", () =>
    inTemporaryDirectory(async (directory) => {
      const first = await takeLock(options(directory, one));
      await first.release(NOW_MS);
      assert.equal((await readLock(directory))?.owner, null);
      const second = await takeLock(options(directory, two));
      assert.equal(second.fence, 2);
    }));

  it("gives a fence above the journal's when lock.json was removed", () =>
    inTemporaryDirectory(async (directory) => {
      const first = await takeLock(options(directory, one));
      await rm(lockFile(directory));
      await assert.rejects(first.check(), refused("lock-lost", /removed or released/));
      const second = await takeLock({ ...options(directory, two), fenceSeen: 5 });
      assert.equal(second.fence, 6);
    }));

  it("lets exactly one of many take a free directory at the same moment", () =>
    inTemporaryDirectory(async (directory) => {
      assert.equal(await winnersOf(directory), 1);
    }));

  it("lets exactly one of many follow a dead holder at the same moment, and leaves no claims behind", () =>
    inTemporaryDirectory(async (directory) => {
      await takeLock(options(directory, one));
      assert.equal(await winnersOf(directory), 1);
      assert.deepEqual(await readdir(directory), ["lock.json"]);
    }));

  it("goes past the claim of a process that died while taking over", () =>
    inTemporaryDirectory(async (directory) => {
      await takeLock(options(directory, one));
      const died = { v: 1, fence: 2, owner: identity(2), heartbeatAt: new Date(NOW_MS).toISOString() };
      await writeFile(`${lockFile(directory)}.2`, JSON.stringify(died));
      const third = await takeLock(options(directory, { pid: 3, living: [] }));
      assert.equal(third.fence, 3);
    }));

  it("refuses a file that is no lock, and says what to do", () =>
    inTemporaryDirectory(async (directory) => {
      await writeFile(lockFile(directory), "{}");
      await assert.rejects(takeLock(options(directory, one)), refused("wrong-shape", /lock\.json is not a lock/));
    }));
});

describe("process identity", () => {
  it("knows this process as living, and not one with the same number that began at another time", () => {
    const { self, lives } = machineProcesses();
    assert.equal(lives(self), true);
    const isToldByTheSystem = self.startTime !== null;
    assert.equal(lives({ ...self, startTime: `${self.startTime}0` }), !isToldByTheSystem);
  });

  it("takes a stopped process for living, and one that has ended for dead although its parent has not asked for its end", async function () {
    const { self, lives } = machineProcesses();
    if (self.startTime === null) return this.skip();
    // The shell becomes another program, which never waits for the child that the shell had: that one ends only after it.
    const parent = spawn("sh", ["-c", "cat <&3 & echo $!; exec sleep 60"], {
      stdio: ["ignore", "pipe", "ignore", "pipe"],
    });
    try {
      const [said] = await once(parent.stdout ?? assert.fail(), "data");
      const child = { ...self, pid: Number(String(said)), startTime: null };
      await becomes(pidOf(parent), "sleep");
      (parent.stdio[3] as Writable).end();
      await stateOf(child.pid, "Z");
      assert.equal(lives(child), false);
      parent.kill("SIGSTOP");
      assert.equal(lives({ ...self, pid: pidOf(parent), startTime: null }), true);
    } finally {
      parent.kill("SIGKILL");
    }
  });
});

function pidOf({ pid }: ChildProcess): number {
  return pid ?? assert.fail("it was not started");
}

async function becomes(pid: number, program: string): Promise<void> {
  for (let looks = 0; looks < 5_000; looks += 1)
    if ((await readFile(`/proc/${pid}/cmdline`, "utf8")).startsWith(program)) return;
  assert.fail(`process ${pid} never became ${program}`);
}

async function stateOf(pid: number, state: string): Promise<void> {
  for (let looks = 0; looks < 5_000; looks += 1) {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    if (stat.slice(stat.lastIndexOf(")") + 2).startsWith(state)) return;
  }
  assert.fail(`process ${pid} never came to state ${state}`);
}

interface Process {
  readonly pid: number;
  readonly host?: string;
  /** Numbers of the processes that live besides itself; all by default. */
  readonly living?: readonly number[];
}

const one: Process = { pid: 1 };
const two: Process = { pid: 2 };

function options(directory: string, { pid, host, living }: Process): LockOptions {
  const processes: ProcessTable = {
    self: identity(pid, host),
    lives: (other) => living === undefined || living.includes(other.pid),
  };
  return { directory, processes, nowMs: NOW_MS, fenceSeen: 0 };
}

function identity(pid: number, host = "this-host"): ProcessIdentity {
  return { host, bootId: "boot-1", pid, startTime: String(pid * 100) };
}

async function winnersOf(directory: string): Promise<number> {
  const rivals = Array.from({ length: 8 }, (_, index) => 10 + index);
  const living = rivals;
  const results = await Promise.allSettled(rivals.map((pid) => takeLock(options(directory, { pid, living }))));
  const named = /is held by process \d+ on this-host/;
  for (const result of results) if (result.status === "rejected") refused("lock-held", named)(result.reason);
  return results.filter(({ status }) => status === "fulfilled").length;
}

function refused(code: string, message: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof FargateCmkError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  };
}
