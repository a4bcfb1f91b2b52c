// The live block as it stands on a screen: whole frames, so that a change of the look is seen as one.

import assert from "node:assert/strict";
import fc from "fast-check";
import type { JournalEvent } from "../../../migrate/core/model/journal-event";
import { runFrame, serviceWords } from "../../../migrate/render/run-frame";
import { anyHistory } from "../machine/any-event";
import {
  at,
  begun,
  failed,
  intended,
  planOf,
  progressed,
  runOf,
  setAside,
  settled,
  stateAfter,
  type Timed,
  verified,
  waveOpened,
} from "../machine/run-fixture";
import { control, overdue, waveClosed } from "../machine/situation";

const PLAN = planOf([["api", "web"], ["ledger", "mail", "search"], ["batch"]]);
const MIDWAY: readonly Timed[] = [
  [0, waveOpened(1)],
  [1, intended("api")],
  [2, begun("api")],
  [90, verified("api")],
  [95, setAside("web")],
  [96, waveClosed(1, 97)],
  [100, waveOpened(2)],
  [101, intended("ledger")],
  [102, begun("ledger")],
  [103, progressed("ledger", { tasksOnKey: 4, tasksWanted: 6, tasksOld: 2 })],
  [104, intended("mail")],
  [110, intended("search")],
  [111, begun("search")],
];
const CALLS = { total: 1288, throttled: 3 };

function frameOf(screen: { width: number; height?: number; seconds?: number; events?: readonly Timed[] }): string {
  const { width, height = 24, seconds = 200, events = MIDWAY } = screen;
  const plan = { ...PLAN, planId: "3f9a1c00" };
  return runFrame({
    state: stateAfter(plan, events),
    nowMs: at(seconds),
    calls: CALLS,
    reference: "3f9a1c",
    width,
    height,
  }).join("\n");
}

const AT_100 = `
run 3f9a1c · 111122223333 eu-west-1                                3 m 20 s in, about 14 m 20 s left

  1 wave 1         ██████████      2/2  1 proved, 1 set aside
  2 wave 2         ░░░░░░░░░░      0/3  3 on their way
  3 wave 3         ░░░░░░░░░░      0/1  after gate 2

  on their way   pay/ledger                     4 of 6 tasks on the key, 2 old left         1 m 39 s
                 pay/mail                       no answer yet: looking what AWS did         1 m 36 s
                 pay/search                     starting                                    1 m 30 s

  failed 0 of 2 allowed · calls 1288 · throttled 3 · steer it: fargate-cmk pause|abort 3f9a1c
`;

const AT_80 = `
run 3f9a1c · 111122223333 eu-west-1            3 m 20 s in, about 14 m 20 s left

  1 wave 1         ██████████      2/2  1 proved, 1 set aside
  2 wave 2         ░░░░░░░░░░      0/3  3 on their way
  3 wave 3         ░░░░░░░░░░      0/1  after gate 2

    pay/ledger              4 of 6 tasks on the key, 2 old left         1 m 39 s
    pay/mail                no answer yet: looking what AWS did         1 m 36 s
    pay/search              starting                                    1 m 30 s

  failed 0 of 2 allowed · steer it: fargate-cmk pause|abort 3f9a1c
`;

