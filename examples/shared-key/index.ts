// One key for several clusters: its policy names each of them, and no other cluster can use it.
//
// Another cluster is another name in the list. The key's policy takes it up first, then the cluster is made; the others stay as they are.

import { EncryptedFargateCluster, EphemeralStorageKey } from "fargate-cmk";

const clusterNames = ["orders", "payments"];

const key = new EphemeralStorageKey("shared", { clusterNames, aliasName: "shared-storage" });

const clusters = clusterNames.map(
  (clusterName) =>
    new EncryptedFargateCluster(clusterName, {
      clusterName,
      existingKeyArn: key.keyArn,
      // As this program writes it, not as KMS has it before the update: a name that is missing from the list stops the preview.
      existingKeyPolicy: key.keyPolicy,
    }),
);

export const keyArn = key.keyArn;
export const clusterArns = clusters.map(({ clusterArn }) => clusterArn);
