// The runbooks of docs/provisioning.md, one after the other: a cluster in code is handed over to the component, changes its key, is let
// go with everything kept, and is brought in again.

import assert from "node:assert/strict";
import { DescribeKeyCommand } from "@aws-sdk/client-kms";
import { aFleet } from "../../../simulator/fleet-builder";
import type { SimulatedAccount } from "../../e2e/simulated-account";
import { succeeded } from "../pulumi-process";
import type { PulumiProject } from "../pulumi-project";
import { programOfPage } from "./provisioning-page";
import { changesOf, withProgram } from "./throwaway-project";

const FLEET = aFleet().build();

describe("the runbooks of keys and clusters", function () {
  this.timeout(300_000);

  it("do what their page says", () =>
    withProgram(FLEET, programOfPage("before"), async ({ project, account, use }) => {
      succeeded(await project.up({ args: ["--skip-preview"] }));

      use(programOfPage("handed-over"));
      assert.deepEqual(await changed(project), [
        "create ClusterCapacityProviders orders-capacity-providers",
        "create EncryptedFargateCluster orders",
      ]);
      use(programOfPage("handed-over").replace(/,\n {2}\{\n {4}transforms[\s\S]*\},\n\);/, ");"));
      assert.deepEqual(await changed(project), [], "the transform has done its work");

      use(programOfPage("swapped"));
      assert.deepEqual(await changed(project), [
        "create EphemeralStorageKey next-key",
        "create Key next-key-key",
        "update Cluster orders-cluster",
        "update EncryptedFargateCluster orders",
      ]);
      assert.equal(account.calls("ecs:CreateCluster"), 1);

      const keys = await keysOf(project);
      use(programOfPage("let-go"));
      succeeded(await project.up({ args: ["--skip-preview"] }));
      use("");
      assert.equal((await changed(project)).length, 7);
      assert.equal(account.calls("ecs:DeleteCluster") + account.calls("kms:ScheduleKeyDeletion"), 0);
      assert.equal(account.calls("ecs:PutClusterCapacityProviders"), 1);
      assert.deepEqual(await statesOf(account, keys), ["Enabled", "Enabled"]);

      use(programOfPage("adopted"));
      assert.deepEqual(await changed(project), [
        "create EncryptedFargateCluster orders",
        "create EphemeralStorageKey orders-storage",
        "create Key orders-storage-key",
        "import Cluster orders-cluster",
        "update Cluster orders-cluster",
      ]);
      use(`new EncryptedFargateCluster("orders", { clusterName: "orders" });`);
      assert.deepEqual(
        changesOf(succeeded(await project.preview())),
        ["create ClusterCapacityProviders orders-capacity-providers", "update EncryptedFargateCluster orders"],
        "all of the cluster becomes the program's",
      );
      assert.notEqual((await project.destroy()).status, 0);
      await project.unprotect();
      succeeded(await project.destroy());
      assert.equal(account.calls("ecs:DeleteCluster") + account.calls("kms:ScheduleKeyDeletion"), 0);
    }));
});

/** What the preview shows and the update then does. */
async function changed(project: PulumiProject): Promise<readonly string[]> {
  const preview = changesOf(succeeded(await project.preview()));
  assert.deepEqual(changesOf(succeeded(await project.up({ args: ["--skip-preview"] }))), preview);
  return preview;
}

async function keysOf(project: PulumiProject): Promise<readonly string[]> {
  const { deployment } = await project.exportState();
  return (deployment.resources ?? []).flatMap(({ type, id }) => (type === "aws:kms/key:Key" ? [String(id)] : []));
}

function statesOf(account: SimulatedAccount, keys: readonly string[]): Promise<readonly (string | undefined)[]> {
  return account.withSdk(({ kms }) =>
    Promise.all(keys.map(async (KeyId) => (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.KeyState)),
  );
}
