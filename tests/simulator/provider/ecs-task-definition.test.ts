import assert from "node:assert/strict";
import * as ecs from "@aws-sdk/client-ecs";
import { ACCOUNT, withAccount } from "./account";

const ARN = `arn:aws:ecs:eu-west-1:${ACCOUNT}:task-definition/api`;

const REQUEST: ecs.RegisterTaskDefinitionRequest = {
  family: "api",
  cpu: "256",
  memory: "512",
  networkMode: "awsvpc",
  requiresCompatibilities: ["FARGATE"],
  executionRoleArn: `arn:aws:iam::${ACCOUNT}:role/pull`,
  taskRoleArn: `arn:aws:iam::${ACCOUNT}:role/app`,
  ephemeralStorage: { sizeInGiB: 40 },
  runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" },
  containerDefinitions: [
    {
      name: "app",
      image: "registry.example/app:1",
      essential: true,
      portMappings: [{ containerPort: 8080, protocol: "tcp" }],
      environment: [{ name: "MODE", value: "test" }],
    },
  ],
  volumes: [{ name: "scratch" }],
  tags: [{ key: "team", value: "pay" }],
};

describe("what the provider calls for an ecs.TaskDefinition", () => {
  it("registers it and reads every part back, tags included", () =>
    withAccount(async ({ ecs: client }) => {
      await client.send(new ecs.RegisterTaskDefinitionCommand(REQUEST));
      const { taskDefinition, tags } = await read(client, `${ARN}:1`);
      assert.deepEqual(tags, REQUEST.tags);
      const { registeredAt, ...shown } = taskDefinition ?? {};
      const { tags: _, ...asked } = REQUEST;
      assert.ok(registeredAt instanceof Date);
      assert.deepEqual(shown, {
        ...asked,
        taskDefinitionArn: `${ARN}:1`,
        revision: 1,
        status: "ACTIVE",
        compatibilities: ["EC2", "FARGATE"],
        placementConstraints: [],
      });
    }));

  it("gives a revision for every registration, the same one sent twice included", () =>
    withAccount(async ({ ecs: client }) => {
      const revisions: unknown[] = [];
      for (const _ of [1, 2, 3]) {
        const { taskDefinition } = await client.send(new ecs.RegisterTaskDefinitionCommand(REQUEST));
        revisions.push(taskDefinition?.taskDefinitionArn);
      }
      assert.deepEqual(revisions, [`${ARN}:1`, `${ARN}:2`, `${ARN}:3`]);
      const { taskDefinition } = await read(client, "api");
      assert.equal(taskDefinition?.revision, 3);
    }));

  it("is INACTIVE once deregistered, which the provider takes for gone, and is never numbered again", () =>
    withAccount(async ({ ecs: client }) => {
      await client.send(new ecs.RegisterTaskDefinitionCommand(REQUEST));
      await client.send(new ecs.DeregisterTaskDefinitionCommand({ taskDefinition: `${ARN}:1` }));
      const { taskDefinition } = await read(client, `${ARN}:1`);
      assert.equal(taskDefinition?.status, "INACTIVE");
      const next = await client.send(new ecs.RegisterTaskDefinitionCommand(REQUEST));
      assert.equal(next.taskDefinition?.revision, 2);
    }));

  it("takes tags in place", () =>
    withAccount(async ({ ecs: client }) => {
      await client.send(new ecs.RegisterTaskDefinitionCommand(REQUEST));
      const resourceArn = `${ARN}:1`;
      await client.send(new ecs.TagResourceCommand({ resourceArn, tags: [{ key: "env", value: "test" }] }));
      await client.send(new ecs.UntagResourceCommand({ resourceArn, tagKeys: ["team"] }));
      assert.deepEqual((await read(client, resourceArn)).tags, [{ key: "env", value: "test" }]);
    }));
});

/** The provider's READ. */
function read(client: ecs.ECSClient, taskDefinition: string): Promise<ecs.DescribeTaskDefinitionCommandOutput> {
  return client.send(new ecs.DescribeTaskDefinitionCommand({ taskDefinition, include: ["TAGS"] }));
}
