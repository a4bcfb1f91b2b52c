// aws:ecs/taskSet:TaskSet over gRPC, with its calls as the official provider's source has them.

import assert from "node:assert/strict";
import { type ProviderSession, startSession } from "../../session/provider-session";
import { urn } from "../../session/urn";

const SET = urn("aws:ecs/taskSet:TaskSet");
const NETWORK = { networkConfiguration: { subnets: ["subnet-0a1b2c3d"] } };

describe("the test provider's ECS task set", () => {
  let session: ProviderSession;
  beforeEach(async () => {
    session = await startSession();
  });
  afterEach(() => session.close());

  it("lives from CreateTaskSet to DeleteTaskSet, and changes its scale in place", async () => {
    const program = await programFor(session);
    const made = await session.provider.make(SET, program);
    assert.deepEqual(session.calls(), ["ecs:CreateTaskSet", "ecs:DescribeTaskSets"]);
    assert.equal(made.id, `${String(made.state.taskSetId)},${program.service},${program.cluster}`);
    assert.deepEqual(made.state.scale, { unit: "PERCENT", value: 50 });
    assert.equal((await session.provider.diff(SET, made, made.inputs)).changes, false);

    const half = { ...program, scale: { value: 100 } };
    const changed = await session.provider.change(SET, made, half);
    assert.deepEqual(session.calls(), ["ecs:UpdateTaskSet", "ecs:DescribeTaskSets"]);
    assert.deepEqual(changed.state.scale, { unit: "PERCENT", value: 100 });

    await session.provider.delete(SET, { ...changed, state: { ...changed.state, forceDelete: true } });
    assert.equal(session.calls()[0], "ecs:DeleteTaskSet");
    assert.equal((await session.provider.read(SET, changed)).id, "");
  });

  it("is replaced for another platform version, and refuses a launch type beside a strategy", async () => {
    const program = await programFor(session);
    const made = await session.provider.make(SET, program);
    const { inputs } = await session.provider.check(SET, { ...program, platformVersion: "1.4.0" });
    assert.deepEqual((await session.provider.diff(SET, made, inputs)).replaces, ["platformVersion"]);
    const both = { ...program, capacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1 }] };
    const { failures } = await session.provider.check(SET, both);
    assert.match(failures.join(), /launchType conflicts with capacityProviderStrategies/);
  });
});

async function programFor({ provider, calls }: ProviderSession) {
  const cluster = await provider.make(urn("aws:ecs/cluster:Cluster"), { name: "pay" });
  const definition = await provider.make(urn("aws:ecs/taskDefinition:TaskDefinition"), {
    family: "api",
    cpu: "256",
    memory: "512",
    networkMode: "awsvpc",
    requiresCompatibilities: ["FARGATE"],
    containerDefinitions: JSON.stringify([{ name: "app", image: "app:1" }]),
  });
  const service = await provider.make(urn("aws:ecs/service:Service"), {
    name: "api",
    cluster: String(cluster.state.arn),
    desiredCount: 2,
    deploymentController: { type: "EXTERNAL" },
  });
  calls();
  const where = { cluster: String(cluster.state.arn), service: service.id };
  return {
    ...where,
    ...NETWORK,
    taskDefinition: String(definition.state.arn),
    launchType: "FARGATE",
    scale: { value: 50 },
  };
}
