// What a key means at which moment of a run, and how long a run still takes.

import assert from "node:assert/strict";
import fc from "fast-check";
import { timeLeft } from "../../../migrate/core/report/remaining-time";
import { type KeyMode, keysLine, meaningOf } from "../../../migrate/render/steering-keys";
import { timeLeftWords } from "../../../migrate/render/time-left-words";
import { anyHistory } from "../machine/any-event";
import {
  at,
  begun,
  held,
  intended,
  planOf,
  stateAfter,
  type Timed,
  verified,
  waveOpened,
} from "../machine/run-fixture";
import { control, HALTED, waveClosed } from "../machine/situation";
import { threeWaves } from "./frame-fixture";

const APPROVAL = { gate: { alarms: [], approval: true } };
const OPEN: readonly Timed[] = [
  [0, waveOpened(1)],
  [1, intended("a")],
  [2, begun("a")],
];
const AT_GATE: readonly Timed[] = [
  [1, verified("a")],
  [2, waveClosed(1, 62)],
];

function pressed(keys: string, state = threeWaves(OPEN), from: KeyMode = "plain"): readonly (string | null)[] {
  let mode = from;
  return [...keys].flatMap((key) => {
    const meaning = meaningOf(key, mode, state);
    mode = meaning.mode;
    return meaning.request === null ? [] : [meaning.request];
  });
}

describe("a key", () => {
  it("p pauses a run that runs and lets a paused one go on", () => {
    assert.deepEqual(pressed("p"), ["pause"]);
    assert.deepEqual(pressed("p", threeWaves([...OPEN, [3, control("pause")]])), ["resume"]);
  });

  it("p does nothing to a halted run: who resumes that accepts its failures", () => {
    assert.deepEqual(pressed("p", threeWaves([...OPEN, [3, HALTED]])), []);
  });

  it("a asks first: a again aborts, r aborts and rolls back, any other key goes on", () => {
    assert.deepEqual(pressed("aa"), ["abort"]);
    assert.deepEqual(pressed("ar"), ["abort-and-roll-back"]);
    assert.deepEqual(pressed("ap"), []);
    assert.deepEqual(pressed("a\u001b"), []);
    assert.deepEqual(pressed("axp"), ["pause"]);
  });

  it("a then r still rolls back what a plain abort left on its way, and means nothing once that was asked for", () => {
    const aborting = threeWaves([...OPEN, [3, control("abort")]]);
    assert.deepEqual(pressed("aa", aborting), []);
    assert.deepEqual(pressed("ar", aborting), ["abort-and-roll-back"]);
    assert.deepEqual(pressed("ar", threeWaves([...OPEN, [3, control("abort-and-roll-back")]])), []);
  });

  it("y says yes only while a gate needs one", () => {
    assert.deepEqual(pressed("y", threeWaves(AT_GATE, APPROVAL)), ["approve"]);
    assert.deepEqual(pressed("y", threeWaves(AT_GATE)), []);
    assert.deepEqual(pressed("y", threeWaves(OPEN, APPROVAL)), []);
    assert.deepEqual(pressed("y", threeWaves([...AT_GATE, [3, control("approve")]], APPROVAL)), []);
  });

  it("? shows what happens now, and again the block; the other keys mean the same meanwhile", () => {
    const state = threeWaves(OPEN);
    assert.equal(meaningOf("?", "plain", state).mode, "explained");
    assert.equal(meaningOf("?", "explained", state).mode, "plain");
    assert.deepEqual(meaningOf("p", "explained", state), { mode: "explained", request: "pause" });
  });

  it("q and all others do nothing", () => {
    for (const key of ["q", "Q", " ", "\r", "r", "n", "x", "A"]) assert.deepEqual(pressed(key), [], key);
  });

  it("never asks for anything that the line of keys does not offer", () => {
    const plan = planOf([["a"], ["b"]], APPROVAL);
    fc.assert(
      fc.property(anyHistory(["a", "b"]), fc.constantFrom("p", "y", "a"), (events, key) => {
        const state = stateAfter(plan, events);
        const { mode, request } = meaningOf(key, "plain", state);
        const isOffered = new RegExp(`(^| )${key} `).test(keysLine("plain", state)[0] ?? "");
        assert.equal(request !== null || mode === "abort-asked", isOffered);
      }),
    );
  });
});

describe("the time that is left", () => {
  const words = (state: Parameters<typeof timeLeft>[0], seconds: number) =>
    timeLeftWords(timeLeft(state, at(seconds)))[0];

  it("is what the plan expects of the open wave and the waves to come, with their soaks", () => {
    // Of the open wave 150 s, then 600 s of soak, 180 s, 600 s, 180 s.
    assert.equal(words(threeWaves(OPEN), 30), "about 29 min left");
  });

  it("says that a wave has taken longer than expected", () => {
    assert.match(words(threeWaves(OPEN), 4_000) ?? "", /^about 26 min left, longer than expected$/);
    const last = stateAfter(planOf([["a"]]), OPEN);
    assert.equal(words(last, 4_000), "longer than expected");
  });

  it("goes to the next yes where the plan asks for one, and after it while it is waited for", () => {
    assert.equal(words(threeWaves(OPEN, APPROVAL), 30), "about 13 min to the next yes");
    assert.equal(words(threeWaves(AT_GATE, APPROVAL), 30), "about 32 s to the next yes");
    assert.equal(words(threeWaves(AT_GATE, APPROVAL), 70), "about 13 min from your yes to the next");
    const lastGate: readonly Timed[] = [
      ...AT_GATE,
      [70, control("approve")],
      [71, verified("b")],
      [72, waveClosed(2, 73)],
    ];
    assert.equal(words(threeWaves(lastGate, APPROVAL), 80), "about 3 min after your yes");
  });

  it("stands still while a yes is waited for", () => {
    const state = threeWaves(AT_GATE, APPROVAL);
    assert.equal(words(state, 70), words(state, 7_000));
  });

  it("is no number while an alarm, a key or a pause keeps the run", () => {
    const fires: Timed = [70, { kind: "gate-looked", wave: 2, firing: ["slow"], unseen: null }];
    const atAlarm = threeWaves([...AT_GATE, fires], { gate: { alarms: ["slow"], approval: false } });
    assert.match(words(atAlarm, 80) ?? "", /once the alarms are quiet$/);
    assert.equal(
      words(
        stateAfter(planOf([["a", "b"]]), [
          [0, waveOpened(1)],
          [1, held("looked")],
        ]),
        80,
      ),
      "waits for a key",
    );
    assert.equal(words(threeWaves([...OPEN, [3, control("pause")]]), 80), "paused");
  });

  it("never grows while nothing new happens", () => {
    const plan = planOf([["a"], ["b", "c"], ["d"]], APPROVAL);
    fc.assert(
      fc.property(anyHistory(["a", "b", "c", "d"]), fc.nat(9_000), fc.nat(9_000), (events, first, later) => {
        const last = events.at(-1)?.[0] ?? 0;
        const state = stateAfter(plan, events);
        const [early, late] = [timeLeft(state, at(last + first)), timeLeft(state, at(last + first + later))];
        if (early.kind === late.kind && "ms" in early && "ms" in late && early.to === late.to)
          assert.ok(late.ms <= early.ms, `${early.ms} grew to ${late.ms}`);
      }),
    );
  });
});
