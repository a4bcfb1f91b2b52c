// Services as DescribeServices shows them, and whether they run on Fargate.

import assert from "node:assert/strict";
import { isSpot, type PlacedCluster, type PlacedService, runsOnFargate } from "../../domain/runs-on-fargate";

const EMPTY: PlacedService = {
  controller: "ECS",
  launchType: null,
  capacityProviderStrategy: [],
  deployments: [],
  taskSets: [],
};

interface Row {
  readonly title: string;
  readonly service: Partial<PlacedService>;
  readonly cluster?: PlacedCluster | null;
  readonly expected: "fargate" | "not-fargate" | "unknown";
  readonly evidence: RegExp;
  readonly spot?: boolean;
}

const ROWS: readonly Row[] = [
  {
    title: "launch type FARGATE",
    service: { launchType: "FARGATE" },
    expected: "fargate",
    evidence: /service: launchType FARGATE/,
  },
  { title: "launch type EC2", service: { launchType: "EC2" }, expected: "not-fargate", evidence: /launchType EC2/ },
  { title: "launch type EXTERNAL", service: { launchType: "EXTERNAL" }, expected: "not-fargate", evidence: /EXTERNAL/ },
  {
    title: "launch type MANAGED_INSTANCES",
    service: { launchType: "MANAGED_INSTANCES" },
    expected: "not-fargate",
    evidence: /MANAGED_INSTANCES/,
  },
  {
    title: "a capacity provider strategy, which leaves the launch type out",
    service: { capacityProviderStrategy: [use("FARGATE", 1), use("FARGATE_SPOT", 3)] },
    expected: "fargate",
    evidence: /service: capacity providers FARGATE, FARGATE_SPOT/,
    spot: true,
  },
  {
    title: "a strategy of Spot that takes no task",
    service: { capacityProviderStrategy: [use("FARGATE", 1), use("FARGATE_SPOT", 0)] },
    expected: "fargate",
    evidence: /FARGATE_SPOT/,
  },
  {
    title: "a strategy of an autoscaling group",
    service: { capacityProviderStrategy: [use("my-asg", 1)] },
    expected: "not-fargate",
    evidence: /my-asg/,
  },
  {
    title: "a deployment on Fargate Spot under a service that shows nothing",
    service: { deployments: [deployment({ capacityProviderStrategy: [use("FARGATE_SPOT", 1)] })] },
    expected: "fargate",
    evidence: /deployment ecs-svc\/1: capacity providers FARGATE_SPOT/,
    spot: true,
  },
  {
    title: "a deployment under way from EC2 to Fargate",
    service: {
      deployments: [
        deployment({ launchType: "FARGATE" }),
        { ...deployment({ launchType: "EC2" }), id: "ecs-svc/0", status: "ACTIVE" },
      ],
    },
    expected: "fargate",
    evidence: /ecs-svc\/1/,
  },
  {
    title: "an inactive deployment of the past",
    service: { launchType: "EC2", deployments: [{ ...deployment({ launchType: "FARGATE" }), status: "INACTIVE" }] },
    expected: "not-fargate",
    evidence: /service: launchType EC2/,
  },
  {
    title: "an EXTERNAL service that says EC2 while its task set runs on Fargate",
    service: { controller: "EXTERNAL", launchType: "EC2", taskSets: [deployment({ launchType: "FARGATE" })] },
    expected: "fargate",
    evidence: /task set ecs-svc\/1: launchType FARGATE/,
  },
  {
    title: "an EXTERNAL service that says EC2 and has no task set",
    service: { controller: "EXTERNAL", launchType: "EC2" },
    cluster: { defaultCapacityProviderStrategy: [] },
    expected: "unknown",
    evidence: /no launch type/,
  },
  {
    title: "nothing but the cluster's default strategy on Spot",
    service: {},
    cluster: { defaultCapacityProviderStrategy: [use("FARGATE_SPOT", 1)] },
    expected: "fargate",
    evidence: /the cluster's default strategy/,
    spot: true,
  },
  {
    title: "a launch type of its own in a cluster whose default is Spot",
    service: { launchType: "FARGATE" },
    cluster: { defaultCapacityProviderStrategy: [use("FARGATE_SPOT", 1)] },
    expected: "fargate",
    evidence: /service: launchType FARGATE/,
  },
  {
    title: "nothing, in a cluster that was not read",
    service: {},
    cluster: null,
    expected: "unknown",
    evidence: /no launch type/,
  },
  {
    title: "nothing, in a cluster without default",
    service: {},
    cluster: { defaultCapacityProviderStrategy: [] },
    expected: "unknown",
    evidence: /no launch type/,
  },
];

describe("whether a service runs on Fargate", () => {
  for (const { title, service, cluster = null, expected, evidence, spot = false } of ROWS) {
    it(`${title}: ${expected}${spot ? ", on Spot" : ""}`, () => {
      const whole = { ...EMPTY, ...service };
      const found = runsOnFargate(whole, cluster);
      assert.equal(found.answer, expected);
      assert.match(found.evidence.join("; "), evidence);
      assert.equal(isSpot(whole, cluster), spot);
    });
  }
});

function use(capacityProvider: string, weight: number) {
  return { capacityProvider, base: 0, weight };
}

function deployment(launch: Partial<Pick<PlacedService, "launchType" | "capacityProviderStrategy">>) {
  return { id: "ecs-svc/1", status: "PRIMARY", launchType: null, capacityProviderStrategy: [], ...launch };
}