describe("runFrame", () => {
  it("stands like this on 100 columns", () => {
    assert.equal(`\n${frameOf({ width: 100 })}\n`, AT_100);
  });

  it("stands like this on 80 columns: fewer of them, the same meaning", () => {
    assert.equal(`\n${frameOf({ width: 80 })}\n`, AT_80);
  });

  it("says that a run is paused, and why", () => {
    const [head] = frameOf({ width: 100, events: [...MIDWAY, [150, control("pause")]] }).split("\n");
    assert.match(head ?? "", /3 m 20 s in, paused: an operator asked for it$/);
  });

  it("says that an aborted run starts nothing new", () => {
    assert.match(
      frameOf({ width: 100, events: [...MIDWAY, [150, control("abort")]] }),
      /ending: nothing new is started/,
    );
  });

  it("counts down the soak of a closed wave", () => {
    const events: readonly Timed[] = [
      [0, waveOpened(1)],
      [1, verified("api")],
      [2, verified("web")],
      [3, waveClosed(1, 603)],
    ];
    assert.match(frameOf({ width: 100, events, seconds: 63 }), /2\/2 {2}proved, soaking, 9 m 00 s left/);
    assert.match(frameOf({ width: 100, events, seconds: 604 }), /2\/2 {2}proved$/m);
  });

  it("counts failures against the budget, without those that were forgiven", () => {
    const resumed: readonly Timed[] = [
      [1, failed("api")],
      [2, { kind: "halted", reason: "x" }],
      [3, control("resume")],
    ];
    assert.match(frameOf({ width: 100, events: [[1, failed("api")]] }), /failed 1 of 2 allowed/);
    assert.match(frameOf({ width: 100, events: resumed }), /failed 0 of 2 allowed/);
  });

  it("shows the oldest services of many, and counts the rest", () => {
    const names = Array.from({ length: 30 }, (_, index) => `s${String(index).padStart(2, "0")}`);
    const events = names.map((name, index) => [index + 1, intended(name)] as const);
    const state = stateAfter(planOf([names]), events);
    const lines = runFrame({ state, nowMs: at(60), calls: CALLS, reference: "3f9a1c", width: 100, height: 16 });
    assert.equal(lines.length, 15);
    const shown = lines.flatMap((line) => /pay\/(s\d\d)/.exec(line)?.[1] ?? []);
    assert.deepEqual(shown, names.slice(0, shown.length));
    assert.ok(lines.some((line) => line.trim() === `and ${30 - shown.length} more`));
  });

  it("shows the waves around the open one when there are more than fit, and counts the others", () => {
    const plan = planOf(Array.from({ length: 20 }, (_, index) => [`s${index}`]));
    const events = Array.from({ length: 10 }, (_, index): Timed => [index, waveClosed(index + 1, 0)]);
    const state = stateAfter(plan, [...events, [20, waveOpened(11)], [21, intended("s10")]]);
    const lines = runFrame({ state, nowMs: at(60), calls: CALLS, reference: "3f9a1c", width: 80, height: 14 });
    assert.ok(lines.some((line) => line.startsWith("  11 wave 11")));
    assert.ok(lines.some((line) => line.includes("pay/s10")));
    const left = lines.flatMap((line) => /^ {2}(\d+) waves? (?:before|after)$/.exec(line)?.[1] ?? []);
    const shown = lines.filter((line) => line.includes("░") || line.includes("█")).length;
    assert.equal(
      left.map(Number).reduce((sum, one) => sum + one, shown),
      20,
    );
  });

  it("keeps its columns whatever the length of a name", () => {
    const plan = planOf([["a-service-with-a-name-of-more-than-forty-characters", "b"]]);
    const events: readonly Timed[] = [
      [1, intended("a-service-with-a-name-of-more-than-forty-characters")],
      [2, intended("b")],
    ];
    const lines = runFrame({
      state: stateAfter(plan, events),
      nowMs: at(9),
      calls: CALLS,
      reference: "3f9a1c",
      width: 80,
      height: 24,
    });
    const columns = lines.flatMap((line) => (line.includes("no answer yet") ? [line.indexOf("no answer yet")] : []));
    assert.equal(new Set(columns).size, 1);
    assert.equal(columns.length, 2);
  });

  it("fits any screen at any moment of any run, with the last line left to the cursor", () => {
    const names = ["a", "b", "c", "d"] as const;
    const plan = planOf([["a"], ["b", "c"], ["d"]]);
    const screen = fc.record({ width: fc.integer({ min: 40, max: 200 }), height: fc.integer({ min: 2, max: 60 }) });
    fc.assert(
      fc.property(anyHistory(names), screen, fc.nat(9000), (events, { width, height }, seconds) => {
        const lines = runFrame({
          state: stateAfter(plan, events),
          nowMs: at(seconds),
          calls: CALLS,
          reference: "3f9a1c",
          width,
          height,
        });
        assert.ok(lines.length < height);
        for (const line of lines) assert.ok(line.length <= width && !line.includes("\n"));
      }),
      { numRuns: 300 },
    );
  });
});

describe("serviceWords", () => {
  const cases: readonly (readonly [words: string, events: readonly JournalEvent[]])[] = [
    ["no answer yet: looking what AWS did", [intended("api")]],
    ["starting", [intended("api"), begun("api")]],
    ["starting, 2 failed to start", [begun("api"), progressed("api", { phase: "starting", failedTasks: 2 })]],
    ["1 of 2 tasks on the key", [begun("api"), progressed("api")]],
    ["1 of 1 task on the key, 1 old left", [begun("api"), progressed("api", { tasksWanted: 1, tasksOld: 1 })]],
    ["rolling back", [begun("api"), progressed("api", { phase: "rolling-back" })]],
    ["past its time", [begun("api"), overdue("api")]],
    [
      "2 of 2 tasks on the key, 1 draining",
      [begun("api"), progressed("api", { tasksOnKey: 2, tasksOld: 1 }), settled("api")],
    ],
  ];
  for (const [words, events] of cases)
    it(`says "${words}"`, () => {
      const timed = [intended("api"), ...events].map((event, index) => [index, event] as const);
      assert.equal(serviceWords(runOf(stateAfter(PLAN, timed), "api")), words);
    });

  it("says that somebody deployed over ours", () => {
    const run = { ...runOf(stateAfter(PLAN, []), "api"), phase: "superseded" as const, supersededBy: "ecs-svc/1" };
    assert.equal(serviceWords(run), "somebody deployed over it: following theirs");
  });
});
