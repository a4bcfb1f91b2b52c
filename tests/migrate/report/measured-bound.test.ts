// The bound made from measured times, over runs told line by line: what makes it too great, and what it must still see.

import assert from "node:assert/strict";
import type { Fleet } from "../../../domain/fleet";
import type { JournalEvent } from "../../../migrate/core/model/journal-event";
import { payCluster } from "../fleets/service-case";
import { begun, intended, look, minute, planFor, reportOf, started } from "./a-run";

const FLEET = payCluster().service("checkout", { desired: 3 }).breaker(true).service("refunds", { desired: 2 }).build();
const PLAN = planFor(FLEET);
const KEY = FLEET.keys[0]?.arn ?? "";
const [FIRST, SECOND] = PLAN.waves.map(({ services: [arn] }) => serviceOf(arn ?? ""));
const MINUTE = 60_000;

function serviceOf(arn: string): Fleet["services"][number] {
  return FLEET.services.find((one) => one.arn === arn) ?? assert.fail(`no service ${arn}`);
}

function open(wave: number): JournalEvent {
  return { kind: "wave-opened", wave };
}

function closed(wave: number): JournalEvent {
  return { kind: "wave-closed", wave, soakUntilMs: Date.parse(minute(0)) };
}

function proved(service: Fleet["services"][number]): JournalEvent {
  return { kind: "verified", service: service.arn, proof: look(service, { keyArn: KEY, asOf: minute(0) }) };
}

function boundOf(events: readonly JournalEvent[]): number | null {
  return reportOf(FLEET, [begun(PLAN), ...events]).timeline.lowerBoundMs.actual;
}

describe("the lower bound with the times that services took", () => {
  const first = FIRST ?? assert.fail();
  const second = SECOND ?? assert.fail();
  const finished: JournalEvent = { kind: "finished", outcome: "failed-or-unproved" };

  it("is not known before the run has ended", () => {
    assert.equal(boundOf([open(1), intended(first.arn), started(first.arn), proved(first)]), null);
  });

  it("is each wave's longest service, and the soak that the next wave waited for", () => {
    const one = [open(1), intended(first.arn), started(first.arn), proved(first), closed(1)];
    const two = [open(2), intended(second.arn), started(second.arn), proved(second), closed(2)];
    assert.equal(boundOf([...one, ...two, finished]), 2 * MINUTE + MINUTE + 2 * MINUTE);
  });

  it("leaves out the soak of a run that ended in it", () => {
    assert.equal(
      boundOf([open(1), intended(first.arn), started(first.arn), proved(first), closed(1), finished]),
      2 * MINUTE,
    );
  });

  it("takes of a service past its time only what lay in its wave", () => {
    const overdue: JournalEvent = { kind: "overdue", service: first.arn, afterMs: 1 };
    const one = [open(1), intended(first.arn), started(first.arn), overdue, closed(1)];
    const two = [open(2), intended(second.arn), started(second.arn), proved(second), closed(2), proved(first)];
    assert.equal(boundOf([...one, ...two, finished]), 3 * MINUTE + MINUTE + 2 * MINUTE);
  });

  it("leaves out a service whose call never began anything, however long it waited afterwards", () => {
    const answer = { kind: "not-sent", code: "ThrottlingException", message: "" } as const;
    const back: JournalEvent = { kind: "redeploy-answered", service: first.arn, answer };
    const aside: JournalEvent = { kind: "set-aside", service: first.arn, class: "slow", reason: "", remedy: null };
    assert.equal(boundOf([open(1), intended(first.arn), back, aside, closed(1), finished]), 0);
  });

  it("counts a wave that was never closed until the run's end", () => {
    assert.equal(boundOf([open(1), intended(first.arn), started(first.arn), finished]), 2 * MINUTE);
  });
});
