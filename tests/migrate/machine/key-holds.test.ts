// Keys in trouble: what is held, for how long, what is rolled back, and who has another try.

import assert from "node:assert/strict";
import { nextCommands } from "../../../migrate/core/machine/next-commands";
import type { JournalEvent } from "../../../migrate/core/model/journal-event";
import {
  agendaOf,
  arnOf,
  at,
  begun,
  failed,
  held,
  intended,
  keySeen,
  momentOf,
  PAY,
  planOf,
  progressed,
  RELEASED,
  requeued,
  runOf,
  settled,
  stateAfter,
  verified,
  waveOpened,
} from "./run-fixture";
import { type Case, control, HALTED, ONE_WAVE, TWO_WAVES, wordsIn } from "./situation";

const DISABLED = "the key is Disabled";
const KMS = "AccessDenied on kms:CreateGrant";
const onItsWay = [waveOpened(1), intended("a"), begun("a")];
const failing = progressed("a", { tasksOnKey: 0, failedTasks: 1, startFailure: KMS, rollsBackItself: true });
const lookedAtSecond = (seconds: number) => ({ targetLookAtMs: new Map([[PAY, at(seconds)]]) });
const noneAllowed = planOf([["a", "b"]], { failuresMax: 0 });

const HOLDING: readonly Case[] = [
  [
    "looks at a key before the first service is sent after it",
    { plan: ONE_WAVE, events: [waveOpened(1)], seconds: 3, agenda: { targetLookAtMs: new Map() } },
    ["look-targets pay"],
  ],
  [
    "does not look again within five minutes",
    { plan: ONE_WAVE, events: [waveOpened(1), keySeen(null)], seconds: 301, agenda: lookedAtSecond(2) },
    ["admit a b"],
  ],
  [
    "looks again after that",
    { plan: ONE_WAVE, events: [waveOpened(1), keySeen(null)], seconds: 302, agenda: lookedAtSecond(2) },
    ["look-targets pay"],
  ],
  [
    "does not look at a key that nobody waits for",
    { plan: ONE_WAVE, events: [waveOpened(1), verified("a"), verified("b")], seconds: 400, agenda: lookedAtSecond(2) },
    ["record wave-closed"],
  ],
  [
    "holds its clusters when looking finds it wrong",
    { plan: ONE_WAVE, events: [waveOpened(1), keySeen(DISABLED)], seconds: 3 },
    ["record held"],
  ],
  [
    "holds them on a start failure that names KMS before its service is decided",
    { plan: ONE_WAVE, events: [...onItsWay, failing], seconds: 5 },
    ["record held"],
  ],
  [
    "holds them on a failure that names KMS, within the budget",
    { plan: ONE_WAVE, events: [waveOpened(1), failed("a", KMS)], seconds: 3 },
    ["record held"],
  ],
  [
    "starts nothing on them",
    { plan: ONE_WAVE, events: [waveOpened(1), keySeen(DISABLED), held("looked")], seconds: 4 },
    ["wait 5"],
  ],
  [
    "looks at a key in trouble at once, whenever it was looked at before",
    {
      plan: ONE_WAVE,
      events: [...onItsWay, failing, held("start-failures")],
      seconds: 6,
      lookedAt: { a: 6 },
      agenda: lookedAtSecond(4),
    },
    ["look-targets pay"],
  ],
  [
    "takes what looking finds for the cause of start failures",
    {
      plan: ONE_WAVE,
      events: [...onItsWay, failing, held("start-failures"), keySeen(DISABLED)],
      seconds: 7,
      lookedAt: { a: 7 },
    },
    ["record held"],
  ],
  [
    "rolls ours back that are on their way",
    { plan: ONE_WAVE, events: [...onItsWay, keySeen(DISABLED), held("looked")], seconds: 6, lookedAt: { a: 6 } },
    ["stop a"],
  ],
  [
    "leaves them when told to hold only",
    {
      plan: ONE_WAVE,
      events: [...onItsWay, keySeen(DISABLED), held("looked")],
      seconds: 6,
      lookedAt: { a: 6 },
      settings: { onKeyTrouble: "hold" },
    },
    ["wait 5"],
  ],
  [
    "lets one be whose tasks all run on the key",
    {
      plan: ONE_WAVE,
      events: [...onItsWay, progressed("a", { tasksOnKey: 2 }), keySeen(DISABLED), held("looked")],
      seconds: 7,
      lookedAt: { a: 7 },
    },
    ["wait 5"],
  ],
  [
    "lets one be that has ended well",
    {
      plan: ONE_WAVE,
      events: [...onItsWay, settled("a"), keySeen(DISABLED), held("looked")],
      seconds: 7,
      lookedAt: { a: 7 },
    },
    ["wait 5"],
  ],
  [
    "keeps the wave open for services that may come again",
    { plan: TWO_WAVES, events: [waveOpened(1), failed("a", KMS), keySeen(DISABLED), held("looked")], seconds: 6 },
    ["wait 5"],
  ],
];

