import assert from "node:assert/strict";
import type { JournalEvent } from "../../../migrate/core/model/journal-event";
import { parseJournalEvent } from "../../../migrate/core/model/parse-journal-event";
import { thrownBy } from "./thrown";

const AT = "2026-06-01T08:00:00.000Z";
const SERVICE = "arn:aws:ecs:eu-west-1:111122223333:service/pay/checkout";
const PROOF = {
  verdict: "pass",
  reason: "its task uses the key",
  asOf: AT,
  serviceArn: SERVICE,
  targetKeyArn: null,
  tasks: [
    {
      verdict: "pass",
      reason: "runs on the key",
      asOf: AT,
      taskArn: "arn:aws:ecs:eu-west-1:111122223333:task/pay/1",
      kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1",
      platformVersion: "1.4.0",
      lastStatus: "RUNNING",
      desiredStatus: "RUNNING",
      startedBy: "ecs-svc/1",
      startedAt: AT,
    },
  ],
} as const;

const EVENTS: readonly JournalEvent[] = [
  { kind: "run-started", planId: "a".repeat(64), fleetSha256: "b".repeat(64), toolVersion: "0.1.0", caller: "arn" },
  { kind: "run-resumed", caller: "arn", repaired: null },
  { kind: "wave-opened", wave: 1 },
  { kind: "wave-closed", wave: 1, soakUntilMs: 1_780_300_800_000 },
  { kind: "set-aside", service: SERVICE, class: "in-flight", reason: "r", remedy: null },
  {
    kind: "redeploy-intended",
    service: SERVICE,
    attempt: 1,
    platformVersion: null,
    knownDeployments: ["ecs-svc/1"],
    knownServiceDeployments: [],
    oldTasks: [],
  },
  { kind: "redeploy-answered", service: SERVICE, answer: { kind: "in-doubt", code: "ECONNRESET", message: "reset" } },
  { kind: "doubt-looked", service: SERVICE, found: { kind: "none" } },
  { kind: "settled", service: SERVICE, revisionArn: null },
  { kind: "verified", service: SERVICE, proof: PROOF },
  { kind: "swept", proofs: [PROOF], standalone: [...PROOF.tasks], newServices: [] },
  { kind: "halted", reason: "r" },
  { kind: "finished", outcome: "proved" },
];

describe("parseJournalEvent", () => {
  for (const event of EVENTS) {
    it(`gives back a ${event.kind} event as it was written`, () => {
      assert.deepEqual(parseJournalEvent(JSON.parse(JSON.stringify(event)), "journal.jsonl line 3"), event);
    });
  }

  it("refuses a kind that it does not know, naming line and kind", () => {
    assert.deepEqual(
      thrownBy(() => parseJournalEvent({ kind: "deleted" }, "journal.jsonl line 3")),
      {
        code: "wrong-shape",
        message: 'journal.jsonl line 3: at $.kind expected a known kind, found "deleted"',
      },
    );
  });

  it("names the member that is wrong inside a proof", () => {
    const proof = { ...PROOF, tasks: [{ ...PROOF.tasks[0], verdict: "ok" }] };
    const { message } = thrownBy(() => parseJournalEvent({ kind: "verified", service: SERVICE, proof }, "line 9"));
    assert.equal(
      message,
      'line 9: at $.proof.tasks[0].verdict expected "pass" or "fail" or "notApplicable" or "unknown", found "ok"',
    );
  });
});
