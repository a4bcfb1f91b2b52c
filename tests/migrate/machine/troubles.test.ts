// What is to be done when things go wrong: halting, setting aside, rolling back, being late.

import assert from "node:assert/strict";
import { LIMITS } from "../../../migrate/core/limits";
import type { Deferral } from "../../../migrate/core/machine/command";
import { serviceDecision } from "../../../migrate/core/machine/run-decisions";
import { pairs } from "../../../migrate/core/machine/service-pairs";
import type { JournalEvent } from "../../../migrate/core/model/journal-event";
import {
  adopted,
  agendaOf,
  arnOf,
  at,
  begun,
  failed,
  intended,
  momentOf,
  planOf,
  progressed,
  proofOf,
  settled,
  stateAfter,
  swept,
  unanswered,
  verified,
  waveOpened,
} from "./run-fixture";
import { type Case, control, HALTED, ONE_WAVE, overdue, type Situation, waveClosed, wordsIn } from "./situation";

const onItsWay = [waveOpened(1), intended("a"), begun("a")];
const oneAllowed = planOf([["a", "b", "c"]], { failuresMax: 1 });
const noneAllowed = planOf([["a", "b", "c"]], { failuresMax: 0 });
const oneAtOnce = planOf([["a", "b"]], { inFlightMax: 1 });

const HALTING: readonly Case[] = [
  [
    "bears as many failures as the budget allows",
    { plan: oneAllowed, events: [waveOpened(1), failed("a")], seconds: 3 },
    ["admit b c"],
  ],
  [
    "halts on one failure more",
    { plan: oneAllowed, events: [waveOpened(1), failed("a"), failed("b")], seconds: 4 },
    ["record halted"],
  ],
  [
    "does not count what was forgiven",
    { plan: noneAllowed, events: [waveOpened(1), failed("a"), HALTED, control("resume")], seconds: 5 },
    ["admit b c"],
  ],
  [
    "counts what comes after",
    { plan: noneAllowed, events: [waveOpened(1), failed("a"), HALTED, control("resume"), failed("b")], seconds: 6 },
    ["record halted"],
  ],
  [
    "halts when late services hold every place, rather than wait for ever",
    { plan: oneAtOnce, events: [...onItsWay, overdue("a")], seconds: 10 },
    ["record halted"],
  ],
];

const SETTING_ASIDE: readonly Case[] = [
  [
    "gives up after twenty attempts that did not reach AWS",
    { plan: ONE_WAVE, events: [waveOpened(1), intended("a", 20), unanswered("a", "not-sent")], seconds: 4 },
    ["record set-aside a"],
  ],
  [
    "tries again before that",
    { plan: ONE_WAVE, events: [waveOpened(1), intended("a", 19), unanswered("a", "not-sent")], seconds: 4 },
    ["admit a b"],
  ],
  [
    "comes back to a deferred service when its time has come",
    { plan: ONE_WAVE, events: [waveOpened(1), verified("b")], seconds: 63, deferred: { a: waiting(2, 2) } },
    ["admit a"],
  ],
  [
    "passes over a deferred service until then",
    { plan: ONE_WAVE, events: [waveOpened(1)], seconds: 61, deferred: { a: waiting(2, 2) } },
    ["admit b"],
  ],
  [
    "sets a service aside that was still busy after 15 minutes",
    { plan: ONE_WAVE, events: [waveOpened(1)], seconds: 903, deferred: { a: waiting(2, 902) } },
    ["record set-aside a"],
  ],
  [
    "looks again before it sets aside: time that passed in a pause proves nothing",
    { plan: ONE_WAVE, events: [waveOpened(1), verified("b")], seconds: 9000, deferred: { a: waiting(2, 62) } },
    ["admit a"],
  ],
  [
    "sets a doubt aside that looks could not resolve for 15 minutes",
    { plan: ONE_WAVE, events: [waveOpened(1), intended("a")], seconds: 903, deferred: { a: waiting(2, 902) } },
    ["record set-aside a"],
  ],
];

function waiting(sinceSeconds: number, lastSeconds: number): Deferral {
  const lastMs = at(lastSeconds);
  const why = { class: "in-flight", reason: "its team deploys" };
  return { ...why, sinceMs: at(sinceSeconds), lastMs, untilMs: lastMs + LIMITS.inFlightRetryMs };
}

const FAILING = { failedTasks: 3, tasksOnKey: 0, startFailure: "CannotPullContainerError" } as const;
const failing = progressed("a", FAILING);
const asked = { kind: "stop-intended", service: arnOf("a"), serviceDeploymentArn: "sd/new-a", why: "fails" } as const;

function stopAnswered(accepted: boolean): JournalEvent {
  return { kind: "stop-answered", service: arnOf("a"), accepted, message: "" };
}

function failingCase(...events: readonly JournalEvent[]): Situation {
  return { plan: ONE_WAVE, events: [...onItsWay, ...events], seconds: 9, lookedAt: { a: 9 } };
}

