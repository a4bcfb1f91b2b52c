// Clusters as people make them in the console, each with a service that runs: one with everything that a cluster can have beside a key
// for Fargate, and one with nothing.

import assert from "node:assert/strict";
import {
  type Cluster,
  CreateClusterCommand,
  type CreateClusterCommandInput,
  CreateServiceCommand,
  DescribeClustersCommand,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import type { SimulatedAccount } from "../../e2e/simulated-account";
import { FARGATE_TASK, NETWORK } from "./task-on-cluster";

const PLACE = "eu-west-1:111122223333";
const SETTLED_SECONDS = 300;

export const RICH: CreateClusterCommandInput = {
  clusterName: "orders",
  settings: [{ name: "containerInsights", value: "enhanced" }],
  configuration: {
    executeCommandConfiguration: {
      logging: "OVERRIDE",
      logConfiguration: { cloudWatchLogGroupName: "/ecs/exec/orders" },
    },
    managedStorageConfiguration: { kmsKeyId: `arn:aws:kms:${PLACE}:key/0f1e2d3c-12ab-34cd-56ef-1234567890ab` },
  },
  capacityProviders: ["FARGATE", "FARGATE_SPOT"],
  defaultCapacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", weight: 3, base: 0 }],
  serviceConnectDefaults: { namespace: `arn:aws:servicediscovery:${PLACE}:namespace/ns-orders` },
  tags: [{ key: "Team", value: "orders" }],
};

export const PLAIN: CreateClusterCommandInput = { clusterName: "orders" };

/** What the cluster is before anybody adopts it. */
export async function clusterByHand(account: SimulatedAccount, input: CreateClusterCommandInput): Promise<Described> {
  await account.withSdk(async ({ ecs }) => {
    const { clusterName: cluster } = input;
    await ecs.send(new CreateClusterCommand(input));
    await ecs.send(new RegisterTaskDefinitionCommand({ family: "api", ...FARGATE_TASK }));
    const service = { serviceName: "api", taskDefinition: "api", launchType: "FARGATE", desiredCount: 2 } as const;
    await ecs.send(new CreateServiceCommand({ cluster, ...service, networkConfiguration: NETWORK }));
  });
  await account.advance(SETTLED_SECONDS);
  return describedCluster(account, input.clusterName);
}

/** All that DescribeClusters tells, but for the counts of what runs. */
export type Described = Omit<Cluster, (typeof COUNTS)[number]>;

const COUNTS = [
  "activeServicesCount",
  "pendingTasksCount",
  "registeredContainerInstancesCount",
  "runningTasksCount",
] as const;

export async function describedCluster(account: SimulatedAccount, name = "orders"): Promise<Described> {
  const include = ["SETTINGS", "CONFIGURATIONS", "TAGS"] as const;
  const command = new DescribeClustersCommand({ clusters: [name], include: [...include] });
  const { clusters: [found = assert.fail(`there is no cluster ${name}`)] = [] } = await account.withSdk(({ ecs }) =>
    ecs.send(command),
  );
  const counts: readonly string[] = COUNTS;
  return Object.fromEntries(Object.entries(found).filter(([member]) => !counts.includes(member)));
}

/** The same cluster, with the key under ephemeral storage and no other difference. */
export function withKey(cluster: Described | undefined, keyArn: string | undefined): Described {
  const { configuration, ...others } = cluster ?? assert.fail("the cluster has been described");
  const storage = { ...configuration?.managedStorageConfiguration, fargateEphemeralStorageKmsKeyId: keyArn };
  return { ...others, configuration: { ...configuration, managedStorageConfiguration: storage } };
}
