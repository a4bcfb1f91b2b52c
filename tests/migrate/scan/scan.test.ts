import assert from "node:assert/strict";
import type { Fleet } from "../../../domain/fleet";
import { sha256Hex } from "../../../migrate/core/canonical-json";
import { apiCallsMin } from "../../../migrate/core/plan/api-calls-min";
import { type ScanProgress, scan, type WholeScan } from "../../../migrate/drive/scan";
import type { AwsFailureKind } from "../../../migrate/ports/aws-failure";
import type { Clock } from "../../../migrate/ports/clock";
import { aFleet } from "../../../simulator/fleet-builder";
import { type FleetAccountOptions, fleetAccount } from "./fleet-account";

const AT = "2026-06-01T08:00:00.000Z";
const clock: Clock = { nowMs: () => Date.parse(AT), sleep: () => Promise.resolve() };

const MIXED = aFleet({ at: AT })
  .key("pay-key", { clusters: ["pay"] })
  .cluster("pay", { key: "pay-key" })
  .service("api", { desired: 3 })
  .service("keyed", { desired: 2 })
  .keyed()
  .service("spot")
  .spot()
  .service("windows")
  .windows()
  .standaloneTask("report")
  .cluster("ops")
  .service("worker")
  .service("machines")
  .ec2()
  .build();

describe("a scan", () => {
  it("reads a mixed account into the fleet that it is", async () => {
    const { fleet } = await scanned(MIXED);
    assert.deepEqual(names(fleet.clusters), names(MIXED.clusters));
    assert.deepEqual(arns(fleet.services), arns(MIXED.services));
    assert.deepEqual(arns(fleet.tasks), arns(MIXED.tasks));
    assert.deepEqual(fleet.lane, MIXED.lane);
    assert.deepEqual(arns(fleet.keys), arns(MIXED.keys));
    assert.deepEqual(fleet.unread, []);
    assert.equal(fleet.readAt, AT);
  });

  it("gives the same bytes whatever the order in which AWS answers", async () => {
    const [forth, back] = [await scanned(MIXED), await scanned(MIXED, { reversed: true })];
    assert.equal(digest(forth.fleet), digest(back.fleet));
  });

  it("reads what surrounds Fargate and nothing of what runs on instances only", async () => {
    const { calls } = await scanned(MIXED);
    const machines = MIXED.services.find(({ name }) => name === "machines");
    assert.ok(machines?.taskDefinitionArn);
    assert.ok(!calls.includes(`ecs:DescribeTaskDefinition ${machines.taskDefinitionArn}`));
    assert.equal(
      calls.filter((call) => call.startsWith("ecs:DescribeTaskDefinition")).length,
      new Set(calls.filter((call) => call.startsWith("ecs:DescribeTaskDefinition"))).size,
    );
  });

  it("keeps tasks that drain and belong to a service, and forgets those that have stopped", async () => {
    const [api] = MIXED.tasks.filter(({ group }) => group === "service:api");
    assert.ok(api);
    const draining = { ...api, arn: `${api.arn}d`, desiredStatus: "STOPPED", lastStatus: "DEACTIVATING" };
    const stopped = { ...api, arn: `${api.arn}e`, desiredStatus: "STOPPED", lastStatus: "STOPPED" };
    const foreign = { ...draining, arn: `${api.arn}f`, group: "service:deleted-long-ago" };
    const { fleet } = await scanned({ ...MIXED, tasks: [...MIXED.tasks, draining, stopped, foreign] });
    const found = arns(fleet.tasks);
    assert.ok(found.includes(draining.arn));
    assert.ok(!found.includes(stopped.arn));
    assert.ok(!found.includes(foreign.arn));
  });

  it("says of a cluster's lists the newest instant at which something of them was seen", async () => {
    const asked: { readonly operation: string; readonly nowMs: number }[] = [];
    let nowMs = Date.parse(AT);
    const failing = (operation: string) => {
      nowMs += 1_000;
      asked.push({ operation, nowMs });
      return null;
    };
    const ticking: Clock = { nowMs: () => nowMs, sleep: () => Promise.resolve() };
    const { fleet } = await scanned(MIXED, { failing }, { clock: ticking, clusters: ["pay"] });
    const [pay] = fleet.clusters;
    const seen = (operation: string) => new Date(asked.findLast((one) => one.operation === operation)?.nowMs ?? 0);
    assert.equal(pay?.tasks.kind === "known" && pay.tasks.asOf, seen("ecs:DescribeTasks").toISOString());
    assert.equal(pay?.services.kind === "known" && pay.services.asOf, seen("ecs:DescribeServices").toISOString());
  });

  it("leaves INACTIVE clusters and services out", async () => {
    const clusters = MIXED.clusters.map((cluster) =>
      cluster.name === "ops" ? { ...cluster, status: "INACTIVE" } : cluster,
    );
    const services = MIXED.services.map((service) =>
      service.name === "api" ? { ...service, status: "INACTIVE" } : service,
    );
    const { fleet } = await scanned({ ...MIXED, clusters, services });
    assert.deepEqual(names(fleet.clusters), ["pay"]);
    assert.ok(!names(fleet.services).includes("api"));
  });

  it("looks only at the clusters that were named, without listing the others", async () => {
    const { fleet, calls } = await scanned(MIXED, {}, { clusters: ["ops"] });
    assert.deepEqual(names(fleet.clusters), ["ops"]);
    assert.ok(!calls.some((call) => call.startsWith("ecs:ListClusters")));
  });

  it("looks at nothing for an empty list of names, and does not take it for all", async () => {
    const { fleet, calls } = await scanned(MIXED, {}, { clusters: [] });
    assert.deepEqual([fleet.clusters, fleet.services, fleet.tasks], [[], [], []]);
    assert.ok(!calls.some((call) => call.startsWith("ecs:ListClusters")));
  });

  it("refuses a cluster that is not there and names the one that was meant", async () => {
    await assert.rejects(scanned(MIXED, {}, { clusters: ["pya"] }), {
      code: "no-such-cluster",
      message: /no cluster pya in account 111122223333, eu-west-1/,
      remedy: /did you mean pay\?/,
    });
  });

  it("reports its way", async () => {
    const seen: ScanProgress[] = [];
    await scanned(MIXED, {}, { onProgress: (progress) => seen.push(progress) });
    assert.deepEqual(seen[0], { stage: "clusters", done: 2, total: 2 });
    assert.deepEqual(
      seen.filter(({ stage }) => stage === "services and tasks").map(({ done }) => done),
      [1, 2],
    );
    assert.ok(seen.every(({ done, total }) => done <= total));
  });

  it("spends no more calls than its lists and batches need", async () => {
    const { calls, fleet } = await scanned(MIXED);
    assert.equal(calls.length, apiCallsMin(fleet, []));
  });
});

