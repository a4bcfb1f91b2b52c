// What is to be done next: waves and their gates, what is watched first, how a run ends.

import assert from "node:assert/strict";
import { nextCommands } from "../../../migrate/core/machine/next-commands";
import type { Plan } from "../../../migrate/core/model/plan";
import { payCluster } from "../fleets/service-case";
import {
  agendaOf,
  at,
  begun,
  foundNothing,
  intended,
  momentOf,
  planOf,
  proofOf,
  RESUMED,
  SOAK_MS,
  setAside,
  stateAfter,
  swept,
  type Timed,
  verified,
  waveOpened,
} from "./run-fixture";
import { type Case, commandsIn, control, HALTED, ONE_WAVE, TWO_WAVES, waveClosed, wordsIn } from "./situation";

const onItsWay = [waveOpened(1), intended("a"), begun("a")];
const soaking = [waveOpened(1), verified("a"), waveClosed(1, 603)];
const bothProved = [waveOpened(1), verified("a"), verified("b"), waveClosed(1, 4)];

const WAVES: readonly Case[] = [
  ["opens the first wave", { plan: TWO_WAVES, events: [], seconds: 1 }, ["record wave-opened"]],
  ["admits the open wave only", { plan: TWO_WAVES, events: [waveOpened(1)], seconds: 2 }, ["admit a"]],
  [
    "closes a wave whose services are decided",
    { plan: TWO_WAVES, events: [waveOpened(1), setAside("a")], seconds: 3 },
    ["record wave-closed"],
  ],
  [
    "keeps a wave open for a service on its way",
    { plan: TWO_WAVES, events: onItsWay, seconds: 4, lookedAt: { a: 4 } },
    ["wait 5"],
  ],
  ["waits through the soak", { plan: TWO_WAVES, events: soaking, seconds: 600 }, ["wait 3"]],
  ["opens the next wave after the soak", { plan: TWO_WAVES, events: soaking, seconds: 603 }, ["record wave-opened"]],
  [
    "opens no wave while paused",
    { plan: TWO_WAVES, events: [...soaking, control("pause")], seconds: 9000 },
    ["wait 5"],
  ],
];

const WATCHING: readonly Case[] = [
  ["looks before it admits", { plan: ONE_WAVE, events: onItsWay, seconds: 30, lookedAt: { a: 3 } }, ["look a"]],
  ["admits when no look is due", { plan: ONE_WAVE, events: onItsWay, seconds: 9, lookedAt: { a: 3 } }, ["admit b"]],
  [
    "looks at a doubt at once",
    { plan: ONE_WAVE, events: [waveOpened(1), intended("a")], seconds: 3 },
    ["look-doubt a"],
  ],
  [
    "looks at a doubt again after 15 s",
    { plan: ONE_WAVE, events: [waveOpened(1), intended("a"), verified("b")], seconds: 18, lookedAt: { a: 4 } },
    ["wait 1"],
  ],
  [
    "repeats a call only when the doubt has ended",
    {
      plan: planOf([["a"]]),
      events: [waveOpened(1), intended("a"), foundNothing("a")],
      seconds: 4,
      lookedAt: { a: 4 },
    },
    ["wait 5"],
  ],
  [
    "watches what is on its way while paused, and admits nothing",
    { plan: ONE_WAVE, events: [...onItsWay, control("pause")], seconds: 30, lookedAt: { a: 3 } },
    ["look a"],
  ],
  [
    "watches what is on its way while halted, and does not leave",
    { plan: ONE_WAVE, events: [...onItsWay, HALTED], seconds: 9, lookedAt: { a: 3 } },
    ["wait 5"],
  ],
  [
    "resolves a doubt before an abort ends the run",
    { plan: ONE_WAVE, events: [waveOpened(1), intended("a"), control("abort")], seconds: 4 },
    ["look-doubt a"],
  ],
];

