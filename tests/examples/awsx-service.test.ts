// examples/awsx-service under mocks, where the program of awsx is not there to expand: what the service of awsx is told.

import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { KEY_ARN, only, type Recorded, record, type Sent } from "../components/recorded-program";
import { loadExample } from "./load-example";

const SERVICE = "awsx:ecs:FargateService";

describe("the example awsx-service", () => {
  let sent: readonly Sent[] = [];
  let outputs: Recorded<{ clusterArn: string }>["outputs"];

  before(async function () {
    // awsx is large to load.
    this.timeout(60_000);
    pulumi.runtime.setAllConfig({
      "shop:subnetIds": "subnet-0a1b2c3d,subnet-0e4f5a6b",
      "shop:securityGroupId": "sg-0a1b2c3d",
    });
    ({ sent, outputs } = await record(() => {
      const { clusterArn } = loadExample<{ readonly clusterArn: pulumi.Output<string> }>("awsx-service");
      return { clusterArn };
    }));
  });

  it("puts the service on the cluster by its ARN, on a platform version that takes a key", () => {
    const { inputs } = only(sent, SERVICE);
    assert.equal(inputs.cluster, outputs.clusterArn);
    assert.equal(inputs.platformVersion, "1.4.0");
  });

  it("deploys the service anew when the key changes", () => {
    const { inputs } = only(sent, SERVICE);
    assert.equal(inputs.forceNewDeployment, true);
    assert.deepEqual(inputs.triggers, { ephemeralStorageKey: KEY_ARN });
  });

  it("leaves no part of the network to awsx, and no public address to the tasks", () => {
    const { inputs } = only(sent, SERVICE);
    assert.deepEqual(inputs.networkConfiguration, {
      subnets: ["subnet-0a1b2c3d", "subnet-0e4f5a6b"],
      securityGroups: ["sg-0a1b2c3d"],
      assignPublicIp: false,
    });
    assert.equal("assignPublicIp" in inputs, false);
  });

  it("makes the service wait for key, cluster and capacity providers", () => {
    const { dependencies } = only(sent, SERVICE);
    for (const name of ["shop-storage-key", "shop-cluster", "shop-capacity-providers"]) {
      assert.ok(dependencies.includes(name), `${name} in ${dependencies.join(", ")}`);
    }
  });
});
