// A run seen and steered from other terminals: status, pause, resume, abort, Ctrl-C, and a second run on the same directory.

import assert from "node:assert/strict";
import { once } from "node:events";
import { aFleet } from "../../simulator/fleet-builder";
import { jsonLine, jsonLines } from "../migrate/cli/run-cli";
import { SimulatedAccount, type Started, withAccount } from "./simulated-account";

const FLEET = aFleet()
  .key("pay-key", { clusters: ["pay"] })
  .cluster("pay", { key: "pay-key" })
  .service("api", { desired: 2 })
  .service("ledger", { desired: 2 })
  .build();

describe("a run that is steered", function () {
  this.timeout(30_000);
  let twin: SimulatedAccount;

  before(async () => {
    twin = await SimulatedAccount.open({ fleet: FLEET });
    await twin.planned();
  });

  after(() => twin.close());

  it("pauses when asked to, watches what is on its way to its end, and resumes", () =>
    underWay(async (account, run, goOn) => {
      const id = account.plan().planId.slice(0, 8);
      await account.expect(0, "pause", id);
      goOn();
      const goOnAgain = await account.moment(run, () => restedMs(account) > 5 * 60_000);
      assert.deepEqual(count(account), { intended: 1, verified: 1, opened: 1 });
      const { data } = jsonLine(await account.expect(0, "status", id, "--json"));
      assert.deepEqual([data.status, data.request], ["paused", "pause"]);
      assert.deepEqual(data.phases, { verified: 1, queued: 1 });
      assert.equal(data.heldBy.pid, run.child.pid);
      await account.expect(0, "resume", id);
      goOnAgain();
      assert.equal((await run.end).exitCode, 0);
      assert.deepEqual(count(account), { intended: 2, verified: 2, opened: 2 });
    }));

  it("ends when it is to be aborted, with what is on its way left to finish, and is then over", () =>
    underWay(async (account, run, goOn) => {
      await account.expect(0, "abort", account.plan().planId);
      goOn();
      const { exitCode, stdout } = await run.end;
      assert.equal(exitCode, 4, stdout);
      assert.match(stdout, /run \w{6} was aborted/);
      assert.deepEqual(count(account), { intended: 1, verified: 1, opened: 1 });
      const { services } = await account.report();
      assert.deepEqual(services.map(({ outcome }) => outcome).toSorted(), ["proved", "unproved"]);
      const late = await account.expect(3, "pause", account.plan().planId);
      assert.match(late.stderr, /^refused: run \w+ is finished, so there is nothing to pause/);
    }));

  it("closes its journal at Ctrl-C, exits with 130, and goes on when it is run again", () =>
    underWay(async (account, run, goOn) => {
      run.child.kill("SIGINT");
      goOn();
      const { exitCode, stderr } = await run.end;
      assert.equal(exitCode, 130);
      assert.match(stderr, /Stopping\. Ctrl-C again quits at once\./);
      assert.match(stderr, /paused: interrupted\. To go on: fargate-cmk run plan\.json/);
      assert.equal(account.journal().at(-1)?.event.kind, "paused");
      assert.equal((await account.report()).run.status, "paused");
      const { stdout } = await account.expect(0, "status", account.plan().planId);
      assert.match(stdout, /^run \w{6} paused: interrupted\n/);
      assert.doesNotMatch(stdout, /held by/);
      await account.expect(0, "run", "plan.json");
      assert.deepEqual(count(account), { intended: 2, verified: 2, opened: 2 });
    }));

  it("quits at once at the second Ctrl-C, and goes on when it is run again", () =>
    withAccount({ fleet: FLEET }, async (account) => {
      account.plannedAs(twin);
      const run = account.start("run", "plan.json");
      await account.held(run, "after", "UpdateService");
      run.child.kill("SIGINT");
      await once(run.child.stderr, "data");
      run.child.kill("SIGINT");
      assert.equal((await run.end).exitCode, 130);
      await account.expect(0, "run", "plan.json");
      assert.equal(account.calls("ecs:UpdateService"), 2);
    }));

  it("refuses a second run on its directory, which changes nothing there", () =>
    underWay(async (account, run, goOn) => {
      const lines = account.journal().length;
      const second = await account.expect(3, "run", "plan.json", "--json");
      assert.match(
        second.stderr,
        new RegExp(`^lock-held: .* is held by process ${run.child.pid} on .*, which is running`, "m"),
      );
      assert.equal(jsonLines(second).at(-1)?.data.error, "lock-held");
      assert.equal(account.journal().length, lines);
      goOn();
      assert.equal((await run.end).exitCode, 0);
      assert.equal(account.calls("ecs:UpdateService"), 2);
    }));

  it("is told by status while it goes on and when it is over", () =>
    underWay(async (account, run, goOn) => {
      const during = await account.expect(0, "status", account.plan().planId);
      assert.match(during.stdout, /services +2: 1 on their way, 1 to come/);
      assert.match(during.stdout, new RegExp(`held by +process ${run.child.pid} on `));
      goOn();
      await run.end;
      const after = await account.expect(0, "status", account.plan().planId);
      assert.match(after.stdout, /^run \w{6} finished, all proved\n +services +2: 2 proved\n/);
      assert.doesNotMatch(after.stdout, /held by/);
    }));

  /** The first of two services is on its way; the run stands still until it may go on. */
  function underWay(use: (account: SimulatedAccount, run: Started, goOn: () => void) => Promise<void>): Promise<void> {
    return withAccount({ fleet: FLEET }, async (account) => {
      account.plannedAs(twin);
      const run = account.start("run", "plan.json");
      await use(account, run, await account.momentAfter(run, ({ kind }) => kind === "progressed"));
    });
  }
});

function count(account: SimulatedAccount) {
  const number = (kind: Parameters<SimulatedAccount["events"]>[0]) => account.events(kind).length;
  return { intended: number("redeploy-intended"), verified: number("verified"), opened: number("wave-opened") };
}

/** For how long nothing has happened in the run. */
function restedMs(account: SimulatedAccount): number {
  const last = account.journal().at(-1);
  return account.simulator.simulation.clock.nowMs() - Date.parse(last?.at ?? "");
}
