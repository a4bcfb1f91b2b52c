// Services that must not roll together: who waits for whom, and that nobody waits for ever.

import assert from "node:assert/strict";
import fc from "fast-check";
import type { Fleet } from "../../../domain/fleet";
import { waitingNow } from "../../../migrate/commands/schedule-now";
import { heldBack } from "../../../migrate/core/machine/held-back";
import { ACTIVE_PHASES } from "../../../migrate/core/machine/run-state";
import type { JournalEvent } from "../../../migrate/core/model/journal-event";
import type { Plan } from "../../../migrate/core/model/plan";
import { mutexKey } from "../../../migrate/core/plan/mutex";
import type { FleetBuilder } from "../../../simulator/fleet-builder";
import { payCluster } from "../fleets/service-case";
import { frameOf } from "../render-run/frame-fixture";
import { driveModel } from "./model-world";
import {
  adopted,
  at,
  begun,
  failed,
  foundNothing,
  intended,
  planOf,
  progressed,
  setAside,
  stateAfter,
  unanswered,
  verified,
  waveOpened,
} from "./run-fixture";
import { type Case, overdue, wordsIn } from "./situation";

type Tags = Readonly<Record<string, string>>;

function tagged(tags: Readonly<Record<string, Tags>>): Fleet {
  return Object.entries(tags)
    .reduce<FleetBuilder>((fleet, [name, of]) => fleet.service(name).tagged(of), payCluster())
    .build();
}

const OPTIONS = { mutexTags: ["db", "queue"] };
const FLEET = tagged({ a: { db: "orders" }, b: { db: "orders" }, c: { db: "users" }, d: { queue: "orders" }, e: {} });
const ALL = planOf([["a", "b", "c", "d", "e"]], OPTIONS, FLEET);
const LATE = planOf([["a"], ["b", "e"]], OPTIONS, tagged({ a: { db: "orders" }, b: { db: "orders" }, e: {} }));

const onItsWay = [waveOpened(1), intended("a"), begun("a")];

function next(events: readonly JournalEvent[], plan: Plan = ALL): readonly string[] {
  return wordsIn({ plan, events, seconds: 9, lookedAt: { a: 8, b: 8 } });
}

const CASES: readonly Case[] = [
  [
    "admits the first of those that share a value, and all that share none",
    { plan: ALL, events: [waveOpened(1)], seconds: 2 },
    ["admit a c d"],
  ],
];

describe("services that must not roll together", () => {
  for (const [title, situation, words] of CASES) it(title, () => assert.deepEqual(wordsIn(situation), words));

  for (const [what, events] of [
    ["on its way", onItsWay],
    ["in doubt", [waveOpened(1), intended("a"), unanswered("a", "in-doubt")]],
    ["in doubt after one empty look", [waveOpened(1), intended("a"), foundNothing("a")]],
    ["adopted", [waveOpened(1), intended("a"), adopted("a")]],
    ["past its time", [...onItsWay, overdue("a")]],
  ] as const)
    it(`wait for the one that is ${what}`, () => assert.deepEqual(next(events), ["admit c d"]));

  for (const [what, events] of [
    ["proved", [...onItsWay, verified("a")]],
    ["failed", [...onItsWay, failed("a")]],
    ["set aside", [waveOpened(1), setAside("a")]],
    ["refused", [waveOpened(1), intended("a"), unanswered("a", "refused")]],
  ] as const)
    it(`follow when the one before is ${what}`, () => assert.deepEqual(next(events), ["admit b c d"]));

  it("say who waits for whom", () => {
    const state = stateAfter(
      ALL,
      onItsWay.map((event, index) => [index + 1, event] as const),
    );
    assert.deepEqual(
      heldBack(state).map(({ planned, mutex, holder, holderPhase }) => [
        planned.name,
        mutex.value,
        holder.name,
        holderPhase,
      ]),
      [["b", "orders", "a", "deploying"]],
    );
  });

  it("are told in the live block of the terminal", () => {
    const state = stateAfter(
      ALL,
      [...onItsWay, progressed("a")].map((event, index) => [index + 1, event] as const),
    );
    const waiting = waitingNow({ plan: ALL, fleet: FLEET })(state, at(30));
    assert.match(frameOf(state, { waiting, seconds: 30 }), /pay\/b waits for pay\/a \(/);
  });

  it("are set aside when all that is left of a wave waits for one past its time", () => {
    const closed: JournalEvent = { kind: "wave-closed", wave: 1, soakUntilMs: 0 };
    const stuck = [...onItsWay, overdue("a"), closed, waveOpened(2), verified("e")];
    assert.deepEqual(next(stuck, LATE), ["record set-aside b"]);
    assert.deepEqual(next([...stuck.slice(0, -1), intended("e"), begun("e")], LATE), ["wait 5"]);
  });

  it("are set aside beside services of a cluster that is held by its key, which wait for that", () => {
    const fleet = tagged({ a: { db: "orders" }, b: { db: "orders" }, e: {} });
    const elsewhere = "arn:aws:ecs:eu-west-1:111122223333:cluster/ops";
    const plan = planOf([["a"], ["b", "e"]], OPTIONS, fleet);
    const split: Plan = {
      ...plan,
      targets: [...plan.targets, { clusterArn: elsewhere, clusterName: "ops", keyArn: "other-key" }],
      services: plan.services.map((one) => (one.name === "e" ? { ...one, clusterArn: elsewhere } : one)),
    };
    const held: JournalEvent = {
      kind: "held",
      clusters: [elsewhere],
      keyArn: "other-key",
      reason: "no grants",
      cause: "start-failures",
    };
    const closed: JournalEvent = { kind: "wave-closed", wave: 1, soakUntilMs: 0 };
    assert.deepEqual(next([...onItsWay, overdue("a"), closed, waveOpened(2), held], split), ["record set-aside b"]);
  });

  it("never roll together in any run, step by step, and every run ends", () => {
    const value = fc.constantFrom("orders", "users", null);
    const ofNames = fc.record(Object.fromEntries("abcdefg".split("").map((name) => [name, fc.tuple(value, value)])));
    fc.assert(
      fc.property(ofNames, fc.integer({ min: 1, max: 2 ** 31 - 1 }), (drawn, seed) => {
        const tags = Object.entries(drawn).map(([name, [db, queue]]) => [
          name,
          { ...(db && { db }), ...(queue && { queue }) },
        ]);
        const fleet = tagged(Object.fromEntries(tags));
        const plan = planOf([["a"], ["b", "c"], ["d", "e", "f", "g"]], { ...OPTIONS, inFlightMax: 4 }, fleet);
        const keysOf = new Map(plan.services.map(({ arn, mutexes = [] }) => [arn, mutexes.map(mutexKey)]));
        const { end } = driveModel({
          plan,
          seed,
          onStep: ({ before, command }) => {
            const active = [...before.services.values()].filter(({ phase }) => ACTIVE_PHASES.includes(phase));
            const asked = command.kind === "admit" ? command.services : [];
            const keys = [...active.map(({ arn }) => arn), ...asked].flatMap((arn) => keysOf.get(arn) ?? []);
            assert.equal(new Set(keys).size, keys.length);
          },
        });
        assert.notEqual(end, "endless");
      }),
      { numRuns: 100 },
    );
  });
});
