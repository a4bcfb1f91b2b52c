import assert from "node:assert/strict";
import { SmallWorld } from "./small-world";

function withServices(count: number): SmallWorld {
  const small = new SmallWorld();
  small.cluster("pay");
  const taskDefinition = small.taskDefinition();
  for (let index = 0; index < count; index++) small.create("pay", `s${index}`, { taskDefinition, desiredCount: 0 });
  return small;
}

describe("26 pages and batches have AWS's sizes, and tokens are good for their question only", () => {
  it("gives 10 services a page unless asked for more, and all of them once", () => {
    const small = withServices(25);
    const names: string[] = [];
    let nextToken: string | undefined;
    for (let pages = 1; pages <= 10; pages++) {
      const page = small.ecs("ListServices", { cluster: "pay", ...(nextToken === undefined ? {} : { nextToken }) });
      assert.ok(page.serviceArns.length <= 10);
      names.push(...page.serviceArns);
      nextToken = page.nextToken;
      if (nextToken === undefined) {
        assert.equal(pages, 3);
        break;
      }
    }
    assert.equal(new Set(names).size, 25);
    assert.equal(small.ecs("ListServices", { cluster: "pay", maxResults: 100 }).serviceArns.length, 25);
  });

  it("neither repeats nor hides others when a service goes between two pages", () => {
    const small = withServices(12);
    const first = small.ecs("ListServices", { cluster: "pay" });
    small.ecs("DeleteService", { cluster: "pay", service: "s0" });
    small.pass(3_600_001);
    const second = small.ecs("ListServices", { cluster: "pay", nextToken: first.nextToken });
    assert.deepEqual(
      second.serviceArns.map((arn: string) => arn.slice(arn.lastIndexOf("/") + 1)),
      ["s10", "s11"],
    );
  });

  it("refuses a token of another question, a forged one, and sizes out of bounds", () => {
    const small = withServices(12);
    const { nextToken } = small.ecs("ListServices", { cluster: "pay" });
    for (const input of [
      { cluster: "pay", nextToken, schedulingStrategy: "REPLICA" },
      { cluster: "pay", nextToken: "forged" },
      { cluster: "pay", maxResults: 101 },
      { cluster: "pay", maxResults: 0 },
    ]) {
      assert.equal(small.refused("ecs", "ListServices", input).code, "InvalidParameterException");
    }
  });

  it("refuses batches above AWS's limits and reports what is missing", () => {
    const small = withServices(1);
    const refs = (count: number) => Array.from({ length: count }, (_, index) => `x${index}`);
    const tooMany = [
      ["DescribeServices", { cluster: "pay", services: refs(11) }],
      ["DescribeTasks", { cluster: "pay", tasks: refs(101) }],
      ["DescribeServiceDeployments", { serviceDeploymentArns: refs(21) }],
      ["DescribeServiceRevisions", { serviceRevisionArns: refs(21) }],
      ["DescribeClusters", { clusters: refs(101) }],
    ] as const;
    for (const [operation, input] of tooMany) {
      assert.equal(small.refused("ecs", operation, input).code, "InvalidParameterException", operation);
    }
    const { services, failures } = small.ecs("DescribeServices", { cluster: "pay", services: ["s0", "none"] });
    assert.equal(services.length, 1);
    assert.deepEqual(failures, [{ arn: "arn:aws:ecs:eu-central-1:111122223333:service/pay/none", reason: "MISSING" }]);
  });

  it("lists service deployments newest first, by status and over pages", () => {
    const small = withServices(1);
    for (let index = 0; index < 4; index++) {
      small.force("pay", "s0");
      small.pass(60_000);
    }
    const service = { cluster: "pay", service: "s0" };
    const all = small.ecs("ListServiceDeployments", service).serviceDeployments;
    assert.equal(all.length, 5);
    const created = all.map((brief: { createdAt: Date }) => brief.createdAt.getTime());
    assert.deepEqual(
      created,
      created.toSorted((a: number, b: number) => b - a),
    );
    const first = small.ecs("ListServiceDeployments", { ...service, maxResults: 3 });
    const second = small.ecs("ListServiceDeployments", { ...service, maxResults: 3, nextToken: first.nextToken });
    assert.deepEqual([...first.serviceDeployments, ...second.serviceDeployments], all);
    const stopped = small.ecs("ListServiceDeployments", { ...service, status: ["STOPPED"] });
    assert.deepEqual(stopped.serviceDeployments, [all[4]], "the first was superseded at once, the others had ended");
  });

  it("accepts startedBy only as the sole filter, and finds nothing PENDING", () => {
    const small = new SmallWorld();
    small.cluster("pay");
    small.service("pay", "api");
    const startedBy = small.describe("pay", "api").deployments?.[0]?.id;
    assert.equal(small.ecs("ListTasks", { cluster: "pay", startedBy }).taskArns.length, 2);
    const both = { cluster: "pay", startedBy, serviceName: "api" };
    assert.equal(small.refused("ecs", "ListTasks", both).code, "InvalidParameterException");
    assert.deepEqual(small.ecs("ListTasks", { cluster: "pay", desiredStatus: "PENDING" }).taskArns, []);
  });
});