describe("a scan that is denied something", () => {
  const denied = (operation: string, subject = "") => ({
    failing: (asked: string, about: string): AwsFailureKind | null =>
      asked === operation && about.includes(subject) ? "denied" : null,
  });

  it("says that a cluster's services are unknown, with the permission, and reads the rest", async () => {
    const { fleet } = await scanned(MIXED, denied("ecs:ListServices", "cluster/ops"));
    const ops = fleet.clusters.find(({ name }) => name === "ops");
    assert.equal(ops?.services.kind, "unknown");
    assert.equal(ops?.services.kind === "unknown" && ops.services.permission, "ecs:ListServices");
    assert.ok(names(fleet.services).includes("api"));
    assert.deepEqual(
      fleet.unread.map(({ operation, permission }) => [operation, permission]),
      [["ecs:ListServices", "ecs:ListServices"]],
    );
  });

  it("keeps the cluster when DescribeClusters is denied, its configuration unknown", async () => {
    const { fleet } = await scanned(MIXED, denied("ecs:DescribeClusters"));
    assert.deepEqual(names(fleet.clusters), ["ops", "pay"]);
    assert.ok(fleet.clusters.every(({ configuration }) => configuration.kind === "unknown"));
    assert.deepEqual(arns(fleet.services), arns(MIXED.services));
  });

  it("keeps a task definition, a key and a subnet as unknown, never absent", async () => {
    for (const [operation, kinds] of [
      ["ecs:DescribeTaskDefinition", (fleet: Fleet) => fleet.taskDefinitions.map(({ kind }) => kind)],
      ["kms:DescribeKey", (fleet: Fleet) => fleet.keys.map(({ metadata }) => metadata.kind)],
      ["kms:GetKeyPolicy", (fleet: Fleet) => fleet.keys.map(({ policy }) => policy.kind)],
      [
        "ec2:DescribeSubnets",
        (fleet: Fleet) => fleet.subnets.map(({ availableIpAddresses }) => availableIpAddresses.kind),
      ],
    ] as const) {
      const { fleet } = await scanned(MIXED, denied(operation));
      assert.ok(kinds(fleet).length > 0, operation);
      assert.ok(
        kinds(fleet).every((kind) => kind === "unknown"),
        operation,
      );
      assert.ok(
        fleet.unread.every((entry) => entry.permission === operation),
        operation,
      );
    }
  });

  it("says that tasks are unknown when those that drain cannot be listed", async () => {
    const { fleet } = await scanned(MIXED, denied("ecs:ListTasks", "cluster/pay STOPPED"));
    assert.equal(fleet.clusters.find(({ name }) => name === "pay")?.tasks.kind, "unknown");
  });

  it("takes a call that went on failing for unread, without naming a permission", async () => {
    const { fleet } = await scanned(MIXED, {
      failing: (operation) => (operation === "kms:GetKeyPolicy" ? "server" : null),
    });
    assert.equal(fleet.keys[0]?.policy.kind, "unknown");
    assert.deepEqual(
      fleet.unread.map(({ permission }) => permission),
      [undefined],
    );
  });

  for (const operation of ["sts:GetCallerIdentity", "ecs:ListClusters"]) {
    it(`cannot do without ${operation} and names it`, async () => {
      await assert.rejects(scanned(MIXED, denied(operation)), { code: "denied", remedy: new RegExp(operation) });
    });
  }

  for (const [kind, code] of [
    ["expired-credentials", "expired-credentials"],
    ["unreachable", "unreachable"],
  ] as const) {
    it(`ends on ${kind}, which every later call would meet too`, async () => {
      const failing = (operation: string) => (operation === "ecs:DescribeServices" ? kind : null);
      await assert.rejects(scanned(MIXED, { failing }), { code });
    });
  }
});

async function scanned(account: Fleet, ports: FleetAccountOptions = {}, options: Partial<WholeScan> = {}) {
  const { ecs, account: port, surroundings, calls } = fleetAccount(account, ports);
  const fleet = await scan({ ecs, account: port, surroundings, clock, region: account.lane.region, ...options });
  return { fleet, calls };
}

function arns(items: readonly { readonly arn: string }[]): readonly string[] {
  return items.map(({ arn }) => arn).toSorted();
}

function names(items: readonly { readonly name: string }[]): readonly string[] {
  return items.map(({ name }) => name).toSorted();
}

function digest(fleet: Fleet): string {
  return sha256Hex(JSON.stringify(fleet));
}
