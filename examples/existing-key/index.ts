// A cluster on a key that another team owns: this stack never writes to the key, and `pulumi destroy` leaves it as it is.
//
// Each preview reads the key and judges it. A key that is disabled, to be deleted, or whose policy does not let Fargate use it for this
// cluster stops the preview, which prints the policy statements that the key's owner has to add.

import * as pulumi from "@pulumi/pulumi";
import { EncryptedFargateCluster } from "fargate-cmk";

const cluster = new EncryptedFargateCluster("orders", {
  // Told to the key's owner: the statements name the cluster.
  clusterName: "orders",
  existingKeyArn: new pulumi.Config().require("keyArn"),
});

export const clusterArn = cluster.clusterArn;
/** For the owner's records: what the key's policy has to keep for as long as the cluster is there. */
export const requiredKeyPolicyStatements = cluster.requiredKeyPolicyStatements;
