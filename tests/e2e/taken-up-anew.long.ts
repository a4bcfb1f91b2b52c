// What an operator does with a run that did not go through in one piece: begins part of it, says yes to its waves, gives failed
// services another try, begins a new journal where the old one is lost, and undoes what is on its way.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { CloudWatchClient, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { aFleet } from "../../simulator/fleet-builder";
import { SimulatedAccount, withAccount } from "./simulated-account";
import { assertReportIsTrue } from "./true-report";

const FLEET = aFleet()
  .key("pay-key", { clusters: ["pay"] })
  .cluster("pay", { key: "pay-key" })
  .service("api", { desired: 2 })
  .service("ledger", { desired: 2 })
  .service("mailer", { desired: 3 })
  .build();

describe("a run that is taken up anew", function () {
  this.timeout(60_000);
  let twin: SimulatedAccount;

  before(async () => {
    twin = await SimulatedAccount.open({ fleet: FLEET });
    await twin.planned();
  });

  after(() => twin.close());

  it("begins no more than --limit says, and goes on with the same command", () =>
    withAccount({ fleet: FLEET }, async (account) => {
      account.plannedAs(twin);
      const { stderr } = await account.expect(4, "run", "plan.json", "--limit", "1");
      assert.match(
        stderr,
        /paused: 1 service was begun, as many as --limit allows\. To go on: fargate-cmk run plan\.json/,
      );
      assert.equal(account.calls("ecs:UpdateService"), 1);
      await account.expect(0, "run", "plan.json");
      assertDeployedOnce(account);
    }));

  it("waits for a yes before each wave, and takes none that comes too early", () =>
    withAccount({ fleet: FLEET }, async (account) => {
      await account.planned("--approve");
      const id = account.plan().planId.slice(0, 8);
      const run = account.start("run", "plan.json");
      const goOn = await account.momentAfter(run, ({ kind }) => kind === "redeploy-intended");
      const early = await account.expect(3, "approve", id);
      assert.match(early.stderr, /^refused: /);
      goOn();
      for (let wave = 1; wave < account.plan().waves.length; wave += 1) {
        const next = await account.moment(run, () => closed(account) === wave && waitedMs(account) > 10 * 60_000);
        assert.equal(account.events("wave-opened").length, wave);
        await account.expect(0, "approve", id);
        next();
      }
      const { exitCode, stdout, stderr } = await run.end;
      assert.equal(exitCode, 0, stdout + stderr);
      assert.match(stdout, /the next one waits for a yes: fargate-cmk approve \w+/);
    }));

  it("waits at a gate while a named alarm fires, and goes on when it is quiet", () =>
    withAccount({ fleet: FLEET }, async (account) => {
      await account.withSdk(async ({ clientOf }) => {
        const metric = { Namespace: "pay", MetricName: "Errors", Statistic: "Sum", Period: 60 } as const;
        const bound = { EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: "GreaterThanThreshold" } as const;
        await clientOf(CloudWatchClient).send(
          new PutMetricAlarmCommand({ AlarmName: "pay-errors", ...metric, ...bound }),
        );
      });
      await account.planned("--gate-alarm", "pay-errors");
      const run = account.start("run", "plan.json");
      const goOn = await account.momentAfter(run, ({ kind }) => kind === "wave-closed");
      await account.fault({ kind: "alarm-fires", alarm: "pay-errors" });
      goOn();
      const quiet = await account.moment(run, () => waitedMs(account) > 10 * 60_000);
      assert.equal(account.events("wave-opened").length, 1);
      await account.fault({ kind: "alarm-clears", alarm: "pay-errors" });
      quiet();
      const { exitCode, stdout, stderr } = await run.end;
      assert.equal(exitCode, 0, stdout + stderr);
      assert.match(stderr, /wave 2 waits: alarm pay-errors fires/);
    }));

  it("gives failed services another try in a finished run, and leaves what is proved", () =>
    withAccount({ fleet: FLEET }, async (account) => {
      account.plannedAs(twin);
      await account.fault({ kind: "new-tasks-fail", cluster: "pay", service: "ledger", how: "exits" });
      await account.expect(5, "run", "plan.json");
      await account.fault({ kind: "new-tasks-recover", cluster: "pay", service: "ledger" });
      const { stdout } = await account.expect(0, "run", "plan.json", "--only", "failed");
      assert.match(stdout, /another try for pay\/ledger: an operator asked for another try/);
      const times = [...account.services()].map(([name, { counters }]) => `${name} ${counters.updateServiceCalls}`);
      assert.deepEqual(times.toSorted(), ["pay/api 1", "pay/ledger 2", "pay/mailer 1"]);
      await assertReportIsTrue(account);
    }));

  for (const [what, spoil] of [
    ["gone", (file: string) => rmSync(file)],
    ["broken", (file: string) => writeFileSync(file, readFileSync(file, "utf8").replace('"seq":2', '"seq":3'))],
  ] as const)
    it(`refuses to go on when its journal is ${what}, and begins a new one when asked to, which finds what was done`, () =>
      withAccount({ fleet: FLEET }, async (account) => {
        account.plannedAs(twin);
        const run = account.start("run", "plan.json");
        await account.momentAfter(run, ({ kind }) => kind === "wave-opened" && account.events("verified").length > 0);
        run.child.kill("SIGKILL");
        await run.end;
        const file = path.join(account.runDirectory(), "journal.jsonl");
        spoil(file);
        const refused = await account.expect(3, "run", "plan.json");
        assert.match(refused.stderr, /--rebuild/);
        const { stderr } = await account.expect(0, "run", "plan.json", "--rebuild");
        assert.match(stderr, /a new journal is begun \(.*\): what was done before is found by looking/);
        assertDeployedOnce(account);
        await assertReportIsTrue(account);
        const kept = readdirSync(account.runDirectory()).filter((name) => name.startsWith("journal-broken"));
        assert.equal(kept.length, what === "broken" ? 1 : 0);
        const whole = await account.expect(3, "run", "plan.json", "--rebuild");
        assert.match(whole.stderr, /nothing is lost/);
      }));

  it("rolls back what is on its way and ours when it is aborted so, and leaves what is proved", () =>
    withAccount({ fleet: FLEET }, async (account) => {
      account.plannedAs(twin);
      const run = account.start("run", "plan.json");
      const later = () => account.events("redeploy-answered").length > 1;
      const goOn = await account.moment(run, later);
      await account.expect(0, "abort", account.plan().planId, "--rollback-inflight");
      goOn();
      const { exitCode, stdout, stderr } = await run.end;
      assert.equal(exitCode, 4, stdout + stderr);
      const { services } = await account.report();
      const failed = services.filter(({ outcome }) => outcome === "failed");
      assert.ok(failed.length > 0);
      for (const { reason } of failed)
        assert.match(reason, /we rolled its deployment back, because the run was aborted/);
      for (const { name } of failed)
        assert.ok(
          account
            .service(`pay/${name}`)
            .tasks.some(({ kmsKeyArn, lastStatus }) => lastStatus === "RUNNING" && kmsKeyArn === null),
        );
      await assertReportIsTrue(account);
    }));
});

function assertDeployedOnce(account: SimulatedAccount): void {
  for (const [name, { counters }] of account.services())
    assert.deepEqual([name, counters.updateServiceCalls, counters.deploymentsStarted], [name, 1, 1]);
}

function closed(account: SimulatedAccount): number {
  return account.events("wave-closed").length;
}

/** Since the journal's last line, on the simulator's clock. */
function waitedMs(account: SimulatedAccount): number {
  const last = account.journal().at(-1);
  return account.simulator.simulation.clock.nowMs() - Date.parse(last?.at ?? "");
}
