import assert from "node:assert/strict";
import { unknown } from "../../../domain/fact";
import type { ServiceRecord } from "../../../domain/fleet";
import { apiCallsMin, callDuties } from "../../../migrate/core/plan/api-calls-min";
import { surroundingCallsMin } from "../../../migrate/core/plan/scan-calls-min";
import { aFleet } from "../../../simulator/fleet-builder";
import { payCluster } from "../fleets/service-case";

const CLUSTER = "arn:aws:ecs:eu-west-1:111122223333:cluster/pay";

describe("apiCallsMin", () => {
  const services = Array.from({ length: 12 }, (_, index) => `s${index}`);
  const builder = services.reduce((fleet, name) => fleet.service(name, { desired: 10 }), payCluster());
  const fleet = { ...builder.build(), subnets: [] };

  it("counts a scan alone when nothing is planned", () => {
    // Identity, ListClusters, DescribeClusters; ListServices, 2 DescribeServices, 2 ListTasks and one of those that drain, 2
    // DescribeTasks;
    // 12 task definitions; DescribeKey, GetKeyPolicy and the rotation; task protection twice, 12 repositories, the log groups,
    // autoscaling, two quotas and the use, the trails and the one trail's selectors.
    assert.equal(apiCallsMin(fleet, []), 3 + 8 + 12 + 3 + (2 + 12 + 1 + 1 + 3 + 2));
  });

  it("adds for each wave its updates and looks, and at the end one sweep of each cluster with work", () => {
    const planned = [
      { clusterArn: CLUSTER, wave: 1, tasks: 10 },
      ...services.slice(1).map(() => ({ clusterArn: CLUSTER, wave: 2, tasks: 10 })),
    ];
    // Wave 1: admission: its cluster, service deployment, service, tasks and their protection; the update; the first look; its end
    // and revision; the proof: service, two lists, new and old tasks together.
    const first = 5 + 1 + 1 + 2 + (1 + 2 + 1);
    // Wave 2: admission: 1 + 1 + 2 + 2 + 2; 11 updates; 1; 1 + 1; 2 services, 2 pages each of two lists, 3 batches of 220 tasks.
    const second = 8 + 11 + 1 + 2 + (2 + 4 + 3);
    // The cluster's key, ListServices, 2 + 3 + 2.
    assert.equal(apiCallsMin(fleet, planned) - apiCallsMin(fleet, []), first + second + 9);
  });

  it("asks the service where its service deployment cannot tell: what failed without a breaker, what is unfinished without a name", () => {
    const [, name = ""] = services;
    const arn = fleet.services.find((service) => service.name === name)?.arn ?? "";
    const callsOf = (change: Partial<ServiceRecord>) => {
      const changed = fleet.services.map((service) => (service.arn === arn ? { ...service, ...change } : service));
      const duties = callDuties({ ...fleet, services: changed }, [{ arn, clusterArn: CLUSTER, wave: 1, tasks: 10 }]);
      const told = duties.filter(({ duty }) => duty === "admission" || duty === "first look");
      return told.map(({ duty, operation, calls }) => `${duty} ${operation.slice(4)} ${calls}`);
    };
    const counted = { circuitBreaker: { enable: true, rollback: true } };
    const named = ["admission DescribeClusters 1", "admission DescribeServiceDeployments 1"];
    const rest = ["DescribeServices", "DescribeTasks", "GetTaskProtection"].map(
      (operation) => `admission ${operation} 1`,
    );
    assert.deepEqual(callsOf(counted), [...named, ...rest, "first look DescribeServiceDeployments 1"]);
    const uncounted = { circuitBreaker: { enable: false, rollback: false } };
    assert.deepEqual(callsOf(uncounted), [...named, ...rest, "first look DescribeServices 1"]);
    for (const change of [{ currentServiceDeployment: null }, { strategy: "BLUE_GREEN" as const }])
      assert.deepEqual(callsOf({ ...counted, ...change }), [
        "admission DescribeClusters 1",
        ...rest,
        "admission ListServiceDeployments 1",
        "first look DescribeServiceDeployments 1",
      ]);
  });

  it("looks at the whole lane at the end, those clusters too in which nothing was to be done", () => {
    const both = aFleet()
      .key("k", { clusters: ["pay", "idle"] })
      .cluster("idle", { key: "k" })
      .service("a");
    const lane = both.cluster("pay", { key: "k" }).service("b").build();
    const arnOf = (wanted: string) => lane.services.find(({ name }) => name === wanted);
    const { arn = "", clusterArn = "" } = arnOf("b") ?? {};
    const duties = callDuties(lane, [{ arn, clusterArn, wave: 1, tasks: 2 }]);
    const last = duties.filter(({ duty, operation }) => duty === "final look" && operation === "ecs:ListTasks");
    assert.deepEqual(last.map(({ calls, services: shared }) => [calls, shared]).toSorted(), [
      [2, []],
      [2, [arn]],
    ]);
  });

  it("lists tasks of a few services of a large cluster one by one, and of many together", () => {
    const listsOf = (count: number) => {
      const planned = services.slice(0, count).map(() => ({ clusterArn: CLUSTER, wave: 1, tasks: 10 }));
      const lists = callDuties(fleet, planned).filter(
        ({ duty, operation }) => duty === "proof" && operation === "ecs:ListTasks",
      );
      return lists[0]?.calls;
    };
    assert.deepEqual([listsOf(1), listsOf(2), listsOf(12)], [2, 3, 4]);
  });

  it("counts what stands around by its batches, and nothing for what no call of this lane can show", () => {
    const images = Array.from(
      { length: 101 },
      (_, index) => `111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:${index}`,
    );
    const elsewhere = ["nginx:1", "111122223333.dkr.ecr.eu-north-1.amazonaws.com/app:1"];
    const parameters = Array.from({ length: 51 }, (_, index) => ({
      reference: `/p/${index}`,
      kind: "parameter" as const,
    }));
    const alarms = Array.from({ length: 101 }, (_, index) => ({ name: `alarm-${index}`, state: unknown("") }));
    const calls = surroundingCallsMin({
      ...fleet,
      images: [...images, ...elsewhere].map((reference) => ({ reference, found: unknown("") })),
      secrets: [
        ...parameters.map((parameter) => ({ ...parameter, state: unknown("") })),
        { reference: "arn:aws:ssm:eu-north-1:111122223333:parameter/p", kind: "parameter", state: unknown("") },
        {
          reference: "arn:aws:secretsmanager:eu-west-1:444455556666:secret:s-AbCdEf",
          kind: "secret",
          state: unknown(""),
        },
      ],
      alarms,
    });
    assert.equal(calls["ecr:BatchGetImage"], 2);
    assert.equal(calls["ssm:DescribeParameters"], 2);
    assert.equal(calls["secretsmanager:DescribeSecret"], 1);
    assert.equal(calls["cloudwatch:DescribeAlarms"], 2);
  });

  it("counts more when the same services lie in more clusters", () => {
    const spread = services.map((name, index) => ({
      clusterArn: `${CLUSTER}-${name}`,
      wave: 1 + (index % 2),
      tasks: 10,
    }));
    const together = spread.map((one) => ({ ...one, clusterArn: CLUSTER }));
    assert.ok(apiCallsMin(fleet, spread) > apiCallsMin(fleet, together));
  });
});
