// What the live block says in sentences: what waits for a person, for a key, for an alarm, for room; and what happens next.

import assert from "node:assert/strict";
import { runExplained } from "../../../migrate/render/run-explained";
import { notices } from "../../../migrate/render/run-frame-notices";
import {
  begun,
  failed,
  held,
  intended,
  keySeen,
  plannedOf,
  progressed,
  stateAfter,
  type Timed,
  verified,
  waveOpened,
} from "../machine/run-fixture";
import { control, HALTED, overdue, TWO_WAVES, waveClosed } from "../machine/situation";
import { type Screen, threeWaves, viewOf } from "./frame-fixture";

const APPROVAL = { gate: { alarms: [], approval: true } };
const ALARM = { gate: { alarms: ["too-slow"], approval: false } };
const AT_GATE: readonly Timed[] = [
  [1, verified("a")],
  [2, waveClosed(1, 62)],
];

function told(state: Parameters<typeof viewOf>[0], screen: Screen = {}): readonly string[] {
  return notices(viewOf(state, screen));
}

describe("the notices of a frame", () => {
  it("are none when nothing is the matter", () => {
    assert.deepEqual(told(threeWaves([[1, waveOpened(1)]])), []);
  });

  it("say that a wave waits for a yes, with the key where keys are read, and that it may be given during the soak", () => {
    assert.deepEqual(told(threeWaves(AT_GATE, APPROVAL)), [
      "wave 2 waits for a yes: y, or fargate-cmk approve 3f9a1c77aa00",
    ]);
    assert.deepEqual(told(threeWaves(AT_GATE, APPROVAL), { keys: null, seconds: 30 }), [
      "wave 2 needs a yes after the soak, which may be given now: fargate-cmk approve 3f9a1c77aa00",
    ]);
    assert.deepEqual(told(threeWaves([...AT_GATE, [3, control("approve")]], APPROVAL)), []);
  });

  it("say which alarm keeps a gate shut", () => {
    const fires: Timed = [70, { kind: "gate-looked", wave: 2, firing: ["too-slow"], unseen: null }];
    assert.deepEqual(told(threeWaves([...AT_GATE, fires], ALARM)), [
      "wave 2 waits: alarm too-slow fires; it is looked at twice a minute and opens when all is quiet",
    ]);
  });

  it("say which clusters a key holds, why, since when, and what ends it", () => {
    const since = [
      [20, keySeen("the key is Disabled")],
      [20, held("looked")],
    ] as const;
    assert.match(
      told(threeWaves(since))[0] ?? "",
      /^pay is held for 3 min: Fargate cannot use …\/key\/\w+ \(the key is Disabled\); it goes on by itself once the key has been right for 5 min$/,
    );
    assert.match(
      told(threeWaves([...since, [140, keySeen(null)]]))[0] ?? "",
      /the key is right again, it goes on in 4 min$/,
    );
    assert.match(
      told(threeWaves([[20, held("start-failures", "a: KMS")]]))[0] ?? "",
      /\(a: KMS\); when it is mended: fargate-cmk resume 3f9a1c77aa00$/,
    );
  });

  it("say why a run has stopped and how it goes on", () => {
    assert.deepEqual(told(threeWaves([[1, control("pause")]])), [
      "paused, nothing new is started: an operator asked for it; p goes on",
    ]);
    assert.deepEqual(told(threeWaves([[1, HALTED]])), [
      "halted, nothing new is started: for this test; to go on all the same: fargate-cmk resume 3f9a1c77aa00",
    ]);
    assert.match(
      told(threeWaves([[1, control("abort-and-roll-back")]]))[0] ?? "",
      /deployments of ours on their way are rolled back$/,
    );
  });

  it("say that nobody works on the run, and the one command with which it goes on", () => {
    const worker = { kind: "nobody" } as const;
    assert.equal(told(threeWaves([]), { worker })[0], "no process works on it; to go on: fargate-cmk run plan.json");
    assert.equal(
      told(threeWaves([[1, HALTED]]), { worker })[0],
      "no process works on it; to go on: fargate-cmk resume 3f9a1c77aa00 && fargate-cmk run plan.json",
    );
  });

  it("say that a process elsewhere has fallen silent, which may be the end of its machine", () => {
    const worker = { kind: "process", pid: 12, host: "runner-3", heardAt: "", silentMs: 180_000 } as const;
    assert.match(told(threeWaves([]), { worker })[0] ?? "", /^process 12 on runner-3 .* last heard of 3 min ago;/);
  });

  it("say what was asked for and is not taken up yet", () => {
    assert.deepEqual(told(threeWaves([]), { asked: "pause" }), ["asked for: a pause, taken up within 5 s"]);
  });

  it("say that a service is past its time, and who waits for room", () => {
    const planned = plannedOf(TWO_WAVES, "b");
    const waiting = [{ planned, for: { kind: "grants", keyArn: "k", untilMs: 0 } as const }];
    const late: readonly Timed[] = [
      [1, intended("a")],
      [2, begun("a")],
      [3, overdue("a")],
    ];
    assert.deepEqual(told(threeWaves(late), { waiting: [...waiting, ...waiting] }), [
      "1 service is past its time and keeps its place: watched on, the final look decides",
      "pay/b waits for the rate of grants on KMS keys; 1 more waits",
    ]);
    assert.deepEqual(told(threeWaves([]), { waiting: [{ planned, for: { kind: "places" } }] }), []);
  });
});

