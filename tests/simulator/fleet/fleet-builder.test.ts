import assert from "node:assert/strict";
import type { Fact } from "../../../domain/fact";
import type { Fleet, ServiceRecord } from "../../../domain/fleet";
import { aFleet, type FleetBuilder } from "../../../simulator/fleet-builder";

describe("the fleet builder", () => {
  it("fills in tasks, deployments and a task definition that agree with each other", () => {
    const fleet = pay().service("api", { desired: 3 }).build();
    const [service] = fleet.services;
    const [deployment] = service?.deployments ?? [];
    assert.equal(service?.runningCount, 3);
    assert.equal(deployment?.runningCount, 3);
    assert.equal(fleet.tasks.length, 3);
    for (const task of fleet.tasks) {
      assert.equal(task.group, "service:api");
      assert.equal(task.startedBy, deployment?.id);
      assert.equal(task.platformVersion, "1.4.0");
      assert.equal(task.taskDefinitionArn, service?.taskDefinitionArn);
      assert.equal(task.clusterArn, service?.clusterArn);
      assert.ok(service?.subnets.includes(String(task.subnet)));
    }
    assert.deepEqual(fleet.clusters[0]?.statistics, {
      runningFargateTasksCount: 3,
      pendingFargateTasksCount: 0,
      runningEC2TasksCount: 0,
      activeFargateServiceCount: 1,
      drainingFargateServiceCount: 0,
    });
  });

  it("gives the same fleet for the same calls, and no id twice", () => {
    const build = () => pay().service("api", { desired: 40 }).service("web", { desired: 40 }).build();
    assert.deepEqual(build(), build());
    const ids = build().tasks.map(({ arn }) => arn);
    assert.equal(new Set(ids).size, 80);
  });

  it("is a plain JSON value", () => {
    const fleet = pay().service("api").spot().failing("exits").build();
    assert.deepEqual(JSON.parse(JSON.stringify(fleet)), fleet);
  });

  it("lets fleets branch off a shared beginning", () => {
    const start = pay().service("api");
    const pinned = start.pinned("1.3.0").build();
    assert.equal(serviceOf(start.build()).platformVersion, "LATEST");
    assert.equal(serviceOf(pinned).platformVersion, "1.3.0");
  });

  it("lets a capacity provider stand in the place of the launch type", () => {
    const fleet = pay().service("api").spot().build();
    assert.equal(serviceOf(fleet).launchType, null);
    assert.deepEqual(serviceOf(fleet).capacityProviderStrategy, [
      { capacityProvider: "FARGATE_SPOT", base: 0, weight: 1 },
    ]);
    assert.deepEqual(
      new Set(fleet.tasks.map(({ capacityProviderName }) => capacityProviderName)),
      new Set(["FARGATE_SPOT"]),
    );
  });

  it("puts task sets in the place of deployments for CODE_DEPLOY and EXTERNAL", () => {
    for (const service of [
      serviceOf(pay().service("a").codeDeploy().build()),
      serviceOf(pay().service("a").external().build()),
    ]) {
      assert.equal(service.deployments.length, 0);
      assert.equal(service.taskSets.length, 1);
    }
    assert.equal(serviceOf(pay().service("a").external().build()).launchType, "EC2");
  });

  it("has no platform version and no key on EC2", () => {
    const fleet = pay().service("a").ec2().build();
    assert.deepEqual(
      fleet.tasks.map(({ platformVersion, kmsKeyArn }) => [platformVersion, kmsKeyArn]),
      [
        [null, null],
        [null, null],
      ],
    );
  });

  it("runs Windows on Windows' own version", () => {
    assert.equal(pay().service("a").windows().build().tasks[0]?.platformVersion, "1.0.0");
  });

  it("has an old deployment with its tasks and a new one that starts, when one is in flight", () => {
    const fleet = pay().service("a", { desired: 2 }).inFlight().build();
    const states = serviceOf(fleet).deployments.map(({ status, rolloutState, runningCount }) => [
      status,
      rolloutState,
      runningCount,
    ]);
    assert.deepEqual(states, [
      ["PRIMARY", "IN_PROGRESS", 0],
      ["ACTIVE", "COMPLETED", 2],
    ]);
    assert.deepEqual(
      fleet.tasks.map(({ lastStatus }) => lastStatus),
      ["PROVISIONING", "RUNNING", "RUNNING"],
    );
  });

  it("gives a keyed service's deployment and tasks the cluster's key, and nobody else's", () => {
    const fleet = keyed().service("old").service("new").keyed().build();
    const keyArn = fleet.keys[0]?.arn;
    assert.deepEqual(
      fleet.services.map(({ deployments }) => deployments[0]?.kmsKeyArn),
      [null, keyArn],
    );
    assert.deepEqual(
      fleet.tasks.map(({ kmsKeyArn }) => kmsKeyArn),
      [null, null, keyArn, keyArn],
    );
  });

  it("writes the documented key policy with the account and the clusters", () => {
    const fact = keyed().build().keys[0]?.policy;
    assert.ok(fact?.kind === "known");
    const statements = JSON.parse(fact.value).Statement as Record<string, unknown>[];
    assert.deepEqual(statements[1]?.Condition, {
      StringEquals: {
        "kms:EncryptionContext:aws:ecs:clusterAccount": ["111122223333"],
        "kms:EncryptionContext:aws:ecs:clusterName": ["pay"],
      },
    });
  });

  it("leaves the cluster's name out of old-format ARNs", () => {
    const fleet = pay().service("a").oldArnFormat().build();
    assert.equal(serviceOf(fleet).arn, "arn:aws:ecs:eu-west-1:111122223333:service/a");
    assert.match(String(fleet.tasks[0]?.arn), /:task\/[0-9a-f-]{36}$/);
  });

  it("has vCPU quotas that hold several times the fleet, and counts what its tasks use", () => {
    const { onDemand, spot } = pay().service("a", { desired: 6 }).service("b").spot().build().capacity;
    assert.deepEqual([shown(onDemand.inUse), shown(spot.inUse)], [1.5, 0.5]);
    assert.ok(Number(shown(onDemand.quota)) >= 4_000);
    const huge = pay().service("a", { desired: 5_000, cpuUnits: 4_096 }).build().capacity.onDemand;
    assert.ok(Number(shown(huge.quota)) >= 3 * Number(shown(huge.inUse)));
  });

  it("has the vCPU quotas that it is told, and the use of others", () => {
    const told = { onDemand: 8, spot: 2, inUseElsewhere: 3 };
    const { onDemand, spot } = pay().service("a", { desired: 6 }).vcpu(told).build().capacity;
    assert.deepEqual([shown(onDemand.quota), shown(onDemand.inUse), shown(spot.quota)], [8, 4.5, 2]);
  });

  it("has a record for every alarm that a service watches, sorted, OK unless it fires", () => {
    const fleet = pay().service("a").alarms("slow", "errors").service("b").alarms("errors").firing("slow").build();
    assert.deepEqual(
      fleet.alarms.map(({ name, state }) => [name, shown(state)]),
      [
        ["errors", "OK"],
        ["slow", "ALARM"],
      ],
    );
    assert.deepEqual(serviceOf(fleet).alarms, { enable: true, rollback: true, names: ["slow", "errors"] });
    assert.equal(pay().service("a").build().services[0]?.alarms.enable, false);
  });

  it("has the bounds of autoscaling that it is told, sorted by cluster and service", () => {
    const fleet = pay().service("b").scaling(1, 4).service("a").scaling(2, 9).service("c").build();
    assert.deepEqual(shown(fleet.scaling), [
      { clusterName: "pay", serviceName: "a", minCapacity: 2, maxCapacity: 9 },
      { clusterName: "pay", serviceName: "b", minCapacity: 1, maxCapacity: 4 },
    ]);
  });

  it("has one trail that keeps everything, or what it is told", () => {
    const kept = (fleet: Fleet) => {
      const { trails } = fleet;
      assert.ok(trails.kind === "known");
      return trails.value.map(({ events }) => shown(events));
    };
    assert.deepEqual(kept(pay().build()), [{ kmsReads: true, kmsWrites: true }]);
    assert.deepEqual(kept(pay().trails("write-only").build()), [{ kmsReads: false, kmsWrites: true }]);
    assert.deepEqual(kept(pay().trails("without-kms").build()), [{ kmsReads: false, kmsWrites: false }]);
    assert.deepEqual(kept(pay().trails("none").build()), []);
  });

  it("keeps what no scan shows under extra", () => {
    assert.deepEqual(pay().service("a").failing("unhealthy").build().extra, {
      simulator: { failingServices: [{ cluster: "pay", service: "a", how: "unhealthy" }] },
    });
  });

  it("counts a standalone task among the tasks and not among the services", () => {
    const fleet = pay().standaloneTask("batch").build();
    assert.equal(fleet.services.length, 0);
    assert.equal(fleet.tasks[0]?.group, "family:pay-batch");
    assert.equal(fleet.tasks[0]?.startedBy, null);
  });

  it("uses the subnets it is told, else two of its own", () => {
    const told = pay().subnet("subnet-0a1b", { freeAddresses: 3 }).service("a").build();
    assert.deepEqual(serviceOf(told).subnets, ["subnet-0a1b"]);
    assert.equal(pay().build().subnets.length, 2);
  });
});

