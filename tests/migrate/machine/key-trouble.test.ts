import assert from "node:assert/strict";
import { keyTroubles, namesKms } from "../../../migrate/core/machine/key-trouble";
import type { JournalEvent } from "../../../migrate/core/model/journal-event";
import { begun, failed, intended, planOf, progressed, settled, stateAfter, type Timed } from "./run-fixture";

const plan = planOf([["a", "b", "c"]]);
const deploying = (name: string): readonly JournalEvent[] => [intended(name), begun(name)];
const starting = (name: string, startFailure: string): readonly JournalEvent[] => [
  ...deploying(name),
  progressed(name, { startFailure }),
];
const PULL = "CannotPullContainerError: pull image manifest has been retried 5 times";
const ODD = "ResourceInitializationError: something went wrong";

const CASES: readonly (readonly [title: string, events: readonly JournalEvent[], trouble: boolean])[] = [
  ["nothing failed", deploying("a"), false],
  ["one service cannot pull its image", starting("a", PULL), false],
  ["three services cannot pull their images", ["a", "b", "c"].flatMap((name) => starting(name, PULL)), false],
  [
    "one start failure names KMS",
    starting("a", "AccessDeniedException: not authorized to perform kms:CreateGrant"),
    true,
  ],
  ["one failed service's reason names KMS", [failed("a", "KMSInvalidStateException: … is pending deletion")], true],
  ["one service fails for an odd reason", starting("a", ODD), false],
  ["two services fail for odd reasons", [...starting("a", ODD), ...starting("b", ODD)], true],
  ["two services fail, one of them over its image", [...starting("a", ODD), ...starting("b", PULL)], false],
  ["a deployment that named KMS at its start ended well", [...starting("a", "kms hiccup"), settled("a")], false],
  ["a failure without a task's reason", [failed("a"), failed("b")], false],
];

const HALTED: JournalEvent = { kind: "halted", reason: "key" };
const RESUME: JournalEvent = { kind: "control", request: "resume" };

function troubleAfter(events: readonly JournalEvent[]): boolean {
  const timed: readonly Timed[] = events.map((event, index) => [index + 1, event]);
  return keyTroubles(stateAfter(plan, timed)).length > 0;
}

describe("keyTrouble", () => {
  for (const [title, events, trouble] of CASES)
    it(`${title} → ${trouble ? "trouble" : "no trouble"}`, () => {
      assert.equal(troubleAfter(events), trouble);
    });

  it("names the key and what AWS said", () => {
    const events = starting("a", "kms:CreateGrant denied").map((event, index) => [index, event] as const);
    const [trouble] = keyTroubles(stateAfter(plan, events));
    assert.equal(trouble?.keyArn, plan.targets[0]?.keyArn);
    assert.match(trouble?.reason ?? "", /^a: kms:CreateGrant denied$/);
  });

  it("forgives what an operator saw and resumed, though its service is still on its way", () => {
    assert.equal(troubleAfter([...starting("a", "kms denied"), HALTED, RESUME]), false);
  });

  it("does not forgive the next one", () => {
    const resumed = [failed("a", "kms denied"), HALTED, RESUME];
    assert.equal(troubleAfter([...resumed, failed("b", "kms denied")]), true);
    assert.equal(troubleAfter([...resumed, ...starting("b", "kms denied")]), true);
  });
});

describe("namesKms", () => {
  const texts: readonly (readonly [text: string, names: boolean])[] = [
    ["KMS key is disabled", true],
    ["could not create grant", true],
    ["failed to encrypt the volume", true],
    ["failed to generate data key", true],
    ["user granted nothing", false],
    ["CannotPullContainerError: manifest unknown", false],
  ];
  for (const [text, names] of texts)
    it(`${names ? "hears KMS in" : "hears no KMS in"} "${text}"`, () => {
      assert.equal(namesKms(text), names);
    });
});
