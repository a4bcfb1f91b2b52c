// Registers the cluster as a remote component: the engine starts the plugin and lets it construct, as for every other language.
// Invariant: nothing of the components' code is loaded in this process.

import { ComponentResource, type Output } from "@pulumi/pulumi";

class EncryptedFargateCluster extends ComponentResource {
  declare readonly clusterArn: Output<string>;
  declare readonly keyArn: Output<string>;
  declare readonly redeployTriggers: Output<Record<string, string>>;

  constructor(name: string, args: Readonly<Record<string, unknown>>) {
    const outputs = { clusterArn: undefined, keyArn: undefined, redeployTriggers: undefined };
    super("fargate-cmk:index:EncryptedFargateCluster", name, { ...args, ...outputs }, {}, true);
  }
}

const cluster = new EncryptedFargateCluster("orders", {
  clusterName: "orders",
  executeCommandLogging: true,
  tags: { team: "orders" },
});

export const clusterArn = cluster.clusterArn;
export const keyArn = cluster.keyArn;
export const redeployTriggers = cluster.redeployTriggers;