describe("the fleet builder refuses", () => {
  const nonsense: readonly (readonly [title: string, build: () => unknown, message: RegExp])[] = [
    ["a service before any cluster", () => aFleet().service("a"), /service "a" has no cluster; call \.cluster/],
    [
      "a modifier before any service",
      () => pay().spot(),
      /\.capacityProvider\(\) comes before any service; call \.service/,
    ],
    ["the same cluster twice", () => pay().cluster("pay"), /a cluster "pay" already; give/],
    ["the same service twice in a cluster", () => pay().service("a").service("a"), /a service "a" already/],
    ["the same key twice", () => keyed().key("pay-key", { clusters: [] }), /a key "pay-key" already/],
    ["the same standalone task twice", () => pay().standaloneTask("a").standaloneTask("a"), /"a" already/],
    ["an unknown key", () => aFleet().cluster("pay", { key: "lost" }), /unknown key "lost"; call \.key\("lost"/],
    ["a negative count", () => pay().service("a", { desired: -1 }), /desired count is -1; give a whole number/],
    ["half a task", () => pay().service("a", { desired: 1.5 }), /desired count is 1\.5/],
    [
      "a maximum under 100 percent",
      () => pay().service("a").percents(0, 50),
      /percents\(0, 50\) would be refused; give/,
    ],
    ["a minimum over 100 percent", () => pay().service("a").percents(150, 200), /percents\(150, 200\)/],
    ["a pin that is no version", () => pay().service("a").pinned("new"), /"new" is no platform version/],
    [
      "Windows on a Linux version",
      () => pay().service("a").windows().pinned("1.4.0").build(),
      /Windows, pinned to 1\.4\.0; pin/,
    ],
    ["EC2 with a platform version", () => pay().service("a").ec2().pinned("1.4.0").build(), /pinned to 1\.4\.0 on EC2/],
    [
      "a keyed service without a key",
      () => pay().service("a").keyed().build(),
      /keyed in a cluster without a key; give/,
    ],
    ["a keyed service on EC2", () => keyed().service("a").ec2().keyed().build(), /keyed on EC2/],
    ["CODE_DEPLOY in flight", () => pay().service("a").codeDeploy().inFlight().build(), /cannot be in flight/],
    ["an account that is none", () => aFleet({ account: "123" }), /account "123" is wrong; give 12 digits/],
    ["a Region that is none", () => aFleet({ region: "Ireland" }), /Region "Ireland"/],
    ["an instant that is none", () => aFleet({ at: "soon" }), /instant "soon"/],
    ["a name that AWS would not take", () => pay().service("a b"), /"a b" is no name for a service/],
    ["a subnet that is none", () => pay().subnet("lan"), /"lan" is no subnet/],
    ["a negative quota", () => pay().vcpu({ spot: -1 }), /vcpu\(\): spot is -1; give vCPU, 0 or more/],
    ["bounds upside down", () => pay().service("a").scaling(5, 2), /scaling\(5, 2\) is upside down/],
    ["bounds before any service", () => pay().scaling(1, 2), /\.scaling\(\) comes before any service/],
    ["an alarm that nobody watches", () => pay().firing("slow").build(), /"slow" fires and no service watches it/],
    ["a strategy of nothing", () => pay().service("a").capacityProvider(), /names no provider/],
  ];
  for (const [title, build, message] of nonsense) {
    it(`${title}, naming the value and the next step`, () => {
      assert.throws(build, { name: "FleetProblem", message });
    });
  }

  it("but lets the same service name stand in two clusters", () => {
    assert.equal(pay().service("a").cluster("ops").service("a").build().services.length, 2);
  });
});

function shown<T>(fact: Fact<T>): T {
  assert.ok(fact.kind === "known");
  return fact.value;
}

function pay(): FleetBuilder {
  return aFleet().cluster("pay");
}

function keyed(): FleetBuilder {
  return aFleet()
    .key("pay-key", { clusters: ["pay"] })
    .cluster("pay", { key: "pay-key" });
}

function serviceOf(fleet: Fleet): ServiceRecord {
  const [service] = fleet.services;
  assert.ok(service);
  return service;
}
