import assert from "node:assert/strict";
import { MINUTE, SmallWorld, withKey } from "./small-world";

describe("simulated clusters", () => {
  it("1 DescribeClusters leaves `configuration` out unless asked with CONFIGURATIONS", () => {
    const small = new SmallWorld();
    const key = small.goodKey("pay");
    small.cluster("pay", key);
    const [plain] = small.ecs("DescribeClusters", { clusters: ["pay"] }).clusters;
    assert.equal("configuration" in plain, false);
    const [asked] = small.ecs("DescribeClusters", { clusters: ["pay"], include: ["CONFIGURATIONS"] }).clusters;
    assert.equal(asked.configuration.managedStorageConfiguration.fargateEphemeralStorageKmsKeyId, key);
  });

  describe("2 UpdateCluster with a configuration replaces it whole, without one leaves it (switch updateClusterMerge)", () => {
    const execOnly = { configuration: { executeCommandConfiguration: { logging: "NONE" } } };

    function configurationAfter(updateClusterMerge: boolean, update: object) {
      const small = new SmallWorld({ switches: { updateClusterMerge } });
      small.cluster("pay", small.goodKey("pay"));
      small.ecs("UpdateCluster", { cluster: "pay", ...update });
      return small.ecs("DescribeClusters", { clusters: ["pay"], include: ["CONFIGURATIONS"] }).clusters[0]
        .configuration;
    }

    it("replaces: the key is gone when only the exec configuration is sent", () => {
      assert.deepEqual(configurationAfter(false, execOnly), execOnly.configuration);
    });

    it("merges when switched: the key stays beside the exec configuration", () => {
      const merged = configurationAfter(true, execOnly);
      assert.equal(merged.executeCommandConfiguration.logging, "NONE");
      assert.match(merged.managedStorageConfiguration.fargateEphemeralStorageKmsKeyId, /:key\//);
    });

    it("leaves the configuration as it is when only settings are sent", () => {
      const left = configurationAfter(false, { settings: [{ name: "containerInsights", value: "enabled" }] });
      assert.match(left.managedStorageConfiguration.fargateEphemeralStorageKmsKeyId, /:key\//);
    });
  });

  describe("3 clusters take only enabled, symmetric, single-Region keys of their Region, by ARN or id, and echo the ARN", () => {
    it("stores the ARN when a bare key id was sent", () => {
      const small = new SmallWorld();
      const arn = small.goodKey("pay");
      const { cluster } = small.ecs("CreateCluster", {
        clusterName: "pay",
        ...withKey(arn.slice(arn.indexOf("/") + 1)),
      });
      assert.equal(cluster.configuration.managedStorageConfiguration.fargateEphemeralStorageKmsKeyId, arn);
    });

    const unfit: readonly (readonly [why: string, make: (small: SmallWorld) => string])[] = [
      ["an alias", aliasOf],
      ["another Region", (small) => small.goodKey("x").replace("eu-central-1", "us-east-1")],
      ["asymmetric", (small) => keyArn(small, { KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" })],
      ["multi-Region", (small) => keyArn(small, { MultiRegion: true })],
      ["disabled", (small) => disabled(small)],
      ["unknown", () => "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-a000-000000000000"],
    ];
    for (const [why, make] of unfit) {
      it(`refuses a key that is ${why}, and changes nothing`, () => {
        const small = new SmallWorld();
        small.cluster("pay");
        const refusal = small.refused("ecs", "UpdateCluster", { cluster: "pay", ...withKey(make(small)) });
        assert.equal(refusal.code, "InvalidParameterException");
        const { clusters } = small.ecs("DescribeClusters", { clusters: ["pay"], include: ["CONFIGURATIONS"] });
        assert.equal(clusters[0].configuration, undefined);
      });
    }
  });

  describe("5 an INACTIVE cluster stays visible for a while; an active name is returned or refused (switch createClusterOnActiveName)", () => {
    it("shows a deleted cluster as INACTIVE, and as MISSING two hours later", () => {
      const small = new SmallWorld();
      small.cluster("pay");
      small.ecs("DeleteCluster", { cluster: "pay" });
      assert.equal(small.ecs("DescribeClusters", { clusters: ["pay"] }).clusters[0].status, "INACTIVE");
      small.pass(120 * MINUTE);
      const { clusters, failures } = small.ecs("DescribeClusters", { clusters: ["pay"] });
      assert.deepEqual(clusters, []);
      assert.equal(failures[0].reason, "MISSING");
    });

    it("returns the existing cluster unchanged, its key included", () => {
      const small = new SmallWorld();
      small.cluster("pay");
      const { cluster } = small.ecs("CreateCluster", { clusterName: "pay", ...withKey(small.goodKey("pay")) });
      assert.equal(cluster.configuration, undefined);
    });

    it("refuses an active name when switched", () => {
      const small = new SmallWorld({ switches: { createClusterOnActiveName: "refuse" } });
      small.cluster("pay");
      assert.equal(small.refused("ecs", "CreateCluster", { clusterName: "pay" }).code, "InvalidParameterException");
    });

    it("is not deleted while it has services or tasks", () => {
      const small = new SmallWorld();
      small.cluster("pay");
      small.service("pay", "api");
      assert.equal(small.refused("ecs", "DeleteCluster", { cluster: "pay" }).code, "ClusterContainsServicesException");
    });
  });
});

function keyArn(small: SmallWorld, input: Readonly<Record<string, unknown>>): string {
  return small.kms("CreateKey", input).KeyMetadata.Arn;
}

function aliasOf(small: SmallWorld): string {
  small.kms("CreateAlias", { AliasName: "alias/a", TargetKeyId: small.goodKey("x") });
  return "alias/a";
}

function disabled(small: SmallWorld): string {
  const arn = small.goodKey("pay");
  small.kms("DisableKey", { KeyId: arn });
  return arn;
}