const LATER = { seconds: 36, lookedAt: { a: 36 } };
const foundAndFailing: Situation = {
  plan: ONE_WAVE,
  events: [waveOpened(1), intended("a"), adopted("a"), failing],
  seconds: 9,
  lookedAt: { a: 9 },
};

const STOPPING: readonly Case[] = [
  ["stops a deployment of ours that three times could not start a task", failingCase(failing), ["stop a"]],
  ["bears two failed starts", failingCase(progressed("a", { ...FAILING, failedTasks: 2 })), ["admit b"]],
  [
    "leaves it to a circuit breaker that rolls back",
    failingCase(progressed("a", { ...FAILING, rollsBackItself: true })),
    ["admit b"],
  ],
  [
    "does not leave a service below its minimum to the breaker",
    failingCase(progressed("a", { failedTasks: 1, rollsBackItself: true, belowMinimum: true })),
    ["stop a"],
  ],
  [
    "lets a service be that is below its minimum without a failed task",
    failingCase(progressed("a", { belowMinimum: true })),
    ["admit b"],
  ],
  [
    "leaves alone what rolls back already",
    failingCase(progressed("a", { ...FAILING, phase: "rolling-back" })),
    ["admit b"],
  ],
  ["asks once when AWS has accepted", { ...failingCase(failing, asked, stopAnswered(true)), ...LATER }, ["admit b"]],
  ["does not ask again at once after a refusal", failingCase(failing, asked, stopAnswered(false)), ["admit b"]],
  [
    "asks again 30 s after a stop that AWS did not accept",
    { ...failingCase(failing, asked, stopAnswered(false)), ...LATER },
    ["stop a"],
  ],
  ["asks again when the process died in the stop", { ...failingCase(failing, asked), ...LATER }, ["stop a"]],
  ["stops a late one as well", failingCase(failing, overdue("a")), ["stop a"]],
  ["lets a deployment be that has ended well", failingCase(failing, settled("a")), ["admit b"]],
  ["never stops what it found and adopted", foundAndFailing, ["admit b"]],
];

const late = [...onItsWay, overdue("a"), verified("b")];
const atTheEnd = [...late, waveClosed(1, 6)];

const BEING_LATE: readonly Case[] = [
  [
    "calls a service overdue past its deadline",
    { plan: ONE_WAVE, events: onItsWay, seconds: 1900, lookedAt: { a: 1900 } },
    ["record overdue a"],
  ],
  [
    "looks before it calls a service overdue that it has not seen for long",
    { plan: ONE_WAVE, events: onItsWay, seconds: 9000, lookedAt: { a: 100 } },
    ["look a"],
  ],
  ["lets its wave close", { plan: ONE_WAVE, events: late, seconds: 10, lookedAt: { a: 10 } }, ["record wave-closed"]],
  ["watches it on", { plan: ONE_WAVE, events: atTheEnd, seconds: 80, lookedAt: { a: 10 } }, ["look a"]],
  ["sweeps when only it is left", { plan: ONE_WAVE, events: atTheEnd, seconds: 80, lookedAt: { a: 80 } }, ["sweep"]],
  [
    "fails it when it is under way at the sweep, whatever its tasks show",
    { plan: ONE_WAVE, events: [...atTheEnd, swept([proofOf("a"), proofOf("b")])], seconds: 10 },
    ["record failed a"],
  ],
  [
    "has the sweep prove it when its deployment had ended well",
    { plan: ONE_WAVE, events: [...atTheEnd, settled("a"), swept([proofOf("a"), proofOf("b")])], seconds: 10 },
    ["record verified a"],
  ],
  [
    "has the sweep fail it when a task still drains",
    { plan: ONE_WAVE, events: [...atTheEnd, settled("a"), swept([proofOf("a", "fail"), proofOf("b")])], seconds: 10 },
    ["record failed a"],
  ],
  [
    "fails it when the sweep did not see it",
    { plan: ONE_WAVE, events: [...atTheEnd, settled("a"), swept([])], seconds: 10 },
    ["record failed a"],
  ],
];

const GROUPS = { halting: HALTING, "setting aside": SETTING_ASIDE, stopping: STOPPING, "being late": BEING_LATE };

describe("a service that has drained after its deadline", () => {
  const state = stateAfter(ONE_WAVE, [
    ...onItsWay.map((event, index) => [index + 1, event] as const),
    [2_999, settled("a")],
    [3_000, progressed("a", { tasksOld: 0 })],
  ]);
  const isLateAt = (seconds: number) => {
    const [pair] = pairs(state);
    assert.ok(pair !== undefined);
    return serviceDecision(momentOf(state, agendaOf({ a: seconds }), at(seconds)), pair) !== null;
  };

  it("waits for its proof for as long as any other before it is called late: seed 227", () =>
    assert.deepEqual([isLateAt(3_000), isLateAt(4_200), isLateAt(4_201)], [false, false, true]));
});

describe("nextCommands in trouble", () => {
  for (const [group, cases] of Object.entries(GROUPS))
    describe(group, () => {
      for (const [title, situation, words] of cases)
        it(title, () => {
          assert.deepEqual(wordsIn(situation), words);
        });
    });
});
