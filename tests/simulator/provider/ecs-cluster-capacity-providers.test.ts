import assert from "node:assert/strict";
import * as ecs from "@aws-sdk/client-ecs";
import { withAccount } from "./account";

describe("what the provider calls for an ecs.ClusterCapacityProviders", () => {
  it("puts them with a default strategy, changes them, and takes all away", () =>
    withAccount(async ({ ecs: client }) => {
      await client.send(new ecs.CreateClusterCommand({ clusterName: "pay" }));
      const mixed: ecs.CapacityProviderStrategyItem[] = [
        { capacityProvider: "FARGATE", base: 1, weight: 1 },
        { capacityProvider: "FARGATE_SPOT", weight: 3 },
      ];
      const onDemand: ecs.CapacityProviderStrategyItem[] = [{ capacityProvider: "FARGATE", weight: 100 }];
      const steps: readonly (readonly [string[], ecs.CapacityProviderStrategyItem[]])[] = [
        [["FARGATE", "FARGATE_SPOT"], mixed],
        [["FARGATE"], onDemand],
        [[], []],
      ];
      for (const [capacityProviders, defaultCapacityProviderStrategy] of steps) {
        await client.send(
          new ecs.PutClusterCapacityProvidersCommand({
            cluster: "pay",
            capacityProviders,
            defaultCapacityProviderStrategy,
          }),
        );
        const { clusters } = await client.send(new ecs.DescribeClustersCommand({ clusters: ["pay"] }));
        const shown = clusters?.[0];
        assert.equal(shown?.status, "ACTIVE");
        assert.deepEqual(shown?.capacityProviders, capacityProviders);
        assert.deepEqual(shown?.defaultCapacityProviderStrategy, defaultCapacityProviderStrategy);
      }
    }));
});
