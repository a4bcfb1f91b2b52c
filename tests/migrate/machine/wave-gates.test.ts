// What a gate asks for beside time: quiet alarms and a person's yes; budgets of one wave; the limit of one process; aborting.

import assert from "node:assert/strict";
import type { JournalEvent } from "../../../migrate/core/model/journal-event";
import { at, begun, failed, intended, planOf, progressed, RESUMED, settled, verified, waveOpened } from "./run-fixture";
import { type Case, control, ONE_WAVE, waveClosed, wordsIn } from "./situation";

const YES = planOf([["a"], ["b"]], { gate: { alarms: [], approval: true } });
const QUIET = planOf([["a"], ["b"]], { gate: { alarms: ["errors"], approval: false } });
const BOTH = planOf([["a"], ["b"]], { gate: { alarms: ["errors"], approval: true } });
const firstDone = [waveOpened(1), verified("a"), waveClosed(1, 5)];
const soaking = [waveOpened(1), verified("a"), waveClosed(1, 600)];
const looked = (wave: number, seconds: number) => ({ gateLook: { wave, atMs: at(seconds) } });
const fires: JournalEvent = { kind: "gate-looked", wave: 2, firing: ["errors"], unseen: null };
const quiet: JournalEvent = { kind: "gate-looked", wave: 2, firing: [], unseen: null };
const unseen: JournalEvent = { kind: "gate-looked", wave: 2, firing: [], unseen: "there is no alarm errors" };

const GATES: readonly Case[] = [
  ["asks nobody before the first wave", { plan: YES, events: [], seconds: 1 }, ["record wave-opened"]],
  ["waits for a yes before the next one", { plan: YES, events: firstDone, seconds: 100 }, ["wait 5"]],
  [
    "opens it after the yes",
    { plan: YES, events: [...firstDone, control("approve")], seconds: 100 },
    ["record wave-opened"],
  ],
  [
    "takes no yes for a gate that is not reached",
    { plan: YES, events: [waveOpened(1), control("approve"), verified("a"), waveClosed(1, 5)], seconds: 100 },
    ["wait 5"],
  ],
  ["soaks all the same", { plan: YES, events: [...soaking, control("approve")], seconds: 597 }, ["wait 3"]],
  ["looks at the alarms before the first wave too", { plan: QUIET, events: [], seconds: 1 }, ["look-gate 1 errors"]],
  ["opens when they are quiet", { plan: QUIET, events: [], seconds: 2, agenda: looked(1, 1) }, ["record wave-opened"]],
  [
    "does not trust an old look",
    { plan: QUIET, events: firstDone, seconds: 40, agenda: looked(2, 10) },
    ["look-gate 2 errors"],
  ],
  [
    "nor the look of another gate",
    { plan: QUIET, events: firstDone, seconds: 6, agenda: looked(1, 5) },
    ["look-gate 2 errors"],
  ],
  [
    "waits while one fires",
    { plan: QUIET, events: [...firstDone, fires], seconds: 10, agenda: looked(2, 9) },
    ["wait 5"],
  ],
  [
    "waits while one is not seen",
    { plan: QUIET, events: [...firstDone, unseen], seconds: 10, agenda: looked(2, 9) },
    ["wait 5"],
  ],
  [
    "opens when it is quiet again",
    { plan: QUIET, events: [...firstDone, fires, quiet], seconds: 10, agenda: looked(2, 9) },
    ["record wave-opened"],
  ],
  ["looks at no alarm before the yes", { plan: BOTH, events: firstDone, seconds: 100 }, ["wait 5"]],
  ["and before the soak is over", { plan: QUIET, events: soaking, seconds: 100 }, ["wait 5"]],
];

const ofAWave = planOf([["a", "b"], ["c"]], { failuresMax: 10, waveFailuresMax: 1 });

const BUDGETS: readonly Case[] = [
  [
    "bears the failures that one wave may have",
    { plan: ofAWave, events: [waveOpened(1), failed("a")], seconds: 3 },
    ["admit b"],
  ],
  [
    "halts on one more in the same wave",
    { plan: ofAWave, events: [waveOpened(1), failed("a"), failed("b")], seconds: 4 },
    ["record halted"],
  ],
  [
    "counts each wave by itself",
    {
      plan: ofAWave,
      events: [waveOpened(1), failed("a"), verified("b"), waveClosed(1, 5), waveOpened(2), failed("c")],
      seconds: 10,
    },
    ["record wave-closed"],
  ],
];

const oneMore = { settings: { limit: 2 }, agenda: { begun: 1 } };
const spent = { settings: { limit: 2 }, agenda: { begun: 2 } };
const onItsWay = [waveOpened(1), intended("a"), begun("a")];

const LIMITS: readonly Case[] = [
  ["begins no more than its limit", { plan: ONE_WAVE, events: [waveOpened(1)], seconds: 2, ...oneMore }, ["admit a"]],
  [
    "watches what it began to its end",
    { plan: ONE_WAVE, events: onItsWay, seconds: 5, lookedAt: { a: 5 }, ...spent },
    ["wait 5"],
  ],
  ["pauses then", { plan: ONE_WAVE, events: [...onItsWay, verified("a")], seconds: 5, ...spent }, ["pause-at-limit"]],
  [
    "and leaves",
    {
      plan: ONE_WAVE,
      events: [...onItsWay, verified("a"), { kind: "paused", reason: "limit", next: "run" }],
      seconds: 6,
      ...spent,
    },
    ["leave"],
  ],
  [
    "the next process goes on",
    {
      plan: ONE_WAVE,
      events: [...onItsWay, verified("a"), { kind: "paused", reason: "limit", next: "run" }, RESUMED],
      seconds: 7,
      settings: { limit: 2 },
    },
    ["admit b"],
  ],
  [
    "ends as ever when nothing is left",
    { plan: ONE_WAVE, events: [...onItsWay, verified("a"), verified("b"), waveClosed(1, 6)], seconds: 7, ...spent },
    ["sweep"],
  ],
];

const ABORTS: readonly Case[] = [
  [
    "leaves what is on its way",
    { plan: ONE_WAVE, events: [...onItsWay, control("abort")], seconds: 5, lookedAt: { a: 5 } },
    ["wait 5"],
  ],
  [
    "rolls ours back when asked to",
    { plan: ONE_WAVE, events: [...onItsWay, control("abort-and-roll-back")], seconds: 5, lookedAt: { a: 5 } },
    ["stop a"],
  ],
  [
    "rolls back nothing that runs on the key already",
    {
      plan: ONE_WAVE,
      events: [...onItsWay, progressed("a", { tasksOnKey: 2 }), control("abort-and-roll-back")],
      seconds: 6,
      lookedAt: { a: 6 },
    },
    ["wait 5"],
  ],
  [
    "nor what has ended well",
    {
      plan: ONE_WAVE,
      events: [...onItsWay, settled("a"), control("abort-and-roll-back")],
      seconds: 6,
      lookedAt: { a: 6 },
    },
    ["wait 5"],
  ],
  [
    "resolves doubts first",
    { plan: ONE_WAVE, events: [waveOpened(1), intended("a"), control("abort-and-roll-back")], seconds: 6 },
    ["look-doubt a"],
  ],
];

for (const [title, cases] of Object.entries({
  "a gate": GATES,
  "the budget of a wave": BUDGETS,
  "a process with a limit": LIMITS,
  "an abort": ABORTS,
}))
  describe(title, () => {
    for (const [what, situation, words] of cases) it(what, () => assert.deepEqual(wordsIn(situation), words));
  });
