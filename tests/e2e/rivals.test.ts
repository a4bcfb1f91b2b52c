// What others do to the account while a run is under way. The report is compared with the simulator's own state, row by row.

import assert from "node:assert/strict";
import { DescribeTasksCommand, ListTasksCommand } from "@aws-sdk/client-ecs";
import type { JournalEvent } from "../../migrate/core/model/journal-event";
import { aFleet } from "../../simulator/fleet-builder";
import { live, SimulatedAccount, type Started, withAccount } from "./simulated-account";
import { assertReportIsTrue } from "./true-report";

/** A canary first, the others in waves after it; one is on the key already. */
const FLEET = aFleet()
  .key("pay-key", { clusters: ["pay"] })
  .key("next-key", { clusters: ["pay"] })
  .cluster("pay", { key: "pay-key" })
  .service("canary", { desired: 2 })
  .service("api", { desired: 2 })
  .service("ledger", { desired: 2 })
  .service("vault")
  .keyed()
  .build();
const PAY_KEY =
  FLEET.clusters[0]?.configuration.kind === "known"
    ? FLEET.clusters[0].configuration.value.fargateEphemeralStorageKmsKeyArn
    : null;
const NEXT_KEY = FLEET.keys.map(({ arn }) => arn).find((arn) => arn !== PAY_KEY);
const idOf = (keyArn: string | null | undefined): string => keyArn?.split("/")[1] ?? "no key";

