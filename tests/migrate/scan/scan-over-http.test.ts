import assert from "node:assert/strict";
import type { Fleet } from "../../../domain/fleet";
import { scan } from "../../../migrate/drive/scan";
import { aFleet } from "../../../simulator/fleet-builder";
import { type SimulatedAws, withSimulatedAws } from "../adapters-aws/simulated-aws";

const MIXED = aFleet()
  .key("pay-key", { clusters: ["pay"] })
  .cluster("pay", { key: "pay-key", tags: { tier: "prod" } })
  .service("api", { desired: 3 })
  .behindLoadBalancer()
  .tagged({ tier: "prod" })
  .service("keyed")
  .keyed()
  .service("spot")
  .spot()
  .service("windows")
  .windows()
  .service("pinned")
  .pinned("1.3.0")
  .service("shop")
  .codeDeploy()
  .standaloneTask("report")
  .cluster("ops")
  .service("worker", { desired: 0 })
  .image("111122223333.dkr.ecr.eu-west-1.amazonaws.com/worker:stable")
  .multiArch()
  .secret("ops/db", { jsonKey: "password" })
  .secret("ops/gone", { state: "missing" })
  .parameter("/ops/region")
  .alarms("ops-errors")
  .scaling(0, 4)
  .efsVolume("uploads")
  .service("legacy")
  .oldArnFormat()
  .build();

describe("a scan over HTTP with the real SDK", () => {
  it("reads back the fleet of which the account was made", async () => {
    await withSimulatedAws(MIXED, async (aws) => {
      const fleet = await scanned(aws);
      assert.deepEqual(comparable(fleet), comparable(MIXED));
      assert.deepEqual(fleet.unread, []);
      assert.equal(fleet.readAt, MIXED.readAt);
    });
  });

  it("gives the same bytes when it is repeated at the same instant", async () => {
    await withSimulatedAws(MIXED, async (aws) => {
      assert.equal(JSON.stringify(await scanned(aws)), JSON.stringify(await scanned(aws)));
    });
  });

  it("walks the pages and cuts the batches of a large cluster, with no call too many", async () => {
    const large = manyServices(130);
    await withSimulatedAws(large, async (aws) => {
      const fleet = await scanned(aws);
      assert.equal(fleet.services.length, 130);
      assert.equal(fleet.tasks.length, 260);
      const { byOperation, throttled } = aws.gate.counts();
      assert.equal(byOperation["ecs:ListServices"], 2);
      assert.equal(byOperation["ecs:DescribeServices"], 13);
      // Three pages of those that run, one of those that shall stop.
      assert.equal(byOperation["ecs:ListTasks"], 4);
      assert.equal(byOperation["ecs:DescribeTasks"], 3);
      assert.equal(throttled, 0);
    });
  });

  it("is never throttled when it is alone, although it needs more calls than the bucket holds", async () => {
    await withSimulatedAws(manyServices(80), async (aws) => {
      const startMs = aws.clock.nowMs();
      const fleet = await scanned(aws);
      assert.equal(fleet.taskDefinitions.length, 80);
      assert.equal(aws.gate.counts().throttled, 0);
      assert.ok(aws.clock.nowMs() > startMs);
    });
  });

  it("reads everything although AWS throttles and drops connections now and then", async () => {
    await withSimulatedAws(MIXED, async (aws) => {
      aws.simulator.simulation.scheduleFault({ kind: "throttle", operation: "DescribeServices", count: 3 });
      aws.simulator.simulation.scheduleFault({ kind: "reset", operation: "ListTasks", count: 2 });
      aws.simulator.simulation.scheduleFault({ kind: "server-error", operation: "GetKeyPolicy", count: 1 });
      const fleet = await scanned(aws);
      assert.deepEqual(services(fleet), services(MIXED));
      assert.deepEqual(fleet.unread, []);
      assert.equal(aws.gate.counts().throttled, 3);
    });
  });

  for (const [operation, permission] of [
    ["GetKeyPolicy", "kms:GetKeyPolicy"],
    ["DescribeSubnets", "ec2:DescribeSubnets"],
    ["ListServices", "ecs:ListServices"],
    ["DescribeTasks", "ecs:DescribeTasks"],
    ["GetTaskProtection", "ecs:GetTaskProtection"],
    ["GetKeyRotationStatus", "kms:GetKeyRotationStatus"],
    ["BatchGetImage", "ecr:BatchGetImage"],
    ["DescribeSecret", "secretsmanager:DescribeSecret"],
    ["DescribeParameters", "ssm:DescribeParameters"],
    ["DescribeLogGroups", "logs:DescribeLogGroups"],
    ["DescribeAlarms", "cloudwatch:DescribeAlarms"],
    ["DescribeScalableTargets", "application-autoscaling:DescribeScalableTargets"],
    ["GetServiceQuota", "servicequotas:GetServiceQuota"],
    ["GetMetricData", "cloudwatch:GetMetricData"],
    ["DescribeTrails", "cloudtrail:DescribeTrails"],
    ["GetEventSelectors", "cloudtrail:GetEventSelectors"],
  ] as const) {
    it(`goes on without ${permission} and says what is unknown for want of it`, async () => {
      await withSimulatedAws(MIXED, async (aws) => {
        aws.simulator.simulation.scheduleFault({ kind: "access-denied", operation, count: 1_000 });
        const fleet = await scanned(aws);
        assert.ok(fleet.unread.length > 0);
        assert.ok(fleet.unread.every((entry) => entry.permission === permission && entry.operation === permission));
      });
    });
  }

  it("ends with the next step when the credentials expire on the way", async () => {
    await withSimulatedAws(MIXED, async (aws) => {
      aws.simulator.simulation.scheduleFault({ kind: "expired-credentials", operation: "DescribeTasks", count: 1_000 });
      await assert.rejects(scanned(aws), { code: "expired-credentials", remedy: /sign in again/ });
    });
  });

  it("sees tasks that drain after a deployment", async () => {
    await withSimulatedAws(MIXED, async (aws) => {
      const service = MIXED.services.find(({ name }) => name === "api");
      assert.ok(service);
      await aws.ecs.forceNewDeployment({ clusterArn: service.clusterArn, service: service.arn });
      const draining = await untilDraining(aws);
      assert.ok(draining.every(({ group, lastStatus }) => group === "service:api" && lastStatus !== "STOPPED"));
      assert.ok(draining.every(({ kmsKeyArn }) => kmsKeyArn === null));
    });
  });
});

