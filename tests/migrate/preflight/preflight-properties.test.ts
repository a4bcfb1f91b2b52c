// What holds of the preflight of any plan against any lane, however far the lane has moved since the plan was made.

import assert from "node:assert/strict";
import fc from "fast-check";
import { unknown } from "../../../domain/fact";
import type { Fleet } from "../../../domain/fleet";
import { ALLOWABLE_CLASSES } from "../../../migrate/core/classify/allowable-classes";
import { parsePreflight } from "../../../migrate/core/model/parse-preflight";
import type { PlanOptions } from "../../../migrate/core/model/plan";
import type { Preflight, PreflightAnswer } from "../../../migrate/core/model/preflight";
import { QUESTIONS } from "../../../migrate/core/preflight/questions";
import { anyFleet, shuffled } from "../fleets/any-fleet";
import { inSituation, SITUATIONS, type Situation } from "../fleets/situations";
import { AT_MS, judged, planOf, type Request } from "./a-lane";

const IDS = QUESTIONS.map(({ id }) => id);

/** Told by a class too: what one of these finds red in a service keeps it out of the plan. */
const OF_CLASSES: readonly string[] = [
  "tasks-run",
  "task-definitions-active",
  "images-present",
  "images-unmoved",
  "secrets-present",
  "log-groups-present",
  "services-can-roll",
  "tasks-unprotected",
  "no-volume-per-task",
  "no-pause-hooks",
];

describe("the preflight of any plan and lane", () => {
  it("has no fail that the classes should have caught, on the very fleet that the plan was made from", () => {
    fc.assert(
      fc.property(anyLane(), anyAllowance(), (fleet, options) => {
        const preflight = judgedPair({ before: fleet, now: fleet, options });
        for (const { id, verdict, reason } of preflight.answers)
          if (OF_CLASSES.includes(id)) assert.notEqual(verdict, "fail", `${id}: ${reason}`);
      }),
    );
  });

  it("answers every question once, and reads back from its file", () => {
    fc.assert(
      fc.property(anyPair(), (pair) => {
        const preflight = judgedPair(pair);
        assert.deepEqual(
          preflight.answers.map(({ id }) => id),
          IDS,
        );
        assert.deepEqual(parsePreflight(JSON.stringify(preflight), "preflight.json"), preflight);
        for (const { verdict, findings } of preflight.answers) {
          assert.equal(
            verdict === "fail",
            findings.some((one) => one.verdict === "fail"),
          );
          if (verdict === "pass" || verdict === "notApplicable") assert.deepEqual(findings, []);
        }
      }),
    );
  });

  it("says the same to the byte whatever order the lane's lists and the missing keys have", () => {
    fc.assert(
      fc.property(anyPair(), fc.nat(), (pair, seed) => {
        const other = { ...pair, now: shuffled(pair.now, seed), keysMissing: pair.keysMissing?.toReversed() ?? [] };
        assert.equal(JSON.stringify(judgedPair(other)), JSON.stringify(judgedPair(pair)));
      }),
    );
  });

  it("is changed by a waiver in what the waiver names, and only where that failed", () => {
    fc.assert(
      fc.property(anyPair(), fc.constantFrom(...IDS), (pair, id) => {
        const before = judgedPair(pair);
        const after = judgedPair(pair, { accept: new Map([[id, "looked at"]]) });
        const expected = before.answers.map((answer) =>
          answer.id === id && answer.verdict === "fail" ? { ...answer, accepted: "looked at" } : answer,
        );
        assert.deepEqual(after, { ...before, answers: expected });
      }),
    );
  });

  it("never turns a fail into a pass, nor a pass into a fail, because something was no longer seen", () => {
    fc.assert(
      fc.property(anyPair(), fc.constantFrom(1, 1, 2), (pair, every) => {
        const seen = judgedPair(pair);
        for (const lists of [...LISTS.map((one) => [one]), LISTS]) {
          const blind = judgedPair({ ...pair, now: blinded(pair.now, { lists, every }) });
          for (const [at, answer] of blind.answers.entries()) assertNoBetter(seen.answers[at], answer, blind);
        }
      }),
    );
  });
});

