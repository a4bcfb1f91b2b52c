// A laptop that was shut in the middle of a run: what is done first when it is opened again.

import assert from "node:assert/strict";
import { createSystemClock } from "../../../migrate/adapters/clocks/system-clock";
import { watchJumps } from "../../../migrate/drive/watch-jumps";
import { FargateCmkError } from "../../../migrate/errors";
import { MESSAGES } from "../../../migrate/messages";
import { MemoryRunStore } from "../drive/memory-run-store";
import { MachineTime } from "./machine-time";

const START_MS = Date.parse("2026-11-22T09:00:00.000Z");

describe("a run under which time jumped", () => {
  it("renews its lock, forgets what it had just seen, and says for how long the machine slept", async () => {
    const { machine, store, context, said, takeUp } = watched();
    machine.sleep(8_000_000);
    await takeUp();
    assert.equal(store.heartbeats, 1);
    assert.deepEqual([context.lastLookAtMs.size, context.deferred.size, context.targetLookAtMs.size], [0, 0, 0]);
    assert.deepEqual([context.memory.gateLook, context.outage.sinceMs], [null, null]);
    assert.deepEqual(said, [{ code: "run.clock-jumped", data: { kind: "slept", byMs: 8_000_000 } }]);
    await takeUp();
    assert.deepEqual([store.heartbeats, said.length], [1, 1]);
  });

  it("does nothing of the kind while time only passes, or when the clock is set back, which is told", async () => {
    const { machine, store, context, said, takeUp } = watched();
    machine.pass(8_000_000);
    await takeUp();
    assert.deepEqual(said, []);
    machine.setBy(-60_000);
    await takeUp();
    assert.deepEqual([store.heartbeats, context.lastLookAtMs.size, context.outage.sinceMs], [0, 1, START_MS]);
    assert.deepEqual(said, [{ code: "run.clock-jumped", data: { kind: "set-back", byMs: 60_000 } }]);
  });

  it("does nothing more when another process has taken the run over meanwhile", async () => {
    const { machine, store, said, takeUp } = watched();
    store.heartbeat = () => Promise.reject(new FargateCmkError("lock-lost", { message: "gone", remedy: "wait" }));
    machine.sleep(8_000_000);
    await assert.rejects(takeUp(), { code: "lock-lost" });
    assert.deepEqual(said, []);
  });

  it("says it in words", () => {
    const text = MESSAGES["run.clock-jumped"].text;
    assert.match(
      text({ kind: "slept", byMs: 8_000_000 }),
      /^this machine slept for 2 h 13 m: .* looked at again first$/,
    );
    assert.match(text({ kind: "set-forward", byMs: 90_000 }), /set forward by 1 m 30 s/);
    assert.match(text({ kind: "set-back", byMs: 90_000 }), /set back by 1 m 30 s: the run keeps its own time$/);
    assert.match(MESSAGES["run.clock-behind"].text({ byMs: 3_600_000 }), /is 1 h 00 m behind the journal's last line/);
  });
});

function watched() {
  const machine = new MachineTime(START_MS);
  const store = new MemoryRunStore();
  const said: { readonly code: string; readonly data: unknown }[] = [];
  const deferral = { class: "in-flight", reason: "x", sinceMs: START_MS, lastMs: START_MS, untilMs: START_MS };
  const context = {
    clock: createSystemClock(machine),
    store,
    output: { emit: (code: string, data: unknown) => void said.push({ code, data }) },
    lastLookAtMs: new Map([["a", START_MS]]),
    deferred: new Map([["b", deferral]]),
    targetLookAtMs: new Map([["c", START_MS]]),
    memory: { gateLook: null, begun: 1 },
    outage: { sinceMs: START_MS as number | null },
  };
  return { machine, store, context, said, takeUp: watchJumps(context) };
}
