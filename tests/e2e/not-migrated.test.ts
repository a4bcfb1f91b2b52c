// What looks migrated and is not: each is seen by task and deployment, never by the cluster's setting or a stable service.

import assert from "node:assert/strict";
import { UpdateServiceCommand } from "@aws-sdk/client-ecs";
import type { ServiceVerdict } from "../../migrate/core/model/verdict";
import type { ClusterVerification } from "../../migrate/core/verify/verify-fleet";
import { aFleet } from "../../simulator/fleet-builder";
import { jsonLine } from "../migrate/cli/run-cli";
import { live, withAccount } from "./simulated-account";
import { assertReportIsTrue } from "./true-report";

const keyed = () =>
  aFleet()
    .key("pay-key", { clusters: ["pay"] })
    .cluster("pay", { key: "pay-key" });

describe("what is not migrated", function () {
  this.timeout(30_000);

  it("a service that nobody redeployed scales out without the key, and verify says so with exit code 5", () => {
    const fleet = keyed().service("api", { desired: 2 }).service("vault").keyed().build();
    return withAccount({ fleet }, async (account) => {
      await account.withSdk(({ ecs }) =>
        ecs.send(new UpdateServiceCommand({ cluster: "pay", service: "api", desiredCount: 5 })),
      );
      await account.advance(300);
      const tasks = live(account.service("pay/api"));
      assert.deepEqual(
        tasks.map(({ kmsKeyArn }) => kmsKeyArn),
        [null, null, null, null, null],
      );
      const { stdout } = await account.expect(5, "verify", "--expect", "encrypted");
      assert.match(stdout, /api +not on it +5 of 5 tasks: each runs without a customer managed key/);
      assert.doesNotMatch(stdout, /vault/);
      const { data } = jsonLine(await account.expect(5, "verify", "--expect", "encrypted", "--json"));
      assert.deepEqual([data.proved, ...verdicts(data.verification.clusters)], [false, "api fail", "vault pass"]);
      assert.deepEqual([data.verification.totals.tasks, data.verification.totals.onKey], [7, 2]);
    });
  });

  it("a service that its breaker rolled back looks stable and is called failed", () => {
    const fleet = keyed().service("api", { desired: 2 }).breaker(true).failing("exits").build();
    return withAccount({ fleet }, async (account) => {
      await account.planned();
      await account.expect(5, "run", "plan.json");
      const api = account.service("pay/api");
      assert.equal(api.counters.rollbacksStarted, 1);
      assert.deepEqual([api.deployments.length, live(api).length], [1, 2], "it does not look stable");
      const row = await account.reported("pay/api");
      assert.deepEqual([row.outcome, row.keyAfter.seen, row.evidence?.verdict], ["failed", "no-key", "fail"]);
      const { failures } = await account.report();
      assert.deepEqual(
        failures.map(({ rolledBack, firstTask }) => [rolledBack, firstTask.reason]),
        [[true, "Essential container in task exited"]],
      );
      await assertReportIsTrue(account);
      await account.expect(5, "verify", "--expect", "encrypted");
    });
  });

  it("a service without a breaker that cannot start is rolled back by the run, which says so", () => {
    const fleet = keyed().service("api", { desired: 2 }).failing("image-missing").build();
    return withAccount({ fleet }, async (account) => {
      await account.planned();
      await account.expect(5, "run", "plan.json");
      assert.deepEqual(
        account.events("stop-answered").map(({ accepted }) => accepted),
        [true],
      );
      const api = account.service("pay/api");
      assert.deepEqual([api.counters.rollbacksStarted, live(api).map(({ kmsKeyArn }) => kmsKeyArn)], [1, [null, null]]);
      const row = await account.reported("pay/api");
      assert.equal(row.outcome, "failed");
      await assertReportIsTrue(account);
    });
  });

  it("a draining task without the key keeps its service from being proved until it has stopped", () => {
    const fleet = keyed().service("api", { desired: 3 }).behindLoadBalancer().build();
    return withAccount({ fleet }, async (account) => {
      await account.planned();
      const seen = { drainingAfterSuccess: 0, provedThen: [] as string[], looksAfterProof: 0 };
      account.atEveryRequest(() => {
        const api = account.service("pay/api");
        const old = live(api).filter(({ kmsKeyArn }) => kmsKeyArn === null);
        const succeeded = api.serviceDeployments.some(({ status }) => status === "SUCCESSFUL");
        if (succeeded && old.length > 0) seen.drainingAfterSuccess += 1;
        if (account.events("verified").length === 0) return;
        seen.looksAfterProof += 1;
        seen.provedThen.push(...old.map(({ arn }) => arn));
      });
      await account.expect(0, "run", "plan.json");
      assert.deepEqual(seen.provedThen, [], "proved while old tasks still ran");
      assert.ok(seen.drainingAfterSuccess > 0, "nothing drained after the deployment was successful");
      assert.ok(seen.looksAfterProof > 0, "nobody looked at what was proved");
      const [proof] = account.events("verified").map(({ proof }) => proof.tasks.filter(onKey).length);
      assert.equal(proof, 3);
      await assertReportIsTrue(account);
      await account.expect(0, "verify", "--expect", "encrypted");
    });
  });
});

function verdicts(clusters: readonly ClusterVerification[]): readonly string[] {
  const services = clusters.flatMap((cluster) => cluster.services);
  return services.map(({ serviceArn, verdict }) => `${serviceArn.slice(serviceArn.lastIndexOf("/") + 1)} ${verdict}`);
}

function onKey({ verdict }: ServiceVerdict["tasks"][number]): boolean {
  return verdict === "pass";
}