function scanned(aws: SimulatedAws): Promise<Fleet> {
  const { ecs, account, surroundings, clock, region } = aws;
  return scan({ ecs, account, surroundings, clock, region });
}

/** Looks every ten seconds of simulated time, for at most half an hour of it. */
async function untilDraining(aws: SimulatedAws) {
  for (let look = 0; look < 180; look += 1) {
    const { tasks } = await scanned(aws);
    const draining = tasks.filter(({ desiredStatus }) => desiredStatus === "STOPPED");
    if (draining.length > 0) return draining;
    await aws.clock.sleep(10_000);
  }
  throw new Error("no task ever drained");
}

function manyServices(count: number): Fleet {
  let builder = aFleet().cluster("large");
  for (let index = 0; index < count; index += 1) builder = builder.service(`service-${index}`);
  return builder.build();
}

/** Without the statistics, of which AWS shows more than a made-up fleet holds; in the order of a scan. */
function comparable(fleet: Fleet) {
  const byArn = <T extends { readonly arn: string }>(items: readonly T[]): readonly T[] =>
    items.toSorted((a, b) => (a.arn < b.arn ? -1 : 1));
  const definitions = fleet.taskDefinitions.flatMap((fact) => (fact.kind === "known" ? [fact.value] : []));
  return {
    ...aroundServices(fleet),
    lane: fleet.lane,
    clusters: byArn(fleet.clusters).map(({ statistics: _, ...cluster }) => cluster),
    services: byArn(fleet.services),
    tasks: byArn(fleet.tasks),
    taskDefinitions: byArn(definitions),
    keys: byArn(fleet.keys),
    subnets: fleet.subnets.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

/** Of standalone tasks a made-up fleet says nothing here, and a scan does. */
function aroundServices({ images, secrets, logGroups, alarms, scaling, capacity, trails }: Fleet) {
  const known = new Set([
    ...MIXED.images.map(({ reference }) => reference),
    ...MIXED.logGroups.map(({ name }) => name),
  ]);
  return {
    images: images.filter(({ reference }) => known.has(reference)),
    logGroups: logGroups.filter(({ name }) => known.has(name)),
    ...{ secrets, alarms, scaling, capacity, trails },
  };
}

function services(fleet: Fleet): readonly string[] {
  return fleet.services.map(({ arn }) => arn).toSorted();
}
