// Bugs that the simulation found, each told again by hand as the smallest story in which it showed.

import assert from "node:assert/strict";
import type { Fleet } from "../../domain/fleet";
import type { JournalEvent } from "../../migrate/core/model/journal-event";
import { aFleet, type FleetBuilder } from "../../simulator/fleet-builder";
import { problemsOf } from "./checks/checks";
import { type Life, live } from "./stage/live";
import { traceOf } from "./stage/trace";
import { quietStory } from "./stories/quiet-story";
import { tornDown } from "./stories/rivals";
import type { Story } from "./stories/story";

const MINUTE = 60_000;

const QUIET = quietStory({ options: { soakMs: MINUTE, failuresMax: 100 } });

describe("what the simulation found", function () {
  this.timeout(30_000);

  it("a throttled UpdateService is not sent on a look that has grown old meanwhile, and is made up for later", async () => {
    const faults = [{ kind: "throttle", operation: "UpdateService", fromMs: 0, untilMs: 2 * MINUTE }] as const;
    const life = await lived({ faults }, threeServices());
    assert.equal(outcomeOf(life), "proved");
  });

  it("the key of a cluster is looked at again when the services of a batch take long to read", async () => {
    const faults = [
      { kind: "slow", delayMs: 12_000, operation: "ListTasks", fromMs: 0, untilMs: 60 * MINUTE },
    ] as const;
    const names = Array.from({ length: 7 }, (_, number) => `s${number}`);
    const fleet = account((pay) => names.reduce((builder, name) => builder.service(name, { desired: 1 }), pay));
    const life = await lived({ faults, options: { soakMs: 0 } }, fleet);
    assert.equal(outcomeOf(life), "proved");
  });

  it("services are set aside in the end, and not tried for ever, when AWS answers too slowly to act on what it says", async () => {
    const operation = "DescribeServices";
    const faults = [{ kind: "slow", delayMs: 8_000, operation, fromMs: 0, untilMs: 600 * MINUTE }] as const;
    const life = await lived({ faults }, threeServices());
    assert.deepEqual(
      eventsOf(life, "set-aside").map((event) => event.class),
      ["slow", "slow", "slow"],
    );
  });

  it("a service that was deleted before its turn is set aside, and the others go on", async () => {
    const fleet = threeServices();
    const last = fleet.services.find(({ name }) => name === "s2");
    const deleted = { kind: "service-deleted", cluster: "pay", service: "s2" } as const;
    const cue = { kind: "time", atMs: 0 } as const;
    const options = { soakMs: 120 * MINUTE };
    const life = await lived(
      { options, rivals: [{ cue, service: null, acts: [{ afterMs: 0, fault: deleted }] }] },
      fleet,
    );
    assert.deepEqual(
      eventsOf(life, "set-aside").map(({ service }) => service),
      [last?.arn],
    );
    assert.equal(eventsOf(life, "verified").length, 2);
  });

  for (const [phase, line] of [
    ["in doubt", 3],
    ["on its way", 5],
  ] as const) {
    it(`a cluster that is torn down while a service of it is ${phase} does not keep the run from ending`, async () => {
      const fleet = threeServices();
      const [cluster] = fleet.clusters;
      assert.ok(cluster !== undefined);
      const rival = { cue: { kind: "line", line: "redeploy-intended", delayMs: 20_000 }, service: null } as const;
      const away = [{ line, when: "after", awayMs: 120 * MINUTE }] as const;
      const life = await lived({ deaths: away, rivals: [{ ...rival, acts: tornDown(fleet, cluster) }] }, fleet);
      assert.equal(eventsOf(life, "verified").length, 0);
      assert.equal(outcomeOf(life), "failed-or-unproved");
    });
  }

  it("a cluster that is torn down while a service of it drains does not keep the run from ending", async () => {
    const fleet = threeServices();
    const [cluster] = fleet.clusters;
    assert.ok(cluster !== undefined);
    const cue = { kind: "state", state: "draining", delayMs: 0 } as const;
    const life = await lived(
      {
        mishaps: [{ kind: "dies", when: "after", cue, awayMs: 120 * MINUTE }],
        rivals: [{ cue, service: null, acts: tornDown(fleet, cluster) }],
      },
      fleet,
    );
    assert.equal(eventsOf(life, "settled").length, 1);
    assert.equal(eventsOf(life, "verified").length, 0);
    assert.equal(outcomeOf(life), "failed-or-unproved");
  });

  it("a key in trouble is noticed although the service's tasks failed for another reason before", async () => {
    const fleet = account((pay) => pay.service("s0", { desired: 2 }).failing("exits").service("s1", { desired: 2 }));
    const key = fleet.keys[0]?.arn ?? "";
    const rival = { cue: { kind: "line", line: "redeploy-answered", delayMs: 30_000 }, service: null } as const;
    const disabled = [{ afterMs: 0, fault: { kind: "key-disabled", key } }] as const;
    const life = await lived({ rivals: [{ ...rival, acts: disabled }] }, fleet);
    assert.match(eventsOf(life, "held")[0]?.reason ?? "", /KMS/);
    assert.match(eventsOf(life, "halted")[0]?.reason ?? "", /the key is Disabled/);
  });

  it("services of two clusters that share an ARN of the old format are not taken for each other", async () => {
    const old = (fleet: FleetBuilder) =>
      fleet.service("api", { desired: 2 }).oldArnFormat().service("own", { desired: 2 });
    const fleet = old(old(keys().cluster("pay", { key: "a-key" })).cluster("web", { key: "a-key" })).build();
    const life = await lived({}, fleet);
    assert.deepEqual(life.plan.services.map(({ name }) => name).toSorted(), ["own", "own"]);
  });
});

async function lived(told: Partial<Story>, fleet: Fleet): Promise<Life> {
  const life = await live({ story: { ...QUIET, ...told }, fleet });
  const problems = problemsOf(life);
  assert.ok(problems.length === 0, traceOf(life, problems));
  return life;
}

function threeServices(): Fleet {
  return account((pay) => ["s0", "s1", "s2"].reduce((fleet, name) => fleet.service(name, { desired: 2 }), pay));
}

function account(fill: (pay: FleetBuilder) => FleetBuilder): Fleet {
  return fill(keys().cluster("pay", { key: "a-key" })).build();
}

function keys(): FleetBuilder {
  return aFleet().key("a-key", { clusters: ["pay", "web"] });
}

function eventsOf<K extends JournalEvent["kind"]>(life: Life, kind: K): Extract<JournalEvent, { kind: K }>[] {
  return life.lines.flatMap(({ event }) => (event.kind === kind ? [event as Extract<JournalEvent, { kind: K }>] : []));
}

function outcomeOf(life: Life): string | undefined {
  return eventsOf(life, "finished")[0]?.outcome;
}
