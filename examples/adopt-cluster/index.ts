// A cluster that was made by hand becomes encrypted: the first `up` brings it into the stack and gives it a key, and that is all it
// changes. ECS Exec, the key of EBS volumes, settings, capacity providers, Service Connect and tags stay as they are. Others may go on
// changing them: Pulumi.yaml has each run look at the cluster first, so that no update takes anything back. Running tasks keep the
// storage that they have: `fargate-cmk scan`, `plan` and `run` then redeploy the services in waves and prove that every task uses the key.
//   pulumi config set clusterName orders && pulumi up
//
// The cluster outlives this program, and so does its key: a cluster that still names a key which is to be deleted starts no task.
// `pulumi destroy` is refused by the key's protection; after `pulumi state unprotect --all` it only forgets the two, and AWS keeps
// both as they are. Whoever wants the key gone gives the cluster another one first, redeploys its services, waits for the last task
// on the old key to end, and then schedules its deletion in KMS.

import * as pulumi from "@pulumi/pulumi";
import { EncryptedFargateCluster } from "fargate-cmk";

const config = new pulumi.Config();

const cluster = new EncryptedFargateCluster("orders", {
  // The plain name: what is imported has to be known before anything is created.
  adoptCluster: config.require("clusterName"),
  // Left out, a key is made, for this cluster alone.
  existingKeyArn: config.get("existingKeyArn") || undefined,
});

export const clusterArn = cluster.clusterArn;
export const keyArn = cluster.keyArn;
