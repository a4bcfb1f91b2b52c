import assert from "node:assert/strict";
import { unknown } from "../../../domain/fact";
import { apiCallsMin } from "../../../migrate/core/plan/api-calls-min";
import { surroundingCallsMin } from "../../../migrate/core/plan/scan-calls-min";
import { payCluster } from "../fleets/service-case";

const CLUSTER = "arn:aws:ecs:eu-west-1:111122223333:cluster/pay";

describe("apiCallsMin", () => {
  const services = Array.from({ length: 12 }, (_, index) => `s${index}`);
  const builder = services.reduce((fleet, name) => fleet.service(name, { desired: 10 }), payCluster());
  const fleet = { ...builder.build(), subnets: [] };

  it("counts a scan alone when nothing is planned", () => {
    // Identity, ListClusters, DescribeClusters; ListServices, 2 DescribeServices, 2 ListTasks, 2 DescribeTasks;
    // 12 task definitions; DescribeKey, GetKeyPolicy and the rotation; task protection twice, 12 repositories, the log groups,
    // autoscaling, two quotas and the use, the trails and the one trail's selectors.
    assert.equal(apiCallsMin(fleet, []), 3 + 7 + 12 + 3 + (2 + 12 + 1 + 1 + 3 + 2));
  });

  it("adds for each wave its updates and looks, and at the end one sweep of each cluster with work", () => {
    const planned = [
      { clusterArn: CLUSTER, wave: 1, tasks: 10 },
      ...services.slice(1).map(() => ({ clusterArn: CLUSTER, wave: 2, tasks: 10 })),
    ];
    // Wave 1: 1 update, 1 + 1 deployments and revisions, 1 + 1 admission, 2 first look, 2 new tasks, 1 old tasks.
    // Wave 2: 11 updates, 1 + 1, 2 + 2 admission, 2 first look, 2 pages + 2 batches of new tasks, 2 batches of old ones.
    assert.equal(apiCallsMin(fleet, planned) - apiCallsMin(fleet, []), 10 + 25 + 7);
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