describe("while a run is under way", function () {
  this.timeout(30_000);
  let twin: SimulatedAccount;

  before(async () => {
    twin = await SimulatedAccount.open({ fleet: FLEET });
    await twin.planned();
  });

  after(() => twin.close());

  it("somebody deploys over ours: theirs is followed and proved, ours is not sent again", () =>
    midRun(async (account, name) => {
      await account.fault({ kind: "somebody-deploys", cluster: "pay", service: name });
      return async (exitCode) => {
        assert.equal(exitCode, 0);
        assert.equal(account.events("superseded").length, 1);
        assert.equal(account.service(`pay/${name}`).counters.updateServiceCalls, 1);
        assert.equal(account.service(`pay/${name}`).counters.deploymentsStarted, 2);
        assert.equal((await account.reported(`pay/${name}`)).outcome, "proved");
      };
    }));

  it("a service is deleted: it is set aside as gone, and the others are proved", () =>
    midRun(async (account, name) => {
      await account.fault({ kind: "service-deleted", cluster: "pay", service: name });
      return async (exitCode) => {
        assert.equal(exitCode, 5);
        const row = await account.reported(`pay/${name}`);
        assert.deepEqual([row.outcome, row.reason], ["set aside", "the service was deleted while the run went on"]);
        assert.deepEqual(live(account.service(`pay/${name}`)), []);
        const { services } = await account.report();
        assert.equal(services.filter(({ outcome }) => outcome === "proved").length, 2);
      };
    }));

  it("the cluster's key is swapped: what is not on the new one is not called proved, and nothing is put on it unasked", () =>
    midRun(async (account) => {
      await account.fault({ kind: "cluster-key-changed", cluster: "pay", key: NEXT_KEY });
      return async (exitCode) => {
        assert.equal(exitCode, 5);
        const { services } = await account.report();
        assert.deepEqual(
          services.filter(({ outcome }) => outcome === "proved"),
          [],
        );
        const [untouched] = services.filter(({ outcome }) => outcome === "set aside");
        assert.match(
          untouched?.reason ?? "",
          new RegExp(`the cluster's key is now ${NEXT_KEY}, planned was ${PAY_KEY}`),
        );
        const vault = await account.reported("pay/vault");
        assert.deepEqual([vault.outcome, vault.class, vault.evidence?.verdict], ["not planned", "current", "fail"]);
        assert.match(
          vault.reason,
          new RegExp(`since then .* runs on key ${idOf(PAY_KEY)} instead of ${idOf(NEXT_KEY)}`),
        );
        assert.equal(vault.nextStep, "scan and plan again: fargate-cmk scan");
        assert.equal(account.service(`pay/${untouched?.name}`).counters.updateServiceCalls, 0);
      };
    }));

  it("the key is disabled: nothing more is started within a minute, and the run goes on by itself once it is mended", () =>
    keyDisabled(async (account, run) => {
      const goOn = await account.moment(run, () => sinceMs(account, "held") > 10 * 60_000);
      await account.fault({ kind: "key-enabled", key: PAY_KEY });
      goOn();
      const { exitCode, stdout, stderr } = await run.end;
      assert.equal(exitCode, 0, stdout + stderr);
      assert.match(stderr, /nothing more is started on pay: Fargate cannot use .*it is looked at every minute/);
      assert.match(stdout, /pay go on with one service: .* is right again/);
      assert.match(stdout, /another try for pay\/\w+: the key that they failed of is right again/);
      await account.expect(0, "verify", "--expect", "encrypted");
    }));

  it("the key stays disabled: the run halts after an hour, and is resumed once it is mended", () =>
    keyDisabled(async (account, run) => {
      const { exitCode, stdout, stderr } = await run.end;
      assert.equal(exitCode, 4, stdout + stderr);
      assert.match(stderr, /halted: Fargate cannot use .*: the key is Disabled/);
      await account.fault({ kind: "key-enabled", key: PAY_KEY });
      await account.expect(0, "resume", account.plan().planId);
      await account.expect(0, "run", "plan.json");
      await account.expect(0, "verify", "--expect", "encrypted");
    }));

  /** The key is disabled in the soak after the canaries; what becomes of it is up to the test. */
  function keyDisabled(then: (account: SimulatedAccount, run: Started) => Promise<void>): Promise<void> {
    return withAccount({ fleet: FLEET }, async (account) => {
      account.plannedAs(twin);
      const run = account.start("run", "plan.json");
      const goOn = await account.momentAfter(run, ({ kind }) => kind === "wave-closed");
      await account.fault({ kind: "key-disabled", key: PAY_KEY });
      goOn();
      const goOnHeld = await account.momentAfter(run, ({ kind }) => kind === "held");
      const held = account.journal().find(({ event }) => event.kind === "held");
      const tookMs = Date.parse(held?.at ?? "") - (await firstFailedTaskMs(account));
      assert.ok(tookMs >= 0 && tookMs <= 60_000, `held ${tookMs} ms after the first failed task`);
      goOnHeld();
      await then(account, run);
      await assertReportIsTrue(account);
    });
  }

  /** Something happens while the first service after the canaries is on its way. */
  function midRun(happen: (account: SimulatedAccount, name: string) => Promise<Check>): Promise<void> {
    return withAccount({ fleet: FLEET, readLagMaxMs: 2_000 }, async (account) => {
      account.plannedAs(twin);
      const run = account.start("run", "plan.json");
      const later = account.plan().services.filter(({ wave }) => wave > 1);
      const isOnItsWay = (arn: string) => account.events("progressed").some(({ service }) => service === arn);
      const goOn = await account.moment(run, () => later.some(({ arn }) => isOnItsWay(arn)));
      const name = later.find(({ arn }) => isOnItsWay(arn))?.name ?? assert.fail();
      const check = await happen(account, name);
      goOn();
      const { exitCode } = await run.end;
      await check(exitCode);
      await assertReportIsTrue(account);
    });
  }
});

/** On the simulator's clock, since the journal's first line of a kind; 0 as long as there is none. */
function sinceMs(account: SimulatedAccount, kind: JournalEvent["kind"]): number {
  const line = account.journal().find(({ event }) => event.kind === kind);
  return line === undefined ? 0 : account.simulator.simulation.clock.nowMs() - Date.parse(line.at);
}

type Check = (exitCode: number | null) => Promise<void>;

/** As AWS tells it: when the first task that failed to start began to stop. */
function firstFailedTaskMs(account: SimulatedAccount): Promise<number> {
  return account.withSdk(async ({ ecs }) => {
    const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster: "pay", desiredStatus: "STOPPED" }));
    const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster: "pay", tasks: taskArns }));
    const failed = tasks.filter(({ stopCode }) => stopCode === "TaskFailedToStart");
    return Math.min(...failed.map(({ stoppingAt, stoppedAt }) => (stoppingAt ?? stoppedAt)?.getTime() ?? Number.NaN));
  });
}
