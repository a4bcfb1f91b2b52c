// Several real processes on one run directory: one works, the others say who does; whoever is gone is followed, whoever only stands
// still is not.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { aFleet } from "../../simulator/fleet-builder";
import { kill, SimulatedAccount, type Started, withAccount } from "./simulated-account";

const FLEET = aFleet()
  .key("pay-key", { clusters: ["pay"] })
  .cluster("pay", { key: "pay-key" })
  .service("api", { desired: 2 })
  .service("ledger", { desired: 2 })
  .build();

describe("several processes on one run directory", function () {
  this.timeout(60_000);
  let twin: SimulatedAccount;

  before(async () => {
    twin = await SimulatedAccount.open({ fleet: FLEET });
    await twin.planned();
  });

  after(() => twin.close());

  for (const processes of [2, 3, 8]) {
    it(`started at the same moment: of ${processes}, exactly one runs and the others say which`, () =>
      withAccount({ fleet: FLEET }, async (account) => {
        account.plannedAs(twin);
        const all = Array.from({ length: processes }, () => account.start("run", "plan.json"));
        await othersEndFirst(account, all);
        const ends = await Promise.all(all.map(async (one) => ({ ...(await one.end), pid: one.child.pid })));
        const winners = ends.filter(({ exitCode }) => exitCode === 0);
        assert.equal(winners.length, 1, ends.map(({ exitCode, stderr }) => `${exitCode} ${stderr}`).join("\n"));
        for (const { exitCode, stderr } of ends.filter((end) => end !== winners[0])) {
          assert.equal(exitCode, 3, stderr);
          assert.match(stderr, new RegExp(`^lock-held: .* is held by process ${winners[0]?.pid} on `, "m"));
        }
        assertDeployedOnce(account);
        assert.deepEqual(new Set(account.journal().map(({ fence }) => fence)).size, 1);
      }));
  }

  it("keeps the run of a process that only stands still, however long, and goes on at once after one that was killed", () =>
    interrupted(async (account, run) => {
      await account.advance(3_600);
      const { stderr } = await account.expect(3, "run", "plan.json");
      assert.match(
        stderr,
        new RegExp(`^lock-held: .* is held by process ${run.child.pid} on .*, which is running`, "m"),
      );
      await kill(run);
      await account.expect(0, "run", "plan.json");
      assertDeployedOnce(account);
    }));

  it("takes the run of another machine only when that one has been silent for its time to live", () =>
    interrupted(async (account, run) => {
      await kill(run);
      const file = path.join(account.runDirectory(), "lock.json");
      const lock = JSON.parse(readFileSync(file, "utf8"));
      writeFileSync(file, JSON.stringify({ ...lock, owner: { ...lock.owner, host: "elsewhere" } }));
      const { stderr } = await account.expect(3, "run", "plan.json");
      const said = /is held by process \d+ on elsewhere, last heard of at \S+ .*try again in (\d+) s/.exec(stderr);
      const leftSeconds = Number(said?.[1]);
      assert.ok(leftSeconds > 0 && leftSeconds <= 120, stderr);
      await account.advance(leftSeconds + 1);
      await account.expect(0, "run", "plan.json");
      assertDeployedOnce(account);
      assert.ok((account.journal().at(-1)?.fence ?? 0) > lock.fence);
    }));

  it("stops the one that was followed while it stood still before it does anything more", () =>
    interrupted(async (account, run, goOn) => {
      const file = path.join(account.runDirectory(), "lock.json");
      const lock = JSON.parse(readFileSync(file, "utf8"));
      const follower = { ...lock, fence: lock.fence + 1, owner: { ...lock.owner, host: "elsewhere", pid: 4242 } };
      writeFileSync(file, JSON.stringify(follower));
      const lines = account.journal().length;
      goOn();
      const { exitCode, stderr } = await run.end;
      assert.equal(exitCode, 3, stderr);
      assert.match(stderr, /^lock-lost: .*lock\.json is no longer ours: process 4242 on elsewhere has it/m);
      assert.equal(account.journal().length, lines);
      assert.deepEqual(JSON.parse(readFileSync(file, "utf8")), follower);
    }));

  /** The first of two services is on its way, and the process that runs is stopped. */
  function interrupted(use: (account: SimulatedAccount, run: Started, goOn: () => void) => Promise<void>) {
    return withAccount({ fleet: FLEET }, async (account) => {
      account.plannedAs(twin);
      const run = account.start("run", "plan.json");
      await use(account, run, await account.momentAfter(run, ({ kind }) => kind === "progressed"));
    });
  }
});

/** The one that runs is held at its first redeployment until all others have ended: none comes when the run is over. */
async function othersEndFirst({ gateway: { hooks } }: SimulatedAccount, all: readonly Started[]): Promise<void> {
  let left = all.length - 1;
  const othersEnded = new Promise<"pass">((resolve) => {
    for (const { child } of all)
      void once(child, "close").then(() => {
        left -= 1;
        if (left === 0) resolve("pass");
      });
  });
  hooks.before = ({ operation }) => (operation === "UpdateService" ? othersEnded : "pass");
}

function assertDeployedOnce(account: SimulatedAccount): void {
  for (const [name, { counters }] of account.services())
    assert.deepEqual([name, counters.updateServiceCalls, counters.deploymentsStarted], [name, 1, 1]);
}
