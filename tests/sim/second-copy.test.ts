// Two copies of the program on the same plan, each with a run directory of its own: neither pre-empts the other.

import assert from "node:assert/strict";
import type { Fleet } from "../../domain/fleet";
import { aFleet, type FleetBuilder } from "../../simulator/fleet-builder";
import { problemsOfAll } from "./checks/problems-of-all";
import { type Life, live } from "./stage/live";
import { traceOf } from "./stage/trace";
import { quietStory } from "./stories/quiet-story";

const MINUTE = 60_000;

const QUIET = quietStory({ options: { soakMs: MINUTE, failuresMax: 100 } });

describe("a second copy of the program on the same plan", function () {
  this.timeout(60_000);

  for (const [when, atMs] of [
    ["in the middle", 20_000],
    ["when the last services are on their way", 4 * MINUTE],
  ] as const) {
    it(`begun ${when} waits for what the first has on its way, and redeploys nothing a second time`, async () => {
      const life = await live({ story: { ...QUIET, secondCopy: { kind: "time", atMs } }, fleet: account() });
      const problems = problemsOfAll(life);
      assert.ok(problems.length === 0, traceOf(life, problems));
      assert.ok(life.second !== null);
      assert.deepEqual([outcomeOf(life), outcomeOf(life.second)], ["proved", "proved"]);
      const sent = [...sentBy(life), ...sentBy(life.second)].toSorted();
      assert.deepEqual(
        sent,
        life.plan.services.map(({ arn }) => arn),
      );
    });
  }

  it("has deployments of its own, which are others' in the life of the first", async () => {
    const fleet = account();
    const life = await live({ story: { ...QUIET, secondCopy: { kind: "time", atMs: 0 } }, fleet });
    const { second } = life;
    assert.ok(second !== null && problemsOfAll(life).length === 0);
    for (const [id, { by }] of life.history.deployments) {
      const inSecond = second.history.deployments.get(id)?.by;
      assert.ok(by === "others" || inSecond === "others", `${id} is both's`);
    }
    const made = [...second.history.deployments.values()].filter(({ by }) => by === "us");
    assert.equal(made.length, sentBy(second).length);
  });
});

function account(): Fleet {
  const start = aFleet()
    .key("a-key", { clusters: ["pay"] })
    .cluster("pay", { key: "a-key" });
  return ["s0", "s1", "s2", "s3", "s4"]
    .reduce<FleetBuilder>((fleet, name) => fleet.service(name, { desired: 2 }), start)
    .build();
}

function sentBy({ calls }: Life): readonly string[] {
  return calls.flatMap(({ operation, input, answer }) =>
    operation === "UpdateService" && answer === "ok" ? [String(input.service)] : [],
  );
}

function outcomeOf({ lines }: Life): string | null {
  const event = lines.findLast(({ event: { kind } }) => kind === "finished")?.event;
  return event?.kind === "finished" ? event.outcome : null;
}
