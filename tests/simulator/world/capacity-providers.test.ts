import assert from "node:assert/strict";
import { NETWORK, SmallWorld } from "./small-world";

const ON_DEMAND = [{ capacityProvider: "FARGATE", weight: 1, base: 0 }];
const SPOT = [{ capacityProvider: "FARGATE_SPOT", weight: 1, base: 0 }];

describe("simulated capacity providers", () => {
  describe("34 a strategy names only capacity providers of its cluster, and one that tasks use cannot be taken away", () => {
    it("refuses a stranger in a service, in a task, in a new strategy and in the cluster's default", () => {
      const small = clusterWith(["FARGATE"]);
      const taskDefinition = small.taskDefinition();
      const refused = (operation: string, input: object): void => {
        const { code, message } = small.refused("ecs", operation, { cluster: "pay", ...input });
        assert.equal(code, "InvalidParameterException", operation);
        assert.match(message, /FARGATE_SPOT is not associated with the cluster/, operation);
      };
      const spot = { taskDefinition, capacityProviderStrategy: SPOT, ...NETWORK };
      refused("CreateService", { serviceName: "api", ...spot });
      refused("RunTask", spot);
      small.create("pay", "api", { launchType: undefined, capacityProviderStrategy: ON_DEMAND });
      refused("UpdateService", { service: "api", capacityProviderStrategy: SPOT, forceNewDeployment: true });
      const capacityProviders = ["FARGATE"];
      refused("PutClusterCapacityProviders", { capacityProviders, defaultCapacityProviderStrategy: SPOT });
      refused("CreateCluster", { clusterName: "x", capacityProviders, defaultCapacityProviderStrategy: SPOT });
    });

    it("keeps one on the cluster while tasks run on it, and lets it go after them", () => {
      const small = clusterWith(["FARGATE", "FARGATE_SPOT"]);
      small.service("pay", "api", { launchType: undefined, capacityProviderStrategy: SPOT });
      const without = { cluster: "pay", capacityProviders: ["FARGATE"], defaultCapacityProviderStrategy: [] };
      const { code } = small.refused("ecs", "PutClusterCapacityProviders", without);
      assert.equal(code, "ResourceInUseException");
      small.ecs("DeleteService", { cluster: "pay", service: "api", force: true });
      small.until(() => small.view("pay", "api").status === "INACTIVE");
      const { cluster } = small.ecs("PutClusterCapacityProviders", without);
      assert.deepEqual(cluster.capacityProviders, ["FARGATE"]);
    });
  });
});

function clusterWith(capacityProviders: readonly string[]): SmallWorld {
  const small = new SmallWorld();
  small.ecs("CreateCluster", { clusterName: "pay", capacityProviders });
  return small;
}
