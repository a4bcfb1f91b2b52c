// The live block as it stands on a screen: whole frames, so that a change of the look is seen as one.

import assert from "node:assert/strict";
import fc from "fast-check";
import type { JournalEvent } from "../../../migrate/core/model/journal-event";
import { runFrame, serviceRows } from "../../../migrate/render/run-frame";
import { serviceWords } from "../../../migrate/render/run-frame-services";
import { anyHistory } from "../machine/any-event";
import {
  at,
  begun,
  failed,
  intended,
  plannedOf,
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
import { control, HALTED, overdue, waveClosed } from "../machine/situation";
import { COMMANDS, frameOf, threeWaves, viewOf } from "./frame-fixture";

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

const midway = (more: readonly Timed[] = []) => stateAfter(PLAN, [...MIDWAY, ...more]);

const AT_100 = `
run 3f9a1c · 111122223333 eu-west-1                                      3 min in, about 15 min left

  1 wave 1     ██████████  2/2  1 proved, 1 set aside, soak over
  2 wave 2     ░░░░░░░░░░  0/3  3 on their way
  3 wave 3     ░░░░░░░░░░  0/1  after gate 2

  on their way   pay/ledger   4 of 6 tasks on the key, 2 old left          1 min
                 pay/mail     no answer yet: looking what AWS did          1 min
                 pay/search   starting                                     1 min

  failed 0 of 2 allowed · extra vCPU 1.5 of 3997 · calls 1288 · throttled 3
  p pause   a abort   ? what happens now
`;

const AT_80 = `
run 3f9a1c · 111122223333 eu-west-1                  3 min in, about 15 min left

  1 wave 1     ██████████  2/2  1 proved, 1 set aside, soak over
  2 wave 2     ░░░░░░░░░░  0/3  3 on their way
  3 wave 3     ░░░░░░░░░░  0/1  after gate 2

    pay/ledger   4 of 6 tasks on the key, 2 old left          1 min
    pay/mail     no answer yet: looking what AWS did          1 min
    pay/search   starting                                     1 min

  failed 0 of 2 allowed · extra vCPU 1.5 of 3997 · calls 1288 · throttled 3
  p pause   a abort   ? what happens now
`;

const AT_60_BY_15 = `
run 3f9a1c · eu-west-1           3 min in, about 15 min left

  1 wave 1      2/2  1 proved, 1 set aside, soak over
  2 wave 2      0/3  3 on their way
  3 wave 3      0/1  after gate 2

    pay/ledger   4 of 6 on the key, 2 old left     1 min
    pay/mail     no answer: looking                1 min
    pay/search   starting                          1 min

  failed 0 of 2 allowed · extra vCPU 1.5 of 3997
  p pause   a abort   ? what happens now
`;

describe("runFrame", () => {
  it("stands like this on 100 columns", () => {
    assert.equal(`\n${frameOf(midway(), { width: 100 })}\n`, AT_100);
  });

  it("stands like this on 80 columns: fewer of them, the same meaning", () => {
    assert.equal(`\n${frameOf(midway(), { width: 80 })}\n`, AT_80);
  });

  it("stands like this on 60 columns and 15 rows", () => {
    assert.equal(`\n${frameOf(midway(), { width: 60, height: 15 })}\n`, AT_60_BY_15);
  });

  it("is the same for a terminal that watches, without what only the run's own process knows", () => {
    const worker = { kind: "process", pid: 7, host: "h", heardAt: "", silentMs: null } as const;
    const own = frameOf(midway()).split("\n");
    const watched = frameOf(midway(), { calls: null, keys: null, worker }).split("\n");
    assert.deepEqual(watched.slice(0, -2), own.slice(0, -2));
    assert.deepEqual(watched.slice(-2), [
      "  failed 0 of 2 allowed · extra vCPU 1.5 of 3997",
      "  steer it: fargate-cmk pause|resume|abort 3f9a1c77aa00",
    ]);
  });

  it("says how long a paused, halted, aborted or finished run has gone, and no time that is left", () => {
    const head = (event: JournalEvent) => frameOf(midway([[150, event]])).split("\n")[0];
    assert.match(head(control("pause")) ?? "", /3 min in, paused$/);
    assert.match(head(HALTED) ?? "", /3 min in, halted$/);
    assert.match(head(control("abort")) ?? "", /3 min in, ending$/);
    assert.match(head({ kind: "finished", outcome: "proved" }) ?? "", /finished in 3 min$/);
    assert.match(head({ kind: "finished", outcome: "aborted" }) ?? "", /aborted after 3 min$/);
  });

  it("counts down the soak of a closed wave, and says that it is over", () => {
    const events: readonly Timed[] = [
      [0, waveOpened(1)],
      [1, verified("api")],
      [2, verified("web")],
      [3, waveClosed(1, 603)],
    ];
    assert.match(frameOf(stateAfter(PLAN, events), { seconds: 63 }), /2\/2 {2}proved, soak 9 min\n/);
    assert.match(frameOf(stateAfter(PLAN, events), { seconds: 604 }), /2\/2 {2}proved, soak over\n/);
  });

  it("counts failures against the budget, without those that were forgiven or may come again", () => {
    const resumed: readonly Timed[] = [
      [1, failed("api")],
      [2, HALTED],
      [3, control("resume")],
    ];
    assert.match(frameOf(stateAfter(PLAN, [[1, failed("api")]])), /failed 1 of 2 allowed/);
    assert.match(frameOf(stateAfter(PLAN, resumed)), /failed 0 of 2 allowed/);
    assert.match(frameOf(stateAfter(PLAN, [[1, failed("api", "a KMS key")]])), /failed 0 of 2 allowed/);
  });

  it("tells what was not begun when a run is over, and has no line for keys then", () => {
    const events: readonly Timed[] = [
      [150, control("abort")],
      [151, verified("ledger")],
      [152, { kind: "finished", outcome: "aborted" }],
    ];
    const lines = frameOf(stateAfter(PLAN, [...MIDWAY.slice(0, 10), ...events])).split("\n");
    assert.match(lines[3] ?? "", /1 proved, 2 not begun$/);
    assert.match(lines[4] ?? "", /0\/1 {2}not begun$/);
    assert.match(lines.at(-1) ?? "", /^ {2}failed 0 of 2 allowed/);
  });

  it("shows the oldest services of many, and counts the rest", () => {
    const names = Array.from({ length: 30 }, (_, index) => `s${String(index).padStart(2, "0")}`);
    const events = names.map((name, index) => [index + 1, intended(name)] as const);
    const lines = runFrame(viewOf(stateAfter(planOf([names]), events), { seconds: 60, height: 16 }));
    assert.equal(lines.length, 15);
    const shown = lines.flatMap((line) => /pay\/(s\d\d)/.exec(line)?.[1] ?? []);
    assert.deepEqual(shown, names.slice(0, shown.length));
    assert.ok(lines.some((line) => line.trim() === `and ${30 - shown.length} more`));
  });

  it("shows the waves around the open one when there are more than fit, and counts the others", () => {
    const plan = planOf(Array.from({ length: 20 }, (_, index) => [`s${index}`]));
    const events = Array.from({ length: 10 }, (_, index): Timed => [index, waveClosed(index + 1, 0)]);
    const state = stateAfter(plan, [...events, [20, waveOpened(11)], [21, intended("s10")]]);
    const lines = runFrame(viewOf(state, { seconds: 60, width: 80, height: 16 }));
    assert.ok(lines.some((line) => line.startsWith("  11 wave 11")));
    assert.ok(lines.some((line) => line.includes("pay/s10")));
    const left = lines.flatMap((line) => /^ {2}(\d+) waves? (?:before|after)$/.exec(line)?.[1] ?? []);
    const shown = lines.filter((line) => line.includes("░") || line.includes("█")).length;
    assert.equal(
      left.map(Number).reduce((sum, one) => sum + one, shown),
      20,
    );
  });

  it("keeps its columns whatever the length of a name, and the end of a name that has no room", () => {
    const plan = planOf([["a-service-with-a-name-of-more-than-forty-characters", "b"]]);
    const events: readonly Timed[] = [
      [1, intended("a-service-with-a-name-of-more-than-forty-characters")],
      [2, intended("b")],
    ];
    const lines = frameOf(stateAfter(plan, events), { seconds: 9, width: 80 }).split("\n");
    const columns = lines.flatMap((line) => (line.includes("asked for") ? [line.indexOf("asked for")] : []));
    assert.deepEqual([columns.length, new Set(columns).size], [2, 1]);
    assert.ok(lines.some((line) => /^ {4}…\S*forty-characters asked for/.test(line)));
  });

  it("keeps what stands below the services in its place when one has ended", () => {
    const before = viewOf(midway());
    const after = viewOf(midway([[150, verified("mail")]]), { rowsMin: serviceRows(before) });
    const [lines, linesAfter] = [runFrame(before), runFrame(after)];
    assert.equal(linesAfter.length, lines.length);
    assert.deepEqual(
      linesAfter.slice(-2).map((line) => line.slice(0, 10)),
      lines.slice(-2).map((line) => line.slice(0, 10)),
    );
  });

  it("fits any screen at any moment of any run, with the last line left to the cursor, whatever the keys show", () => {
    const names = ["a", "b", "c", "d"] as const;
    const plan = planOf([["a"], ["b", "c"], ["d"]], { gate: { alarms: ["too-slow"], approval: true } });
    const screen = fc.record({
      width: fc.integer({ min: 40, max: 200 }),
      height: fc.integer({ min: 2, max: 60 }),
      keys: fc.constantFrom("plain", "abort-asked", "explained", null),
      asked: fc.constantFrom("pause", "abort-and-roll-back", null),
      rowsMin: fc.nat(70),
      worker: fc.constantFrom(
        { kind: "this-process" } as const,
        { kind: "nobody" } as const,
        { kind: "process", pid: 7, host: "a-host", heardAt: "", silentMs: 200_000 } as const,
      ),
    });
    fc.assert(
      fc.property(anyHistory(names), screen, fc.nat(9000), (events, { width, height, ...more }, seconds) => {
        const lines = runFrame(viewOf(stateAfter(plan, events), { seconds, width, height, ...more }));
        assert.ok(lines.length >= 1 && lines.length < height);
        for (const line of lines) assert.ok(line.length <= width && !line.includes("\n"));
      }),
      { numRuns: 300 },
    );
  });

  it("cuts off no key's meaning on any screen from 60 columns", () => {
    const state = threeWaves(
      [
        [0, waveOpened(1)],
        [1, intended("a")],
      ],
      { gate: { alarms: [], approval: true } },
    );
    for (const width of [60, 80, 200])
      for (const keys of ["plain", "explained", "abort-asked"] as const)
        assert.doesNotMatch(frameOf(state, { width, keys }).split("\n").at(-1) ?? "", /…/);
    assert.match(
      frameOf(state, { keys: "abort-asked" }),
      /abort: a again to abort, r to abort and roll back what is on its way, any other key to go on$/,
    );
  });

  it("names the command that says yes on every screen from 60 columns, and the key where keys are read", () => {
    const state = threeWaves(
      [
        [1, verified("a")],
        [2, waveClosed(1, 3)],
      ],
      { gate: { alarms: [], approval: true } },
    );
    for (const [width, height] of [
      [60, 15],
      [80, 24],
      [200, 50],
    ] as const) {
      assert.match(
        frameOf(state, { width, height, keys: null }),
        /wave 2 waits for a yes:\s+fargate-cmk approve 3f9a1c77aa00\n/,
      );
      assert.match(frameOf(state, { width, height }), /y yes to wave 2/);
    }
    assert.equal(COMMANDS.approve, "fargate-cmk approve 3f9a1c77aa00");
  });
});

describe("serviceWords", () => {
  const cases: readonly (readonly [words: string, events: readonly JournalEvent[], seconds?: number])[] = [
    ["asked for", [intended("api")]],
    ["no answer yet: looking what AWS did", [intended("api")], 60],
    ["starting", [intended("api"), begun("api")]],
    ["starting, 2 failed to start", [begun("api"), progressed("api", { phase: "starting", failedTasks: 2 })]],
    ["1 of 2 tasks on the key", [begun("api"), progressed("api")]],
    [
      "0 of 1 task on the key, 1 old left",
      [begun("api"), progressed("api", { tasksOnKey: 0, tasksWanted: 1, tasksOld: 1 })],
    ],
    ["no task to start", [begun("api"), progressed("api", { tasksOnKey: 0, tasksWanted: 0 })]],
    ["rolling back", [begun("api"), progressed("api", { phase: "rolling-back" })]],
    ["past its time", [begun("api"), overdue("api")]],
    ["past its time: 1 of 2 tasks on the key", [begun("api"), progressed("api"), overdue("api")]],
    [
      "all 2 tasks on the key, proved in about 2 min",
      [begun("api"), progressed("api", { tasksOnKey: 2, tasksOld: 1 }), settled("api")],
    ],
    [
      "2 of 2 tasks on the key, 1 draining",
      [begun("api"), progressed("api", { tasksOnKey: 2, tasksOld: 1 }), settled("api")],
      999,
    ],
  ];
  for (const [words, events, seconds = 10] of cases)
    it(`says "${words}"`, () => {
      const timed = [intended("api"), ...events].map((event, index) => [index, event] as const);
      const state = stateAfter(PLAN, timed);
      assert.equal(serviceWords({ run: runOf(state, "api"), planned: plannedOf(PLAN, "api") }, at(seconds))[0], words);
    });

  it("says that somebody deployed over ours", () => {
    const run = { ...runOf(stateAfter(PLAN, []), "api"), phase: "superseded" as const, supersededBy: "ecs-svc/1" };
    assert.deepEqual(serviceWords({ run, planned: plannedOf(PLAN, "api") }, at(0)), ["somebody deployed over it"]);
  });
});
