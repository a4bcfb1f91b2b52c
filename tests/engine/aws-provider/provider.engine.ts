// The provider under the real engine: a program with one resource of each kind lives and goes, and nothing differs in between.

import assert from "node:assert/strict";
import { CreateClusterCommand, DescribeClustersCommand, ECSClient } from "@aws-sdk/client-ecs";
import { aFleet, type FleetBuilder } from "../../../simulator/fleet-builder";
import { type Simulator, startSimulator } from "../../../simulator/start-simulator";
import { succeeded } from "../pulumi-process";
import { createProject, type PulumiProject } from "../pulumi-project";
import { temporaryProgram } from "../temporary-program";

const PROGRAM = "tests/engine/aws-provider/program";

describe("the test provider under the real engine", () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  });

  const start = async (fleet: FleetBuilder): Promise<Simulator> => {
    const simulator = await startSimulator({ fleet: fleet.build(), seed: 7, clock: { mode: "manual" } });
    closing.push(() => simulator.close());
    return simulator;
  };
  const open = async (simulator: Simulator, program: string): Promise<PulumiProject> => {
    const config = { "aws:region": "eu-west-1" };
    const project = await createProject({ program, config, endpoint: simulator.endpoint });
    closing.push(() => project.dispose());
    return project;
  };
  const write = (main: string): string => {
    const yaml = "name: written\nruntime: nodejs\nmain: main.ts\n";
    const { folder, remove } = temporaryProgram({ "Pulumi.yaml": yaml, "main.ts": main });
    closing.push(async () => remove());
    return folder;
  };

  it("makes everything, finds no change, also after a refresh, and takes everything away", async () => {
    const simulator = await start(aFleet().subnet("subnet-0a1b2c3d"));
    const project = await open(simulator, PROGRAM);
    assert.deepEqual(succeeded(await project.preview()).changes, { create: 8 });
    assert.deepEqual(succeeded(await project.up({ args: ["--skip-preview"] })).changes, { create: 8 });
    assert.deepEqual(succeeded(await project.preview()).changes, { same: 8 });
    assert.deepEqual(succeeded(await project.preview({ args: ["--refresh"] })).changes, { same: 8 });

    await project.configure({ config: { cpu: "512" } });
    const changed = succeeded(await project.up({ args: ["--skip-preview"] }));
    assert.deepEqual(
      changed.steps.filter(({ op }) => op !== "same").map(({ op, name }) => `${op} ${name}`),
      ["create-replacement api", "replace api", "update api", "delete-replaced api"],
    );
    assert.equal((await project.stackOutputs()).revision, 2);

    assert.deepEqual(succeeded(await project.destroy()).changes, { delete: 8 });
    assert.deepEqual(simulator.defects(), []);
  });

  it("imports a cluster by its name and gives it a key in one run, and reads another with get", async () => {
    const simulator = await start(aFleet().cluster("pay").cluster("shop"));
    const program = write(`
      import { Cluster } from "@pulumi/aws/ecs";
      import { Key } from "@pulumi/aws/kms";
      const key = new Key("storage");
      const configuration = { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: key.arn } };
      new Cluster("pay", { name: "pay", configuration }, { import: "pay" });
      export const shop = Cluster.get("shop", "shop").arn;
    `);
    const project = await open(simulator, program);
    succeeded(await project.up({ args: ["--skip-preview"] }));
    assert.equal((await project.stackOutputs()).shop, "arn:aws:ecs:eu-west-1:111122223333:cluster/shop");
    assert.equal(simulator.simulation.calls().byOperation["ecs:UpdateCluster"]?.calls, 1);
    assert.deepEqual(simulator.simulation.calls().byOperation["ecs:CreateCluster"], undefined);
    assert.deepEqual(Object.keys(succeeded(await project.preview({ args: ["--refresh"] })).changes), ["same"]);
  });

  it("imports a cluster, gives it a key, keeps what the program ignores, and lets it live on when it leaves the program", async () => {
    const simulator = await start(aFleet());
    const region = "eu-west-1";
    const credentials = { accessKeyId: "111122223333", secretAccessKey: "any" };
    const ecs = new ECSClient({ region, endpoint: simulator.endpoint, credentials });
    closing.push(async () => ecs.destroy());
    const settings = [{ name: "containerInsights" as const, value: "enhanced" }];
    const executeCommandConfiguration = { logging: "NONE" as const };
    await ecs.send(
      new CreateClusterCommand({
        clusterName: "orders",
        configuration: { executeCommandConfiguration, managedStorageConfiguration: { kmsKeyId: "volumes" } },
        settings,
        tags: [{ key: "team", value: "pay" }],
      }),
    );
    const key = 'import { Key } from "@pulumi/aws/kms";\nexport const key = new Key("storage").arn;\n';
    const cluster = `
      import { Cluster } from "@pulumi/aws/ecs";
      const managedStorageConfiguration = { fargateEphemeralStorageKmsKeyId: key };
      new Cluster("orders", { name: "orders", configuration: { managedStorageConfiguration } }, {
        import: "orders",
        retainOnDelete: true,
        ignoreChanges: [
          "configuration.executeCommandConfiguration", "configuration.managedStorageConfiguration.kmsKeyId",
          "serviceConnectDefaults", "settings", "tags", "tagsAll",
        ],
      });
    `;
    const project = await open(simulator, write(key + cluster));
    succeeded(await project.up({ args: ["--skip-preview"] }));
    assert.deepEqual(succeeded(await project.up({ args: ["--skip-preview"] })).changes, { same: 3 });
    assert.deepEqual(succeeded(await project.preview({ args: ["--refresh"] })).changes, { same: 3 });
    const { key: fargateEphemeralStorageKmsKeyId } = await project.stackOutputs();
    project.use(write(key));
    succeeded(await project.up({ args: ["--skip-preview"] }));
    const include = ["CONFIGURATIONS" as const, "SETTINGS" as const, "TAGS" as const];
    const { clusters } = await ecs.send(new DescribeClustersCommand({ clusters: ["orders"], include }));
    const { status, configuration, settings: shown, tags } = clusters?.[0] ?? assert.fail("there is no cluster orders");
    assert.deepEqual(
      { status, configuration, settings: shown, tags },
      {
        status: "ACTIVE",
        configuration: {
          executeCommandConfiguration,
          managedStorageConfiguration: { kmsKeyId: "volumes", fargateEphemeralStorageKmsKeyId },
        },
        settings,
        tags: [{ key: "team", value: "pay" }],
      },
    );
    assert.equal(simulator.simulation.calls().byOperation["ecs:UpdateCluster"]?.calls, 1);
  });

  it("shows what AWS said when it refuses, and keeps what had been made", async () => {
    const simulator = await start(aFleet());
    const program = write(`
      import { Cluster } from "@pulumi/aws/ecs";
      import { Key } from "@pulumi/aws/kms";
      const key = new Key("storage", { isEnabled: false });
      const configuration = { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: key.arn } };
      new Cluster("pay", { name: "pay", configuration });
    `);
    const project = await open(simulator, program);
    const run = await project.up({ args: ["--skip-preview"] });
    assert.notEqual(run.status, 0);
    const text = run.stdout + run.stderr + run.diagnostics.map(({ message }) => message).join("\n");
    assert.match(
      text,
      /creating ECS Cluster \(pay\): operation error ECS: CreateCluster, .*InvalidParameterException: .*not Enabled/,
    );
    const { deployment } = await project.exportState();
    const types = (deployment.resources ?? []).map(({ type }) => type);
    assert.ok(types.includes("aws:kms/key:Key"));
    assert.ok(!types.includes("aws:ecs/cluster:Cluster"));
  });

  it("claims in its state a key that AWS refused, until a refresh, as Terraform's SDK does", async () => {
    const simulator = await start(aFleet());
    const withKey = (name: string): string =>
      write(`
        import { Cluster } from "@pulumi/aws/ecs";
        import { Key } from "@pulumi/aws/kms";
        const keys = { good: new Key("good"), disabled: new Key("disabled", { isEnabled: false }) };
        const storage = { fargateEphemeralStorageKmsKeyId: keys.${name}.arn };
        new Cluster("pay", { name: "pay", configuration: { managedStorageConfiguration: storage } });
      `);
    const project = await open(simulator, withKey("good"));
    succeeded(await project.up({ args: ["--skip-preview"] }));
    project.use(withKey("disabled"));
    assert.notEqual((await project.up({ args: ["--skip-preview"] })).status, 0);

    assert.deepEqual(succeeded(await project.up({ args: ["--skip-preview"] })).changes, { same: 3, update: 1 });
    const updates = simulator.simulation.calls().byOperation["ecs:UpdateCluster"]?.calls;
    assert.equal(updates, 1, "the second run does not try again");
    const refreshed = await project.preview({ args: ["--refresh"] });
    assert.equal(refreshed.changes.update, 1);
  });

  it("names the wrong property of a program before anything is made", async () => {
    const simulator = await start(aFleet());
    const program = write(`
      import { Service } from "@pulumi/aws/ecs";
      new Service("api", { cluster: "pay", launchType: "FARGET" });
    `);
    const run = await (await open(simulator, program)).preview();
    assert.notEqual(run.status, 0);
    const text = run.stdout + run.diagnostics.map(({ message }) => message).join("\n");
    assert.match(
      text,
      /expected launchType to be one of \["EC2" "FARGATE" "EXTERNAL" "MANAGED_INSTANCES"\], got FARGET/,
    );
  });
});