describe("what happens now", () => {
  const explained = (state: Parameters<typeof viewOf>[0], screen: Screen = {}) =>
    runExplained(viewOf(state, screen)).join("\n");

  it("tells of an open wave, the gate after it, the budget, and what the keys would do", () => {
    const events: readonly Timed[] = [
      [1, waveOpened(1)],
      [2, intended("a")],
      [3, begun("a")],
      [4, progressed("a")],
    ];
    assert.equal(
      explained(threeWaves(events, APPROVAL)),
      [
        "Wave 1 wave 1 is under way. 1 service is on its way, all of it has begun.",
        "Wave 2 opens when all of wave 1 is proved or decided, after a soak of 10 min, then a person's yes.",
        "2 more failed services are allowed; one beyond that halts the run.",
        "p, a pause: nothing new is started, the 1 on their way is watched to the end, and the run waits until it is told to go on.",
        "a, an abort: nothing new is started, what is on its way is watched to its end, then the run is over; with a rollback up to 1 of ours goes back to what ran before, on the key that it had, or none.",
        "Ctrl-C closes the journal and leaves: what is on its way goes on in AWS, and the same command goes on from there.",
      ].join("\n"),
    );
  });

  it("tells of a soak and of what is waited for at the gate", () => {
    assert.match(
      explained(threeWaves(AT_GATE, APPROVAL), { seconds: 30 }),
      /^Wave 1 is done; wave 2 opens when the soak is over, in 32 s\. /,
    );
    assert.match(
      explained(threeWaves(AT_GATE, APPROVAL)),
      /^Wave 1 is done\. Nothing is on its way\.\nwave 2 waits for a yes: y/,
    );
  });

  it("tells that the next failure halts the run", () => {
    const events: readonly Timed[] = [
      [1, failed("a")],
      [2, failed("b")],
    ];
    assert.match(explained(threeWaves(events)), /The next failed service halts the run/);
    assert.match(explained(threeWaves([...events, [3, failed("c")]])), /More services failed than the plan allows\./);
  });

  it("tells of the final look, and of the end", () => {
    const closed: readonly Timed[] = [1, 2].map((wave): Timed => [wave, waveClosed(wave, wave)]);
    assert.match(
      explained(stateAfter(TWO_WAVES, [[0, verified("a")], [0, verified("b")], ...closed])),
      /^All waves are done; the final look/,
    );
    assert.equal(
      explained(stateAfter(TWO_WAVES, [[1, { kind: "finished", outcome: "proved" }]])),
      "The run is finished.",
    );
  });
});
