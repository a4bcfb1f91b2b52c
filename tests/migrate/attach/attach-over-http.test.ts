import assert from "node:assert/strict";
import { known } from "../../../domain/fact";
import type { ClusterConfiguration, Fleet } from "../../../domain/fleet";
import { attachKey } from "../../../migrate/drive/attach-key";
import { aFleet } from "../../../simulator/fleet-builder";
import { type SimulatedAws, withSimulatedAws } from "../adapters-aws/simulated-aws";

const EXEC = {
  executeCommandConfiguration: { logging: "OVERRIDE", logConfiguration: { cloudWatchLogGroupName: "/ecs/exec" } },
};
const FLEET = withConfiguration(
  aFleet()
    .key("pay-key", { clusters: ["pay"] })
    .cluster("pay")
    .service("api")
    .build(),
  EXEC,
);
const KEY = FLEET.keys[0]?.arn ?? "";

describe("attaching a key over HTTP with the real SDK", () => {
  it("keeps the ECS Exec configuration, which AWS would drop if it were not sent back", async () => {
    await withSimulatedAws(FLEET, async (aws) => {
      const attached = await attach(aws);
      assert.equal(attached.kind, "attached");
      assert.deepEqual(await configurationOf(aws), {
        ...EXEC,
        managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: KEY },
      });
    });
  });

  it("sends UpdateCluster once, and not again when it is repeated", async () => {
    await withSimulatedAws(FLEET, async (aws) => {
      await attach(aws);
      assert.equal((await attach(aws)).kind, "already-attached");
      assert.equal(aws.gate.counts().byOperation["ecs:UpdateCluster"], 1);
    });
  });

  it("finds out by looking that a lost answer had acted", async () => {
    const use = async (aws: SimulatedAws): Promise<void> => {
      aws.simulator.simulation.scheduleFault({ kind: "timeout-after-act", operation: "UpdateCluster", count: 1 });
      assert.equal((await attach(aws)).kind, "attached");
      assert.equal(aws.gate.counts().byOperation["ecs:UpdateCluster"], 1);
    };
    await withSimulatedAws(FLEET, use, { losing: "ecs:UpdateCluster" });
  });

  it("leaves the cluster as it is when the key's policy shuts Fargate out", async () => {
    const shut = withConfiguration(
      aFleet()
        .key("other-key", { clusters: ["other"] })
        .cluster("pay")
        .build(),
      EXEC,
    );
    await withSimulatedAws(shut, async (aws) => {
      await assert.rejects(attach(aws, shut.keys[0]?.arn), { code: "refused" });
      assert.deepEqual(await configurationOf(aws), EXEC);
    });
  });
});

function attach({ ecs, account, clock }: SimulatedAws, keyRef = KEY) {
  return attachKey({ ecs, account, clock, clusterRef: "pay", keyRef });
}

async function configurationOf({ ecs }: SimulatedAws): Promise<unknown> {
  const { found } = await ecs.describeClusters(["pay"]);
  const configuration = found[0]?.configuration;
  return configuration?.kind === "known" ? configuration.value.whole : null;
}

function withConfiguration(fleet: Fleet, whole: ClusterConfiguration["whole"]): Fleet {
  const none = { fargateEphemeralStorageKmsKeyArn: null, managedStorageKmsKeyArn: null };
  const clusters = fleet.clusters.map((cluster) => ({
    ...cluster,
    configuration: known({ ...none, whole }, fleet.readAt),
  }));
  return { ...fleet, clusters };
}
