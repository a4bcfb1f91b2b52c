// Runs on an account with little room: they keep within it by themselves, to the end, and take longer.

import assert from "node:assert/strict";
import type { Fleet } from "../../domain/fleet";
import { aFleet, type FleetBuilder } from "../../simulator/fleet-builder";
import { problemsOf } from "./checks/checks";
import { type Life, live } from "./stage/live";
import { traceOf } from "./stage/trace";
import { quietStory } from "./stories/quiet-story";

const QUIET = quietStory({ options: { soakMs: 0, firstShare: 0, failuresMax: 100 } });

describe("a run with little room", function () {
  this.timeout(60_000);

  it("keeps within the free vCPU until the last old task has drained, and fails nothing", async () => {
    // Each service needs 2 vCPU more: of 5 free, two at a time.
    const life = await lived(account({ free: 5 }));
    assert.equal(outcomeOf(life), "proved");
    assert.equal(mostAtOnce(life), 2);
  });

  it("keeps within the free addresses", async () => {
    const life = await lived(account({ free: 100, addresses: 7 }));
    assert.equal(outcomeOf(life), "proved");
    assert.equal(mostAtOnce(life), 3);
  });

  it("does one at a time where one alone needs more than there is", async () => {
    const life = await lived(account({ free: 1 }));
    assert.equal(mostAtOnce(life), 1);
  });

  it("does all at once where there is room for all", async () => {
    const life = await lived(account({ free: 100 }));
    assert.ok(mostAtOnce(life) >= 5);
  });

  it("is planned with the time that the room makes it take", async () => {
    const [tight, wide] = [await lived(account({ free: 5 })), await lived(account({ free: 100 }))];
    const [tightMs, wideMs] = [tight.plan.totals.expectedMs, wide.plan.totals.expectedMs];
    assert.ok(tightMs > 1.5 * wideMs, `${tightMs} ms against ${wideMs} ms`);
    assert.ok(tight.endedMs - tight.beganMs > wide.endedMs - wide.beganMs);
  });
});

async function lived(fleet: Fleet): Promise<Life> {
  const life = await live({ story: QUIET, fleet });
  const problems = problemsOf(life);
  assert.ok(problems.length === 0, traceOf(life, problems));
  return life;
}

/** Six services of two tasks of one vCPU each. */
function account({ free, addresses = 200 }: { readonly free: number; readonly addresses?: number }): Fleet {
  const start = aFleet()
    .key("a-key", { clusters: ["pay"] })
    .cluster("pay", { key: "a-key" })
    .subnet("subnet-0a1b2c3d", { freeAddresses: addresses })
    .vcpu({ onDemand: 12 + free });
  return ["s0", "s1", "s2", "s3", "s4", "s5"]
    .reduce<FleetBuilder>((fleet, name) => fleet.service(name, { desired: 2, cpuUnits: 1024 }), start)
    .build();
}

/** From the intent until its last old task was seen to have stopped, or it was decided. */
function mostAtOnce({ lines }: Life): number {
  const active = new Set<string>();
  let most = 0;
  for (const { event } of lines) {
    if (event.kind === "redeploy-intended") active.add(event.service);
    if (event.kind === "progressed" && event.progress.phase === "draining" && event.progress.tasksOld === 0)
      active.delete(event.service);
    if (event.kind === "verified" || event.kind === "failed" || event.kind === "set-aside")
      active.delete(event.service);
    most = Math.max(most, active.size);
  }
  return most;
}

function outcomeOf({ lines }: Life): string | null {
  const { event } = lines.findLast(({ event: { kind } }) => kind === "finished") ?? {};
  return event?.kind === "finished" ? event.outcome : null;
}
