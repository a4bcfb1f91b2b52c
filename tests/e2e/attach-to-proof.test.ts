// The full circle for a cluster without a key: attach, scan, plan, run, verify. What else the cluster's configuration holds stays.

import assert from "node:assert/strict";
import { DescribeClustersCommand } from "@aws-sdk/client-ecs";
import { known } from "../../domain/fact";
import type { Fleet } from "../../domain/fleet";
import { aFleet } from "../../simulator/fleet-builder";
import { type SimulatedAccount, withAccount } from "./simulated-account";
import { assertReportIsTrue } from "./true-report";

const EXEC = {
  executeCommandConfiguration: { logging: "OVERRIDE", logConfiguration: { cloudWatchLogGroupName: "/ecs/exec" } },
};
const FLEET = withExec(
  aFleet()
    .key("pay-key", { clusters: ["pay"] })
    .cluster("pay")
    .service("api", { desired: 2 })
    .service("year-end", { desired: 0 })
    .build(),
);
const KEY = FLEET.keys[0]?.arn ?? "";

describe("a cluster without a key", function () {
  this.timeout(30_000);

  it("gets one, keeps its ECS Exec configuration, and is proved after a run", () =>
    withAccount({ fleet: FLEET }, async (account) => {
      const blocked = await account.planned();
      assert.deepEqual(
        blocked.rest.map(({ classification }) => classification.class),
        ["no-cluster-key", "no-cluster-key"],
      );
      const dry = await account.expect(0, "attach", "pay", KEY, "--dry-run");
      assert.match(dry.stdout, /Nothing was changed/);
      assert.deepEqual(await configurationOf(account), EXEC);
      await account.expect(0, "attach", "pay", KEY, "--yes");
      const managedStorageConfiguration = { fargateEphemeralStorageKmsKeyId: KEY };
      assert.deepEqual(await configurationOf(account), { ...EXEC, managedStorageConfiguration });
      await account.expect(5, "verify", "--expect", "encrypted");
      const plan = await account.planned();
      assert.deepEqual(plan.services.map(({ name, targetKeyArn }) => [name, targetKeyArn]).toSorted(), [
        ["api", KEY],
        ["year-end", KEY],
      ]);
      await account.expect(0, "run", "plan.json");
      await assertReportIsTrue(account);
      assert.equal((await account.report()).verdict.word, "pass");
      await account.expect(0, "verify", "--expect", "encrypted");
      assert.deepEqual(await configurationOf(account), { ...EXEC, managedStorageConfiguration });
    }));

  it("is read the same twice: the same bytes of fleet and plan", () =>
    withAccount({ fleet: FLEET }, async (account) => {
      const shas = [];
      for (const name of ["one", "two"]) {
        const { stdout } = await account.expect(0, "scan", "--out", `${name}.json`, "--json");
        shas.push(JSON.parse(stdout).data.sha256);
      }
      assert.equal(shas[0], shas[1]);
    }));
});

function configurationOf(account: SimulatedAccount) {
  return account.withSdk(async ({ ecs }) => {
    const reply = await ecs.send(new DescribeClustersCommand({ clusters: ["pay"], include: ["CONFIGURATIONS"] }));
    return reply.clusters?.[0]?.configuration;
  });
}

function withExec(fleet: Fleet): Fleet {
  const none = { fargateEphemeralStorageKmsKeyArn: null, managedStorageKmsKeyArn: null };
  const configuration = known({ ...none, whole: EXEC }, fleet.readAt);
  return { ...fleet, clusters: fleet.clusters.map((cluster) => ({ ...cluster, configuration })) };
}
