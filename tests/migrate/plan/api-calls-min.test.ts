import assert from "node:assert/strict";
import { apiCallsMin } from "../../../migrate/core/plan/api-calls-min";
import { payCluster } from "../fleets/service-case";

const CLUSTER = "arn:aws:ecs:eu-west-1:111122223333:cluster/pay";

describe("apiCallsMin", () => {
  const services = Array.from({ length: 12 }, (_, index) => `s${index}`);
  const builder = services.reduce((fleet, name) => fleet.service(name, { desired: 10 }), payCluster());
  const fleet = { ...builder.build(), subnets: [] };

  it("counts a scan alone when nothing is planned", () => {
    // Identity, ListClusters, DescribeClusters; ListServices, 2 DescribeServices, 2 ListTasks, 2 DescribeTasks;
    // 12 task definitions; DescribeKey and GetKeyPolicy.
    assert.equal(apiCallsMin(fleet, []), 3 + 7 + 12 + 2);
  });

  it("adds for each wave its updates and looks, and at the end one sweep of each cluster with work", () => {
    const planned = [
      { clusterArn: CLUSTER, wave: 1, tasks: 10 },
      ...services.slice(1).map(() => ({ clusterArn: CLUSTER, wave: 2, tasks: 10 })),
    ];
    // Wave 1: 1 update, 1 + 1 deployments and revisions, 1 admission, 2 first look, 2 new tasks, 1 old tasks.
    // Wave 2: 11 updates, 1 + 1, 2 admission, 2 first look, 2 pages + 2 batches of new tasks, 2 batches of old ones.
    assert.equal(apiCallsMin(fleet, planned), 24 + 9 + 23 + 7);
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