const ENDING: readonly Case[] = [
  [
    "releases a key that has looked right for five minutes",
    { plan: ONE_WAVE, events: [waveOpened(1), keySeen(DISABLED), held("looked"), keySeen(null)], seconds: 304 },
    ["record released"],
  ],
  [
    "does not before that",
    { plan: ONE_WAVE, events: [waveOpened(1), keySeen(DISABLED), held("looked"), keySeen(null)], seconds: 303 },
    ["wait 1"],
  ],
  [
    "begins with one service after a release",
    {
      plan: ONE_WAVE,
      events: [waveOpened(1), keySeen(DISABLED), held("looked"), keySeen(null), RELEASED],
      seconds: 305,
    },
    ["admit a"],
  ],
  [
    "goes on with the others once that one is seen on the key",
    {
      plan: planOf([["a", "b", "c"]]),
      events: [
        waveOpened(1),
        keySeen(DISABLED),
        held("looked"),
        keySeen(null),
        RELEASED,
        intended("a"),
        begun("a"),
        progressed("a"),
      ],
      seconds: 9,
      lookedAt: { a: 9 },
    },
    ["admit b c"],
  ],
  [
    "gives those another try that failed by the key's fault",
    { plan: noneAllowed, events: [waveOpened(1), failed("a", KMS), held("looked"), RELEASED], seconds: 6 },
    ["record requeued"],
  ],
  [
    "does not spend the failure budget on them meanwhile",
    { plan: noneAllowed, events: [waveOpened(1), failed("a", KMS), keySeen(DISABLED), held("looked")], seconds: 6 },
    ["wait 5"],
  ],
  [
    "gives them one more try and no other",
    {
      plan: noneAllowed,
      events: [
        waveOpened(1),
        failed("a", KMS),
        held("looked"),
        RELEASED,
        requeued("a"),
        failed("a", KMS),
        held("looked"),
        RELEASED,
      ],
      seconds: 10,
    },
    ["record halted"],
  ],
  [
    "halts when only a person can judge and nothing else is left to do",
    { plan: ONE_WAVE, events: [waveOpened(1), failed("a", KMS), keySeen(null), held("start-failures")], seconds: 6 },
    ["record halted"],
  ],
  [
    "does not before the key was looked at",
    {
      plan: ONE_WAVE,
      events: [waveOpened(1), failed("a", KMS), held("start-failures")],
      seconds: 6,
      agenda: lookedAtSecond(1),
    },
    ["look-targets pay"],
  ],
  [
    "halts after an hour in which a wrong key was not mended",
    { plan: ONE_WAVE, events: [waveOpened(1), keySeen(DISABLED), held("looked")], seconds: 3603 },
    ["record halted"],
  ],
  [
    "waits on, however long it took, once it looks right",
    {
      plan: ONE_WAVE,
      events: [waveOpened(1), keySeen(DISABLED), held("looked"), HALTED, keySeen(null), control("resume")],
      seconds: 301,
      agenda: lookedAtSecond(300),
    },
    ["wait 4"],
  ],
  [
    "goes on when a person resumes, with those that the key had failed",
    {
      plan: ONE_WAVE,
      events: [waveOpened(1), failed("a", KMS), held("start-failures"), HALTED, control("resume")],
      seconds: 6,
    },
    ["record requeued"],
  ],
  [
    "does not let a person release what looking finds wrong",
    { plan: ONE_WAVE, events: [waveOpened(1), keySeen(DISABLED), held("looked"), control("resume")], seconds: 6 },
    ["wait 5"],
  ],
  [
    "counts no failure that was seen before the release, and waits for the one that is on its way",
    {
      plan: planOf([["a", "b"]]),
      events: [...onItsWay, failing, held("start-failures"), HALTED, control("resume")],
      seconds: 8,
      lookedAt: { a: 8 },
    },
    ["wait 5"],
  ],
];

describe("a key in trouble", () => {
  for (const [group, cases] of Object.entries({ holding: HOLDING, ending: ENDING }))
    describe(group, () => {
      for (const [title, situation, words] of cases) it(title, () => assert.deepEqual(wordsIn(situation), words));
    });

  it("holds only the clusters that have it", () => {
    const state = stateAfter(ONE_WAVE, [[1, waveOpened(1)]]);
    const other = {
      clusterArn: "other",
      keyArn: "other-key",
      problem: DISABLED,
      rightSinceMs: null,
      hold: null,
      releasedAtMs: null,
    };
    const both = { ...state, targets: new Map([...state.targets, ["other", other]]) };
    const [command] = nextCommands(momentOf(both, agendaOf(), at(2)));
    assert.ok(command?.kind === "record" && command.event.kind === "held");
    assert.deepEqual(command.event.clusters, ["other"]);
  });

  it("leaves a service that has another try as new, but for its attempts", () => {
    const events: readonly JournalEvent[] = [...onItsWay, failing, failed("a", KMS), requeued("a")];
    const run = runOf(
      stateAfter(
        ONE_WAVE,
        events.map((event, index) => [index + 1, event] as const),
      ),
      "a",
    );
    assert.deepEqual(run, { ...runOf(stateAfter(ONE_WAVE, []), "a"), attempts: 1, requeues: 1 });
  });

  it("takes up a finished run for another try, and leaves what was proved", () => {
    const events: readonly JournalEvent[] = [
      waveOpened(1),
      failed("a"),
      verified("b"),
      { kind: "finished", outcome: "failed-or-unproved" },
    ];
    const state = stateAfter(
      ONE_WAVE,
      [...events, requeued("a", "b")].map((event, index) => [index + 1, event] as const),
    );
    assert.equal(state.status, "running");
    assert.deepEqual([...state.services.values()].map(({ phase }) => phase).toSorted(), ["queued", "verified"]);
    assert.deepEqual([state.outcome, state.endedAtMs, state.swept], [null, null, null]);
    assert.equal(state.services.get(arnOf("a"))?.requeues, 1);
  });
});
