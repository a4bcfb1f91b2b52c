// Any event at all, for services of the plan and strangers alike: what applyEvent must bear.

import fc from "fast-check";
import type { JournalEvent } from "../../../migrate/core/model/journal-event";
import {
  adopted,
  arnOf,
  begun,
  failed,
  foundNothing,
  held,
  intended,
  keySeen,
  PROGRESS,
  proofOf,
  RELEASED,
  RESUMED,
  requeued,
  STARTED,
  setAside,
  settled,
  swept,
  unanswered,
  verified,
} from "./run-fixture";

export function anyEvent(names: readonly string[]): fc.Arbitrary<JournalEvent> {
  return fc.oneof(runEvent(names), fc.constantFrom(...names, "stranger").chain(serviceEvent));
}

/** Events with their seconds after the start, in order of time. */
export function anyHistory(names: readonly string[]): fc.Arbitrary<readonly (readonly [number, JournalEvent])[]> {
  const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), anyEvent(names)), { maxLength: 60 });
  return steps.map((list) => {
    let seconds = 0;
    return list.map(([after, event]) => {
      seconds += after;
      return [seconds, event] as const;
    });
  });
}

function runEvent(names: readonly string[]): fc.Arbitrary<JournalEvent> {
  return fc.oneof(
    fc.constant(STARTED),
    fc.constant(RESUMED),
    fc.constant<JournalEvent>({ kind: "preflight", asOf: "2026-06-01T08:00:00.000Z", answers: [] }),
    fc.integer({ min: 1, max: 4 }).map((wave): JournalEvent => ({ kind: "wave-opened", wave })),
    fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.nat())
      .map(([wave, soakUntilMs]): JournalEvent => ({ kind: "wave-closed", wave, soakUntilMs })),
    fc
      .constantFrom("pause", "resume", "abort", "abort-and-roll-back", "approve")
      .map((request): JournalEvent => ({ kind: "control", request })),
    fc.constantFrom<JournalEvent>(
      keySeen(null),
      keySeen("the key is Disabled"),
      held("looked"),
      held("start-failures"),
      RELEASED,
      { kind: "held", clusters: ["a stranger"], keyArn: "key", reason: "", cause: "looked" },
      { kind: "gate-looked", wave: 2, firing: ["too-slow"], unseen: null },
      { kind: "gate-looked", wave: 2, firing: [], unseen: null },
      { kind: "rebuilt", why: "the journal was missing" },
    ),
    fc.subarray([...names, "stranger"]).map((some) => requeued(...some)),
    fc.constant<JournalEvent>({ kind: "halted", reason: "budget" }),
    fc.constant<JournalEvent>({ kind: "paused", reason: "credentials", next: "run" }),
    fc.subarray([...names]).map((some) => swept(some.map((name) => proofOf(name)))),
    fc
      .constantFrom("proved", "failed-or-unproved", "aborted")
      .map((outcome): JournalEvent => ({ kind: "finished", outcome })),
  );
}

function serviceEvent(name: string): fc.Arbitrary<JournalEvent> {
  const service = arnOf(name);
  return fc.oneof(
    fc.constantFrom<JournalEvent>(
      intended(name),
      begun(name),
      adopted(name),
      foundNothing(name),
      settled(name),
      verified(name),
      failed(name, "KMS key is disabled"),
      setAside(name),
      { kind: "superseded", service, byDeploymentId: "ecs-svc/theirs" },
      { kind: "overdue", service, afterMs: 1 },
      { kind: "stop-intended", service, serviceDeploymentArn: `sd/new-${name}`, why: "it fails" },
      { kind: "stop-answered", service, accepted: true, message: "" },
      { kind: "stop-answered", service, accepted: false, message: "throttled" },
    ),
    fc.constantFrom("refused", "not-sent", "in-doubt").map((kind) => unanswered(name, kind)),
    fc
      .record({
        phase: fc.constantFrom("starting", "rolling", "draining", "rolling-back"),
        tasksOnKey: fc.nat(4),
        failedTasks: fc.nat(5),
        startFailure: fc.constantFrom(null, "KMS key is disabled", "CannotPullContainerError", "odd"),
        rollsBackItself: fc.boolean(),
        belowMinimum: fc.boolean(),
      })
      .map((some): JournalEvent => ({ kind: "progressed", service, progress: { ...PROGRESS, ...some } })),
  );
}