const ENDING: readonly Case[] = [
  ["sweeps when every wave is closed", { plan: ONE_WAVE, events: bothProved, seconds: 9 }, ["sweep"]],
  [
    "finishes as proved after a sweep that proves all again",
    { plan: ONE_WAVE, events: [...bothProved, swept([proofOf("a"), proofOf("b")])], seconds: 9 },
    ["finish proved"],
  ],
  [
    "finishes as unproved when the sweep fails one",
    { plan: ONE_WAVE, events: [...bothProved, swept([proofOf("a"), proofOf("b", "fail")])], seconds: 9 },
    ["finish failed-or-unproved"],
  ],
  [
    "finishes as unproved when the sweep does not know of one",
    { plan: ONE_WAVE, events: [...bothProved, swept([proofOf("a"), proofOf("b", "unknown")])], seconds: 9 },
    ["finish failed-or-unproved"],
  ],
  [
    "finishes as unproved when the sweep did not see one",
    { plan: ONE_WAVE, events: [...bothProved, swept([proofOf("a")])], seconds: 9 },
    ["finish failed-or-unproved"],
  ],
  [
    "finishes as unproved with a service set aside, though it passes the sweep",
    {
      plan: ONE_WAVE,
      events: [waveOpened(1), setAside("a"), verified("b"), waveClosed(1, 4), swept([proofOf("a"), proofOf("b")])],
      seconds: 9,
    },
    ["finish failed-or-unproved"],
  ],
  [
    "finishes an abort with what is queued left alone",
    { plan: ONE_WAVE, events: [waveOpened(1), control("abort"), swept([])], seconds: 4 },
    ["finish aborted"],
  ],
  [
    "looks at the whole lane before it leaves a halted run",
    { plan: ONE_WAVE, events: [HALTED], seconds: 2 },
    ["sweep"],
  ],
  ["leaves a halted run after that", { plan: ONE_WAVE, events: [HALTED, swept([])], seconds: 3 }, ["leave"]],
  [
    "looks again when a halted run is taken up",
    { plan: ONE_WAVE, events: [HALTED, swept([]), RESUMED], seconds: 4 },
    ["sweep"],
  ],
  [
    "has nothing to do for a finished run",
    { plan: ONE_WAVE, events: [{ kind: "finished", outcome: "proved" }], seconds: 2 },
    [],
  ],
  ["sweeps at once when the plan holds no service", { plan: planOf([]), events: [], seconds: 1 }, ["sweep"]],
];

describe("nextCommands", () => {
  for (const [group, cases] of Object.entries({ waves: WAVES, watching: WATCHING, ending: ENDING }))
    describe(group, () => {
      for (const [title, situation, words] of cases)
        it(title, () => {
          assert.deepEqual(wordsIn(situation), words);
        });
    });

  it("has nothing to do for a run that has not begun", () => {
    const state = { ...stateAfter(ONE_WAVE, []), status: "new" as const };
    assert.deepEqual(nextCommands(momentOf(state, agendaOf(), at(0))), []);
  });

  it("soaks after a wave as the plan says, and not after the last", () => {
    const soakOf = (plan: Plan, names: readonly string[]) => {
      const [command] = commandsIn({ plan, events: [waveOpened(1), ...names.map(verified)], seconds: 100 });
      assert.ok(command?.kind === "record" && command.event.kind === "wave-closed");
      return command.event.soakUntilMs - at(100);
    };
    assert.equal(soakOf(TWO_WAVES, ["a"]), SOAK_MS);
    assert.equal(soakOf(ONE_WAVE, ["a", "b"]), 0);
  });

  it("admits no more at once than may be in flight, counting doubts", () => {
    const plan = planOf([["a", "b", "c", "d", "e"]], { inFlightMax: 3 });
    const events = [...onItsWay, intended("b")];
    assert.deepEqual(wordsIn({ plan, events, seconds: 5, lookedAt: { a: 5, b: 5 } }), ["admit c"]);
  });

  it("admits the services of one cluster in one batch, ten at most", () => {
    const names = Array.from({ length: 12 }, (_, index) => `s${String(index).padStart(2, "0")}`);
    const idle = names.reduce((fleet, name) => fleet.service(name, { desired: 0 }), payCluster()).build();
    const words = wordsIn({ plan: planOf([names], {}, idle), events: [waveOpened(1)], seconds: 2 });
    assert.deepEqual(words, [`admit ${names.slice(0, 10).join(" ")}`]);
  });

  it("wakes for the look that is due next", () => {
    const timed: readonly Timed[] = onItsWay.map((event, index) => [index + 1, event]);
    const state = stateAfter(planOf([["a"]]), timed);
    const [command] = nextCommands(momentOf(state, agendaOf({ a: 3 }), at(26)));
    assert.deepEqual(command, { kind: "wait", untilMs: at(30) });
  });
});