function assertNoBetter(before: PreflightAnswer | undefined, after: PreflightAnswer, blind: Preflight): void {
  const { id, verdict } = after;
  const told = `${id}: ${before?.reason}; then ${after.reason}`;
  // A cluster's configuration has a question of its own, whether it was seen, and that one stops the run.
  if (id === "cluster-configuration-known") assert.ok(before?.verdict !== "fail" || verdict === "fail", told);
  else if (before?.verdict === "pass") assert.notEqual(verdict, "fail", told);
  else if (before?.verdict === "fail" && (id !== "cluster-has-planned-key" || !isConfigurationHidden(blind)))
    assert.ok(verdict === "fail" || verdict === "unknown", told);
}

interface Pair {
  readonly before: Fleet;
  readonly now: Fleet;
  readonly options: Partial<PlanOptions>;
  readonly keysMissing?: readonly string[];
}

function judgedPair({ before, now, options, keysMissing = [] }: Pair, request: Request = {}): Preflight {
  return judged(now, { plan: planOf(before, options), keysMissing, nowMs: AT_MS, ...request });
}

/** A lane and what has become of it: its services in other situations, or another lane altogether; of either, some are gone. */
function anyPair(): fc.Arbitrary<Pair> {
  const flags = (maxLength: number) => fc.array(fc.constantFrom(false, false, true), { minLength: 1, maxLength });
  return fc
    .record({
      before: anyLane(),
      other: anyLane(),
      situations: fc.array(fc.constantFrom(...(Object.keys(SITUATIONS) as Situation[])), {
        minLength: 1,
        maxLength: 12,
      }),
      isOther: fc.boolean(),
      options: anyAllowance(),
      gone: flags(7),
      missing: flags(5),
    })
    .map(({ before, other, situations, isOther, options, gone, missing }) => {
      const now = isOther ? other : moved(before, situations);
      const services = now.services.filter((_, at) => !gone[at % gone.length]);
      const clusters = now.clusters.filter(
        ({ arn }, at) => !gone[(at + 3) % gone.length] || services.some(({ clusterArn }) => clusterArn === arn),
      );
      const keysMissing = now.keys.filter((_, at) => missing[at % missing.length]).map(({ arn }) => arn);
      const keys = now.keys.filter(({ arn }) => !keysMissing.includes(arn));
      return { before, now: { ...now, services, clusters, keys }, options, keysMissing };
    });
}

function moved(fleet: Fleet, situations: readonly Situation[]): Fleet {
  return fleet.services.reduce(
    (so, { arn }, at) => inSituation(so, arn, situations[at % situations.length] ?? "fine"),
    fleet,
  );
}

/** With hooks that pause, too. */
function anyLane(): fc.Arbitrary<Fleet> {
  return fc
    .tuple(anyFleet(), fc.array(fc.constantFrom(0, 0, 0, 1), { minLength: 1, maxLength: 6 }))
    .map(([fleet, hooks]) => ({
      ...fleet,
      services: fleet.services.map((service, at) => ({ ...service, pauseHooks: hooks[at % hooks.length] ?? 0 })),
    }));
}

function anyAllowance(): fc.Arbitrary<Partial<PlanOptions>> {
  return fc
    .subarray([...ALLOWABLE_CLASSES])
    .map((classes) => ({ allow: classes.map((one) => ({ class: one, service: null, reason: "looked at" })) }));
}

const LISTS = [
  "clusters",
  "taskDefinitions",
  "keys",
  "images",
  "secrets",
  "logGroups",
  "alarms",
  "subnets",
  "capacity",
  "scaling",
];

interface Blindness {
  readonly lists: readonly string[];
  readonly every: number;
}

/** In these lists of the fleet nobody saw every so many-th fact, whatever it is of. */
function blinded(fleet: Fleet, { lists, every }: Blindness): Fleet {
  let at = 0;
  const hide = (_: string, value: unknown): unknown => {
    if (!isKnown(value)) return value;
    at += 1;
    return at % every === 0 ? unknown("nobody looked", "any:Read") : value;
  };
  const parts = Object.entries(fleet).map(([name, part]) => [
    name,
    lists.includes(name) ? JSON.parse(JSON.stringify(part), hide) : part,
  ]);
  return Object.fromEntries(parts) as Fleet;
}

function isConfigurationHidden({ answers }: Preflight): boolean {
  return answers.some(({ id, verdict }) => id === "cluster-configuration-known" && verdict === "fail");
}

function isKnown(value: unknown): boolean {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "known";
}
