// What a run reads before it redeploys: together, as few as show it, and never too old.

import assert from "node:assert/strict";
import type { ServiceRecord } from "../../../domain/fleet";
import { LIMITS } from "../../../migrate/core/limits";
import { accountsFor, looksTheSame } from "../../../migrate/drive/admission-reads";
import { RunRig } from "../drive/run-rig";
import { arnOf, fleetOf, serviceOf } from "../machine/run-fixture";

/** As many as are begun on a cluster whose key nobody has seen work yet. */
const NAMES = ["a", "b", "c"];

/** Calls up to the last UpdateService of the first batch, by operation. */
function callsBefore(rig: RunRig, updates: number): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const operation of rig.ecs.calls) {
    counts[operation] = (counts[operation] ?? 0) + 1;
    if (counts.UpdateService === updates) return counts;
  }
  return counts;
}

describe("before a batch is redeployed", () => {
  it("its cluster, tasks, services, protection and service deployments are read with one call each", async () => {
    const rig = new RunRig({ waves: [NAMES] });
    await rig.run();
    assert.deepEqual(callsBefore(rig, NAMES.length), {
      DescribeClusters: 1,
      DescribeTasks: 1,
      DescribeServices: 1,
      GetTaskProtection: 1,
      DescribeServiceDeployments: 1,
      UpdateService: NAMES.length,
    });
  });

  it("what is left of one that takes its time is looked at again with one call, and nothing is sent on an older look", async () => {
    const rig = new RunRig({ waves: [NAMES] });
    const sentMs: number[] = [];
    rig.ecs.onRedeploy = () => {
      sentMs.push(rig.clock.nowMs());
      rig.clock.advance(4_500);
    };
    const lookedMs: number[] = [];
    rig.ecs.fault = (operation) => {
      if (operation === "DescribeServices") lookedMs.push(rig.clock.nowMs());
      return null;
    };
    await rig.run();
    assert.deepEqual(rig.ecs.redeployed, NAMES);
    for (const atMs of sentMs) {
      const lookMs = lookedMs.findLast((one) => one <= atMs) ?? 0;
      assert.ok(atMs - lookMs <= LIMITS.admissionLookAgeMaxMs, `${atMs - lookMs} ms`);
    }
    const { DescribeServices, DescribeTasks } = callsBefore(rig, NAMES.length);
    assert.deepEqual([DescribeServices, DescribeTasks], [3, 1]);
  });

  it("whoever has changed by then is read as a whole, and no team's deployment is deployed over", async () => {
    const rig = new RunRig({ waves: [NAMES] });
    rig.ecs.onRedeploy = (arn) => {
      rig.clock.advance(2_500);
      if (arn === arnOf("a")) rig.ecs.deployByTeam(arnOf("c"));
    };
    const { state } = await rig.run();
    assert.deepEqual(rig.ecs.redeployed, ["a", "b"]);
    assert.equal(state.services.get(arnOf("c"))?.phase, "verified");
  });

  it("tasks are listed when the counts say that others run than the scan saw", async () => {
    const rig = new RunRig({ waves: [["a", "b"]] });
    rig.ecs.deployByTeam(arnOf("b"));
    rig.clock.advance(10 * 60_000);
    await rig.run();
    assert.deepEqual(rig.ecs.redeployed, ["a"]);
    const verified = rig.store.events("verified").map((event) => event.kind === "verified" && event.service);
    assert.deepEqual(verified.toSorted(), [arnOf("a"), arnOf("b")]);
    assert.ok((callsBefore(rig, 1).ListTasks ?? 0) > 0);
  });

  it("one service that cannot be described beside the others is read by itself, and they have their turn", async () => {
    const rig = new RunRig({ waves: [["a", "b", "c"]] });
    rig.ecs.fault = (operation, about) =>
      operation === "DescribeServices" && about.includes(arnOf("b")) && rig.secondsGone() < 600 ? "server" : null;
    const { state } = await rig.run();
    assert.deepEqual(rig.ecs.redeployed, ["a", "c", "b"]);
    assert.equal(state.outcome, "proved");
  });
});

