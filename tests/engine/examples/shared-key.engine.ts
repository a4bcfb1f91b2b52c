// examples/shared-key: clusters come to a key and leave it, and no other cluster notices.

import assert from "node:assert/strict";
import { aFleet } from "../../../simulator/fleet-builder";
import { adding, replacing } from "./example-program";
import { keyOfTaskOn, TASK_SUBNET } from "./task-on-cluster";
import { livesItsWholeLife, type Stage } from "./whole-life";

const FLEET = aFleet().subnet(TASK_SUBNET).build();

const FORGETFUL = `new EncryptedFargateCluster("reports", {
  clusterName: "reports",
  existingKeyArn: key.keyArn,
  existingKeyPolicy: key.keyPolicy,
});`;

describe("the example shared-key", function () {
  this.timeout(300_000);

  it("takes up a third cluster once the key names it, and lets one go", () =>
    livesItsWholeLife({
      example: "shared-key",
      fleet: FLEET,
      started: (stage) => useTheKey(stage, ["orders", "payments"]),
      changes: [
        {
          title: "a third cluster that the key's policy does not name",
          edit: adding(FORGETFUL),
          expects: [],
          refused: /its policy does not let Fargate use it for cluster reports/,
        },
        {
          title: "a third cluster",
          edit: replacing(`["orders", "payments"]`, `["orders", "payments", "reports"]`),
          expects: [
            ...policyOfKeyAnd(["orders", "payments"]),
            "create Cluster reports-cluster",
            "create ClusterCapacityProviders reports-capacity-providers",
            "create EncryptedFargateCluster reports",
          ],
          afterwards: (stage) => useTheKey(stage, ["orders", "payments", "reports"]),
        },
        {
          title: "one cluster less",
          edit: replacing(`["orders", "payments", "reports"]`, `["orders", "reports"]`),
          expects: [
            ...policyOfKeyAnd(["orders", "reports"]),
            "delete Cluster payments-cluster",
            "delete ClusterCapacityProviders payments-capacity-providers",
            "delete EncryptedFargateCluster payments",
          ],
          afterwards: (stage) => useTheKey(stage, ["orders", "reports"]),
        },
      ],
      protectsAKey: true,
    }));
});

/** The policy is an argument of each cluster's component, so the components show a change; their resources do not. */
function policyOfKeyAnd(clusters: readonly string[]): readonly string[] {
  const components = clusters.map((cluster) => `update EncryptedFargateCluster ${cluster}`);
  return ["update EphemeralStorageKey shared", "update Key shared-key", ...components];
}

async function useTheKey({ project, account }: Stage, clusters: readonly string[]): Promise<void> {
  const { keyArn } = await project.stackOutputs();
  for (const cluster of clusters) assert.equal(await keyOfTaskOn(account, cluster), keyArn, cluster);
}
