// A cluster changes its key, to another one and back: in place, its services follow, and no key is lost on the way.

import assert from "node:assert/strict";
import { DescribeKeyCommand } from "@aws-sdk/client-kms";
import { aFleet } from "../../../simulator/fleet-builder";
import type { SimulatedAccount } from "../../e2e/simulated-account";
import { succeeded } from "../pulumi-process";
import { changesOf, withProgram } from "./throwaway-project";

const FLEET = aFleet().subnet("subnet-0a1b2c3d").build();
const SETTLED_SECONDS = 900;

const SERVICE = `
const task = new ecs.TaskDefinition("web", {
  family: "web", requiresCompatibilities: ["FARGATE"], networkMode: "awsvpc", cpu: "256", memory: "512",
  containerDefinitions: JSON.stringify([{ name: "web", image: "web:1", essential: true }]),
});
new ecs.Service("web", {
  ...redeployOnKeyChange(cluster),
  name: "web", cluster: cluster.clusterArn, taskDefinition: task.arn, launchType: "FARGATE", desiredCount: 1,
  networkConfiguration: { subnets: ["subnet-0a1b2c3d"] },
});
export const keyArn = cluster.keyArn;
`;
const OWN_KEY = `const cluster = new EncryptedFargateCluster("app", { clusterName: "app" });${SERVICE}`;
const NEXT_KEY = `
const next = new EphemeralStorageKey("next", { clusterNames: ["app"] });
const cluster = new EncryptedFargateCluster("app", { clusterName: "app", existingKeyArn: next.keyArn });`;
const FORMER_KEY_KEPT = `new EphemeralStorageKey("app-storage", { clusterNames: ["app"] }, { aliases: [{ parent: cluster }] });`;
const BACK = `
const former = new EphemeralStorageKey("app-storage", { clusterNames: ["app"] });
new EphemeralStorageKey("next", { clusterNames: ["app"] });
const cluster = new EncryptedFargateCluster("app", { clusterName: "app", existingKeyArn: former.keyArn });${SERVICE}`;
const SWAP = ["update Cluster app-cluster", "update EncryptedFargateCluster app", "update Service web"];

describe("a cluster's change of key", function () {
  this.timeout(300_000);

  it("replaces nothing, takes the services along, keeps the former key protected and usable, and goes back", () =>
    withProgram(FLEET, OWN_KEY, async ({ project, account, use }) => {
      succeeded(await project.up({ args: ["--skip-preview"] }));
      await account.advance(SETTLED_SECONDS);
      const { keyArn: former } = await project.stackOutputs();

      use(NEXT_KEY + SERVICE);
      const refused = await project.preview();
      assert.notEqual(refused.status, 0);
      assert.match(refused.stdout + refused.stderr, /cannot be deleted\s+because it is protected/);

      use(NEXT_KEY + FORMER_KEY_KEPT + SERVICE);
      const preview = succeeded(await project.preview());
      assert.deepEqual(changesOf(preview), ["create EphemeralStorageKey next", "create Key next-key", ...SWAP]);
      assert.deepEqual(changesOf(succeeded(await project.up({ args: ["--skip-preview"] }))), changesOf(preview));
      await account.advance(SETTLED_SECONDS);
      const { keyArn: next } = await project.stackOutputs();
      assert.notEqual(next, former);
      assert.deepEqual(runningKeys(account), [next]);
      assert.equal(await stateOf(account, former), "Enabled");
      const { resources = [] } = (await project.exportState()).deployment;
      // The key that the cluster is given is read, too, and read resources have nothing to protect.
      const keys = resources.filter(({ type, external }) => type === "aws:kms/key:Key" && external !== true);
      assert.deepEqual(
        keys.map(({ protect }) => protect),
        [true, true],
      );
      assert.deepEqual(Object.keys(succeeded(await project.preview({ args: ["--refresh"] })).changes), ["same"]);

      use(BACK);
      assert.deepEqual(changesOf(succeeded(await project.up({ args: ["--skip-preview"] }))), SWAP);
      await account.advance(SETTLED_SECONDS);
      assert.deepEqual(runningKeys(account), [former]);
    }));
});

function runningKeys(account: SimulatedAccount): readonly (string | null | undefined)[] {
  const { tasks } = account.service("app/web");
  return tasks.filter(({ lastStatus }) => lastStatus === "RUNNING").map(({ kmsKeyArn }) => kmsKeyArn);
}

function stateOf(account: SimulatedAccount, keyArn: unknown): Promise<string | undefined> {
  return account.withSdk(async ({ kms }) => {
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: String(keyArn) }));
    return KeyMetadata?.KeyState;
  });
}