describe("the service deployments from before", () => {
  it("are known by the one that the service names, without a list", async () => {
    const rig = new RunRig({ waves: [["a", "b"]] });
    await rig.run();
    assert.equal(callsBefore(rig, 2).ListServiceDeployments ?? 0, 0);
    const named = rig.fleet.services.map(({ currentServiceDeployment }) => [currentServiceDeployment]);
    const known = rig.store
      .events("redeploy-intended")
      .map((event) => (event.kind === "redeploy-intended" ? event.knownServiceDeployments : []));
    assert.deepEqual(known.toSorted(), named.toSorted());
  });

  it("are told from ours after a doubt: an older one that was rolled back is neither ours nor a failure", async () => {
    for (const acted of [true, false]) {
      const rig = new RunRig({ waves: [["a"]] });
      rig.ecs.redeployFaults.set("a", [{ kind: "reset", acted }]);
      const { state } = await rig.run();
      assert.deepEqual([state.outcome, rig.ecs.redeployed], ["proved", ["a"]]);
      const listed = await rig.ecs.listServiceDeployments({ service: "a" });
      assert.ok(listed.some(({ status }) => status === "ROLLBACK_SUCCESSFUL"));
    }
  });

  it("are listed where it leaves their name blank", async () => {
    const rig = new RunRig({ waves: [["a", "b"]] });
    rig.ecs.namesServiceDeployment = false;
    const { state } = await rig.run();
    assert.equal(callsBefore(rig, 2).ListServiceDeployments, 2);
    assert.equal(state.outcome, "proved");
  });
});

describe("all tasks of a service that run", () => {
  const fleet = fleetOf(["a"]);
  const service = serviceOf(fleet, "a");
  const [first, second] = fleet.tasks;
  const tasks = [first, second].flatMap((task) => task ?? []);
  const change = (over: Partial<ServiceRecord>): ServiceRecord => ({ ...service, ...over });
  const draining = { desiredStatus: "STOPPED", lastStatus: "DEACTIVATING" };
  const [deployment] = service.deployments;
  const cases: readonly (readonly [title: string, service: ServiceRecord, tasks: typeof tasks, all: boolean])[] = [
    ["are the known ones when as many run", service, tasks, true],
    ["are not when one of the known has stopped", service, tasks.slice(1), false],
    ["are not when more run", change({ runningCount: 3 }), tasks, false],
    ["are not when one is starting", change({ pendingCount: 1 }), tasks, false],
    [
      "are not when a known one has not begun to run",
      service,
      tasks.map((task) => ({ ...task, lastStatus: "PENDING" })),
      false,
    ],
    [
      "are the known ones beside one that drains",
      service,
      [...tasks, ...tasks.map((task) => ({ ...task, ...draining }))],
      true,
    ],
    [
      "are not while another deployment is there",
      change({ deployments: [deployment, deployment].flatMap((one) => one ?? []) }),
      tasks,
      false,
    ],
    ["are not when it is being deleted", change({ status: "DRAINING" }), tasks, false],
    ["are none when it has none", change({ runningCount: 0, desiredCount: 0 }), [], true],
  ];
  for (const [title, seen, known, all] of cases)
    it(title, () => {
      assert.equal(accountsFor(seen, known), all);
    });
});

describe("a service looked at again", () => {
  const service = serviceOf(fleetOf(["a"]), "a");
  const seen = { service } as Parameters<typeof looksTheSame>[0];
  it("is the same when nothing but its events has changed", () => {
    assert.ok(looksTheSame(seen, { ...service, events: [{ at: "2026-06-01T09:00:00.000Z", message: "steady" }] }));
  });

  it("is not when a count, its deployments or its current service deployment has", () => {
    const changes: readonly Partial<ServiceRecord>[] = [
      { runningCount: 1 },
      { desiredCount: 3 },
      { deployments: [] },
      { currentServiceDeployment: "sd/another" },
    ];
    for (const change of changes) assert.ok(!looksTheSame(seen, { ...service, ...change }));
  });

  it("is not when it does not roll: what is unfinished there shows in its list alone", () => {
    const blueGreen = { ...service, strategy: "BLUE_GREEN" as const };
    assert.ok(!looksTheSame({ ...seen, service: blueGreen }, blueGreen));
  });
});
