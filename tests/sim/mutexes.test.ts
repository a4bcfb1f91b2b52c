// Services that must not roll together, through whole runs: told by hand, each as the smallest story that shows it.

import assert from "node:assert/strict";
import type { Fleet } from "../../domain/fleet";
import type { JournalEvent } from "../../migrate/core/model/journal-event";
import { aFleet, type FleetBuilder } from "../../simulator/fleet-builder";
import { problemsOf } from "./checks/checks";
import { type Life, live } from "./stage/live";
import { traceOf } from "./stage/trace";
import { quietStory } from "./stories/quiet-story";
import type { Story } from "./stories/story";

const MINUTE = 60_000;
const TAG = "shared-db";

const QUIET = quietStory({ options: { soakMs: 0, firstShare: 0, failuresMax: 100, mutexTags: [TAG] } });

describe("a run with services that must not roll together", function () {
  this.timeout(60_000);

  it("redeploys them one after the other, and the rest beside them", async () => {
    const life = await lived({}, account(["a", "a", "a", "a", null, null]));
    assert.equal(outcomeOf(life), "proved");
    const order = eventsOf(life, "redeploy-intended").map(({ service }) => service.slice(-2));
    assert.deepEqual(order, ["s0", "s1", "s4", "s5", "s2", "s3"]);
  });

  it("goes on with the next one when the holder has failed", async () => {
    const fleet = account(["a", "a", "a"], (builder, name) =>
      name === "s0" ? builder.failing("exits").breaker(true) : builder,
    );
    const life = await lived({}, fleet);
    assert.equal(eventsOf(life, "failed").length, 1);
    assert.equal(eventsOf(life, "verified").length, 2);
  });

  it("holds what they share through a doubt and a death of the process", async () => {
    const faults = [{ kind: "timeout-after-act", operation: "UpdateService", fromMs: 0, count: 1 }] as const;
    const deaths = [{ line: 6, when: "after", awayMs: 90 * 1_000 }] as const;
    const life = await lived({ faults, deaths }, account(["a", "a", "a"]));
    assert.equal(outcomeOf(life), "proved");
  });

  it("sets aside in the end what waits for a service past its time, rather than never ending", async () => {
    const fault = { kind: "capacity-short", refusals: 1_000_000, untilMs: Number.MAX_SAFE_INTEGER } as const;
    const cue = { kind: "time", atMs: 5 * MINUTE } as const;
    const rivals = [{ cue, service: null, acts: [{ afterMs: 0, fault }] }];
    const life = await lived({ rivals, options: { ...QUIET.options, soakMs: 10 * MINUTE } }, account(["b", "a", "a"]));
    assert.deepEqual(
      eventsOf(life, "overdue").map(({ service }) => service.slice(-2)),
      ["s1"],
    );
    assert.deepEqual(
      eventsOf(life, "set-aside").map((event) => [event.service.slice(-2), event.class]),
      [["s2", "held-back"]],
    );
    assert.equal(outcomeOf(life), "failed-or-unproved");
  });
});

async function lived(told: Partial<Story>, fleet: Fleet): Promise<Life> {
  const life = await live({ story: { ...QUIET, ...told }, fleet });
  const problems = problemsOf(life);
  assert.ok(problems.length === 0, traceOf(life, problems));
  return life;
}

/** Services s0, s1 … of two tasks, with these values of the tag; null has none. */
function account(
  values: readonly (string | null)[],
  more: (builder: FleetBuilder, name: string) => FleetBuilder = (builder) => builder,
): Fleet {
  const start = aFleet()
    .key("a-key", { clusters: ["pay"] })
    .cluster("pay", { key: "a-key" });
  return values
    .reduce<FleetBuilder>((fleet, value, index) => {
      const service = fleet.service(`s${index}`, { desired: 2 });
      return more(value === null ? service : service.tagged({ [TAG]: value }), `s${index}`);
    }, start)
    .build();
}

function eventsOf<K extends JournalEvent["kind"]>(life: Life, kind: K): Extract<JournalEvent, { kind: K }>[] {
  return life.lines.flatMap(({ event }) => (event.kind === kind ? [event as Extract<JournalEvent, { kind: K }>] : []));
}

function outcomeOf(life: Life): string | undefined {
  return eventsOf(life, "finished")[0]?.outcome;
}
