import assert from "node:assert/strict";
import fc from "fast-check";
import {
  formatEcsArn,
  parseClusterArn,
  parseServiceArn,
  parseServiceDeploymentArn,
  parseServiceRevisionArn,
  parseTaskArn,
  parseTaskDefinitionArn,
  parseTaskSetArn,
} from "../../domain/ecs-arn";
import { isProblem } from "../../domain/problem";

const PLACE = "arn:aws:ecs:eu-west-1:111122223333";
const place = { partition: "aws", region: "eu-west-1", account: "111122223333", odd: [] };
const OLD = ["old format, without the cluster's name"];

describe("ARNs of Amazon ECS", () => {
  for (const [resource, parse, expected] of [
    ["cluster/web", parseClusterArn, { kind: "cluster", ...place, clusterName: "web" }],
    ["service/web/api", parseServiceArn, { kind: "service", ...place, clusterName: "web", serviceName: "api" }],
    ["service/api", parseServiceArn, { kind: "service", ...place, odd: OLD, clusterName: null, serviceName: "api" }],
    ["task/web/0a1b", parseTaskArn, { kind: "task", ...place, clusterName: "web", taskId: "0a1b" }],
    ["task/0a1b", parseTaskArn, { kind: "task", ...place, odd: OLD, clusterName: null, taskId: "0a1b" }],
    [
      "service-deployment/web/api/x1",
      parseServiceDeploymentArn,
      { kind: "service-deployment", ...place, clusterName: "web", serviceName: "api", id: "x1" },
    ],
    [
      "service-revision/web/api/123",
      parseServiceRevisionArn,
      { kind: "service-revision", ...place, clusterName: "web", serviceName: "api", id: "123" },
    ],
    [
      "task-set/web/api/ecs-svc/1",
      parseTaskSetArn,
      { kind: "task-set", ...place, clusterName: "web", serviceName: "api", id: "ecs-svc/1" },
    ],
    ["service-deployment/web/api/x1/more", parseServiceDeploymentArn, null],
    [
      "task-set/web/api/9",
      parseTaskSetArn,
      { kind: "task-set", ...place, clusterName: "web", serviceName: "api", id: "9" },
    ],
    [
      "task-definition/app:7",
      parseTaskDefinitionArn,
      { kind: "task-definition", ...place, family: "app", revision: 7 },
    ],
    ["task-definition/app", parseTaskDefinitionArn, null],
    ["task-definition/app:latest", parseTaskDefinitionArn, null],
    ["cluster/web", parseServiceArn, null],
    ["service/web/api", parseClusterArn, null],
    ["service/web/api/more", parseServiceArn, null],
    ["service/web/", parseServiceArn, null],
  ] as const) {
    it(`${resource} read by ${parse.name} is ${expected === null ? "refused" : "read, and makes itself again"}`, () => {
      const parsed = parse(`${PLACE}:${resource}`);
      if (expected === null) return assert.ok(isProblem(parsed));
      assert.deepEqual(parsed, expected);
      assert.ok(!isProblem(parsed));
      assert.equal(formatEcsArn(parsed), `${PLACE}:${resource}`);
    });
  }

  it("of another service are refused with the value and the next step", () => {
    const parsed = parseClusterArn("arn:aws:eks:eu-west-1:111122223333:cluster/web");
    assert.ok(isProblem(parsed));
    assert.equal(parsed.value, "arn:aws:eks:eu-west-1:111122223333:cluster/web");
    assert.match(parsed.remedy, /arn:aws:ecs:REGION:ACCOUNT:cluster/);
  });

  it("survive formatting and parsing, whatever the names", () => {
    const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/);
    fc.assert(
      fc.property(name, fc.option(name), (serviceName, clusterName) => {
        const odd = clusterName === null ? OLD : [];
        const arn = { kind: "service", ...place, odd, clusterName, serviceName } as const;
        assert.deepEqual(parseServiceArn(formatEcsArn(arn)), arn);
      }),
    );
  });
});
