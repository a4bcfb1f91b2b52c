// aws:ecs/service:Service and aws:ecs/taskDefinition:TaskDefinition over gRPC, with their calls.

import assert from "node:assert/strict";
import { ECSClient, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import type { PropertyMap } from "../../property-values";
import type { Made } from "../../session/provider-client";
import { ACCOUNT, type ProviderSession, partialFailureOf, REGION, startSession } from "../../session/provider-session";
import { urn } from "../../session/urn";

const SERVICE = urn("aws:ecs/service:Service");
const DEFINITION = urn("aws:ecs/taskDefinition:TaskDefinition");
const DESCRIBE = ["ecs:DescribeServices", "ecs:DescribeServices"];

describe("the test provider's ECS service", () => {
  let session: ProviderSession;
  let cluster: Made;
  let definition: Made;
  beforeEach(async () => {
    session = await startSession();
    cluster = await session.provider.make(urn("aws:ecs/cluster:Cluster"), { name: "pay" });
    definition = await session.provider.make(DEFINITION, definitionProgram());
    session.calls();
  });
  afterEach(() => session.close());

  const program = (more: PropertyMap = {}): PropertyMap => ({
    name: "api",
    cluster: String(cluster.state.arn),
    taskDefinition: String(definition.state.arn),
    desiredCount: 2,
    launchType: "FARGATE",
    networkConfiguration: { subnets: ["subnet-0a1b2c3d"] },
    ...more,
  });

  it("is created, awaited until it is active, and read with its tags", async () => {
    const made = await session.provider.make(SERVICE, program({ tags: { team: "pay" } }));
    const [create, ...reads] = session.recorded();
    const { clientToken, ...input } = create?.input ?? {};
    assert.equal(create?.name, "ecs:CreateService");
    assert.match(String(clientToken), /^[0-9a-f-]{36}$/);
    assert.deepEqual(input, {
      serviceName: "api",
      cluster: cluster.state.arn,
      taskDefinition: definition.state.arn,
      desiredCount: 2,
      schedulingStrategy: "REPLICA",
      launchType: "FARGATE",
      capacityProviderStrategy: [],
      networkConfiguration: {
        awsvpcConfiguration: { subnets: ["subnet-0a1b2c3d"], assignPublicIp: "DISABLED" },
      },
      deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100 },
      vpcLatticeConfigurations: [],
      tags: [{ key: "team", value: "pay" }],
    });
    const asked = { cluster: cluster.state.arn, services: [made.id] };
    assert.deepEqual(reads, [
      { name: "ecs:DescribeServices", input: asked },
      { name: "ecs:DescribeServices", input: { ...asked, include: ["TAGS"] } },
    ]);
    assert.equal(made.id, `arn:aws:ecs:${REGION}:${ACCOUNT}:service/pay/api`);
    assert.deepEqual([made.state.platformVersion, made.state.launchType], ["LATEST", "FARGATE"]);
    assert.equal((await session.provider.diff(SERVICE, made, made.inputs)).changes, false);
  });

  it("sends what changed, and nothing else", async () => {
    const made = await session.provider.make(SERVICE, program());
    session.calls();
    const changed = await session.provider.change(SERVICE, made, program({ desiredCount: 3 }));
    const calls = session.recorded();
    assert.deepEqual(
      calls.map(({ name }) => name),
      ["ecs:UpdateService", ...DESCRIBE],
    );
    assert.deepEqual(calls[0]?.input, { cluster: cluster.state.arn, service: made.id, desiredCount: 3 });
    assert.equal(changed.state.desiredCount, 3);
  });

  it("forces a deployment for changed triggers, and then for every update but that of tags", async () => {
    const first = program({ forceNewDeployment: true, triggers: { cmk: "a" } });
    const made = await session.provider.make(SERVICE, first);
    session.calls();
    const triggered = await session.provider.change(SERVICE, made, { ...first, triggers: { cmk: "b" } });
    const forced = { cluster: cluster.state.arn, service: made.id, forceNewDeployment: true };
    assert.deepEqual(session.recorded()[0]?.input, forced);
    const scaled = await session.provider.change(SERVICE, triggered, {
      ...first,
      triggers: { cmk: "b" },
      desiredCount: 5,
    });
    assert.deepEqual(session.recorded()[0]?.input, { ...forced, desiredCount: 5 });
    await session.provider.change(SERVICE, scaled, { ...scaled.inputs, tags: { a: "1" } });
    assert.deepEqual(session.calls(), ["ecs:TagResource", "ecs:DescribeServices"]);
  });

  it("sees no change in triggers without forceNewDeployment", async () => {
    const made = await session.provider.make(SERVICE, program({ triggers: { cmk: "a" } }));
    const { inputs } = await session.provider.check(SERVICE, program({ triggers: { cmk: "b" } }), {
      olds: made.inputs,
    });
    assert.equal((await session.provider.diff(SERVICE, made, inputs)).changes, false);
  });

  it("hands on the refusal to force a service that CodeDeploy deploys", async () => {
    const controlled = program({ deploymentController: { type: "CODE_DEPLOY" } });
    const made = await session.provider.make(SERVICE, controlled);
    const forcing = { ...controlled, forceNewDeployment: true, triggers: { cmk: "b" } };
    await assert.rejects(session.provider.change(SERVICE, made, forcing), (error: Error) => {
      assert.match(error.message, /updating ECS Service \(.*api\): operation error ECS: UpdateService/);
      assert.match(error.message, /Cannot force a new deployment on services with a CODE_DEPLOY/);
      assert.deepEqual(partialFailureOf(error)?.state.triggers, { cmk: "b" }, "the planned state is what is kept");
      return true;
    });
  });

  it("refuses another capacity provider strategy unless a deployment is forced", async () => {
    const spot = { capacityProviderStrategies: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }] };
    const { launchType: _, ...rest } = program();
    const providers = urn("aws:ecs/clusterCapacityProviders:ClusterCapacityProviders");
    await session.provider.make(providers, { clusterName: "pay", capacityProviders: ["FARGATE_SPOT"] });
    const made = await session.provider.make(SERVICE, { ...rest, ...spot });
    assert.equal(made.state.launchType, "");
    assert.equal((await session.provider.diff(SERVICE, made, made.inputs)).changes, false);
    const { inputs } = await session.provider.check(SERVICE, rest, { olds: made.inputs });
    await assert.rejects(
      session.provider.diff(SERVICE, made, inputs),
      /force_new_deployment should be true when capacity_provider_strategy is being updated/,
    );
  });

  it("waits for a steady service when asked to, in the simulator's time", async () => {
    const made = await session.provider.make(SERVICE, program({ waitForSteadyState: true }));
    const calls = session.calls();
    assert.ok(calls.includes("ecs:DescribeServiceDeployments"));
    assert.ok(calls.filter((name) => name === "ecs:DescribeServices").length > 2);
    assert.equal(made.state.waitForSteadyState, true);
  });

  it("keeps a service whose tasks never start, and says why", async () => {
    const key = await session.provider.make(urn("aws:kms/key:Key"), {});
    const storage = { fargateEphemeralStorageKmsKeyId: String(key.state.arn) };
    const keyed = { name: "pay", configuration: { managedStorageConfiguration: storage } };
    await session.provider.change(urn("aws:ecs/cluster:Cluster"), cluster, keyed);
    const failing = {
      deploymentCircuitBreaker: { enable: true, rollback: true },
      waitForSteadyState: true,
    };
    await assert.rejects(session.provider.make(SERVICE, program(failing)), (error: Error) => {
      assert.match(error.message, /waiting for ECS Service \(.*api\) create: deployment/);
      assert.equal(partialFailureOf(error)?.id, `arn:aws:ecs:${REGION}:${ACCOUNT}:service/pay/api`);
      return true;
    });
  });

  it("shows on refresh what scaled behind its back, and leaves it alone when that is ignored", async () => {
    const made = await session.provider.make(SERVICE, program());
    const ecs = new ECSClient({
      region: REGION,
      endpoint: session.simulator.endpoint,
      credentials: { accessKeyId: ACCOUNT, secretAccessKey: "any" },
    });
    await ecs.send(new UpdateServiceCommand({ cluster: "pay", service: "api", desiredCount: 7 }));
    ecs.destroy();
    const refreshed = await session.provider.read(SERVICE, made);
    assert.deepEqual((await session.provider.diff(SERVICE, refreshed, made.inputs)).paths, ["desiredCount"]);
    session.calls();
    const healthier = program({ healthCheckGracePeriodSeconds: 30 });
    await session.provider.change(SERVICE, { ...made, state: refreshed.state }, healthier, ["desiredCount"]);
    assert.equal("desiredCount" in (session.recorded()[0]?.input ?? {}), false);
  });

  it("deploys blue/green with a bake time, told in minutes as a text", async () => {
    const bluegreen = program({ deploymentConfiguration: { strategy: "BLUE_GREEN", bakeTimeInMinutes: "5" } });
    const made = await session.provider.make(SERVICE, bluegreen);
    assert.deepEqual(session.recorded()[0]?.input.deploymentConfiguration, {
      maximumPercent: 200,
      minimumHealthyPercent: 100,
      strategy: "BLUE_GREEN",
      bakeTimeInMinutes: 5,
    });
    assert.equal((await session.provider.diff(SERVICE, made, made.inputs)).changes, false);
  });

  it("is replaced in place of its name for another launch type, the old one first", async () => {
    const made = await session.provider.make(SERVICE, program());
    const { inputs } = await session.provider.check(SERVICE, program({ launchType: "EC2" }), { olds: made.inputs });
    const { replaces, deleteBeforeReplace } = await session.provider.diff(SERVICE, made, inputs);
    assert.deepEqual([replaces, deleteBeforeReplace], [["launchType"], true]);
  });

  it("names a wrong launch type and a missing subnet list", async () => {
    const wrong = program({ launchType: "FARGET", networkConfiguration: {} });
    const { failures } = await session.provider.check(SERVICE, wrong);
    assert.deepEqual(failures, [
      'launchType: expected launchType to be one of ["EC2" "FARGATE" "EXTERNAL" "MANAGED_INSTANCES"], got FARGET',
      "networkConfiguration.subnets: Missing required argument: networkConfiguration.subnets",
    ]);
  });

  it("is imported by cluster and name", async () => {
    const made = await session.provider.make(SERVICE, program());
    const imported = await session.provider.read(SERVICE, { id: "pay/api" });
    assert.equal(imported.id, made.id);
    assert.deepEqual([imported.inputs.desiredCount, imported.inputs.launchType], [2, "FARGATE"]);
    await assert.rejects(session.provider.read(SERVICE, { id: "api" }), /expecting 'cluster-name\/service-name'/);
  });

  it("is drained, deleted and awaited until it is inactive", async () => {
    const made = await session.provider.make(SERVICE, program());
    session.calls();
    await session.provider.delete(SERVICE, made);
    const calls = session.recorded();
    assert.deepEqual(
      calls.slice(0, 4).map(({ name }) => name),
      ["ecs:DescribeServices", "ecs:UpdateService", "ecs:DeleteService", "ecs:DescribeServices"],
    );
    assert.deepEqual(calls[1]?.input, { cluster: cluster.state.arn, service: made.id, desiredCount: 0 });
    assert.equal((await session.provider.read(SERVICE, made)).id, "");
  });

  it("has a task definition, of which every change but that of tags makes another", async () => {
    const { inputs } = await session.provider.check(DEFINITION, { ...definitionProgram(), cpu: 512 });
    const { replaces, deleteBeforeReplace } = await session.provider.diff(DEFINITION, definition, inputs);
    assert.deepEqual([replaces, deleteBeforeReplace], [["cpu"], false]);
    assert.equal((await session.provider.diff(DEFINITION, definition, definition.inputs)).changes, false);
    const next = await session.provider.create(DEFINITION, inputs);
    assert.deepEqual(session.calls(), ["ecs:RegisterTaskDefinition", "ecs:DescribeTaskDefinition"]);
    assert.deepEqual([definition.state.revision, next.state.revision], [1, 2]);
    await session.provider.delete(DEFINITION, definition);
    assert.deepEqual(session.calls(), ["ecs:DeregisterTaskDefinition"]);
    assert.equal((await session.provider.read(DEFINITION, definition)).id, "");
    assert.equal((await session.provider.read(DEFINITION, { ...next, inputs })).id, "api");
  });
});

function definitionProgram() {
  const containers = [{ name: "app", image: "app:1", essential: true, environment: [], portMappings: [] }];
  return {
    family: "api",
    cpu: "256",
    memory: "512",
    networkMode: "awsvpc",
    requiresCompatibilities: ["FARGATE"],
    containerDefinitions: JSON.stringify(containers),
  };
}
