// A run that loses its own life or AWS's answer, at moments that matter, beside a run that nothing happened to.
// What AWS did is found out by looking: every service is deployed exactly once.

import assert from "node:assert/strict";
import type { JournalEvent } from "../../migrate/core/model/journal-event";
import { aFleet } from "../../simulator/fleet-builder";
import { FLEET_OF_ALL_ENDS } from "./fleet-of-all-ends";
import { kill, SimulatedAccount, type Started, withAccount } from "./simulated-account";

const SMALL_FLEET = aFleet()
  .key("pay-key", { clusters: ["pay"] })
  .cluster("pay", { key: "pay-key" })
  .service("api")
  .build();
/** Reads lag as AWS's do: what a resumed run looks at may be older than what the killed one did. */
const ACCOUNT = { fleet: FLEET_OF_ALL_ENDS, readLagMaxMs: 2_000 };

describe("a run that is interrupted", function () {
  this.timeout(60_000);
  let planned: SimulatedAccount;
  let expected: readonly string[];
  let unanswered: SimulatedAccount;
  let waiting: Started;

  before(async () => {
    // The command gives AWS half a minute of real time to answer: this one waits beside the other tests.
    unanswered = await SimulatedAccount.open({ fleet: SMALL_FLEET, readLagMaxMs: 2_000 });
    await unanswered.planned();
    await unanswered.fault({ kind: "timeout-after-act", operation: "UpdateService", count: 1 });
    waiting = unanswered.start("run", "plan.json");
    planned = await SimulatedAccount.open(ACCOUNT);
    await planned.planned("--failures", "5");
    const end = await planned.cli("run", "plan.json");
    assert.equal(end.exitCode, 5, end.stderr);
    expected = await outcomes(planned);
  });

  after(() => Promise.all([planned.close(), unanswered.close()]));

  it("has a comparison that holds all kinds of ends", () => {
    assert.deepEqual(expected, [
      "pay/api redeploy proved",
      "pay/fax redeploy-platform-version proved",
      "pay/fraud redeploy failed",
      "pay/gateway code-deploy not planned",
      "pay/ledger redeploy proved",
      "pay/vault current not planned",
      "pay/year-end redeploy proved",
      "web/settlement cannot-roll not planned",
      "web/shop redeploy proved",
    ]);
    assertDeployedOnce(planned);
  });

  killed("before its first redeployment reached AWS", (account, run) => account.held(run, "before", "UpdateService"));

  killed("after AWS took its first redeployment, before the answer came", (account, run) =>
    account.held(run, "after", "UpdateService"),
  );

  killed("in the middle of a wave, with several services on their way", (account, run) =>
    account.moment(run, () => underWay(account) >= 2),
  );

  killed("while services settle and their old tasks drain", (account, run) =>
    account.momentAfter(run, (event) => event.kind === "settled" && event.service.endsWith("/shop")),
  );

  killed("during a soak", (account, run) =>
    account.momentAfter(run, (event) => event.kind === "wave-closed" && event.wave === 1),
  );

  killed("in the final sweep", (account, run) => {
    const allClosed = () => account.events("wave-closed").length === account.plan().waves.length;
    return account.held(run, "before", "ListServices", allClosed);
  });

  it("by a connection that breaks before AWS acted, looks twice and asks once more", () =>
    withAccount({ fleet: SMALL_FLEET, readLagMaxMs: 2_000 }, async (account) => {
      account.plannedAs(unanswered);
      await account.fault({ kind: "reset", operation: "UpdateService", count: 1 });
      await account.expect(0, "run", "plan.json");
      assert.deepEqual(doubts(account), ["none", "none"]);
      assert.ok(apartMs(account, "doubt-looked") >= 15_000);
      assert.equal(account.calls("ecs:UpdateService"), 2);
      assertDeployedOnce(account);
    }));

  it("by a connection that breaks after AWS acted, finds its deployment and asks no more", () =>
    withAccount({ fleet: SMALL_FLEET, readLagMaxMs: 2_000 }, async (account) => {
      account.plannedAs(unanswered);
      let broken = 0;
      account.gateway.hooks.after = ({ operation }) => {
        if (operation !== "UpdateService" || broken > 0) return "pass";
        broken += 1;
        return "reset";
      };
      await account.expect(0, "run", "plan.json");
      assert.equal(broken, 1);
      assertAdopted(account);
    }));

  for (const operation of ["UpdateService", "DescribeServiceDeployments"]) {
    it(`by credentials that expire at ${operation}, pauses with exit code 4 and goes on with new ones`, () =>
      withAccount({ fleet: SMALL_FLEET, readLagMaxMs: 2_000 }, async (account) => {
        account.plannedAs(unanswered);
        await account.fault({ kind: "expired-credentials", operation, forSeconds: 3_600 });
        const { stderr } = await account.expect(4, "run", "plan.json");
        assert.match(stderr, /paused: .*expired.* To go on: fargate-cmk run plan\.json/i);
        assert.equal(account.journal().at(-1)?.event.kind, "paused");
        const { services, run } = await account.report();
        assert.deepEqual([run.status, ...services.map(({ outcome }) => outcome)], ["paused", "unproved"]);
        await account.advance(3_600);
        await account.expect(0, "run", "plan.json");
        assertDeployedOnce(account);
      }));
  }

  it("by an answer that never comes, finds its deployment and asks no more", async () => {
    const { exitCode, stdout, stderr } = await waiting.end;
    assert.equal(exitCode, 0, stdout + stderr);
    assert.match(stderr, /pay\/api no answer to the redeployment \(.*\); looking what AWS did/);
    assertAdopted(unanswered);
  });

  /** Same ends as the run that nobody killed, and no service deployed twice. */
  function killed(when: string, moment: (account: SimulatedAccount, run: Started) => Promise<unknown>): void {
    it(`${when}, ends as the one that nobody killed`, () =>
      withAccount(ACCOUNT, async (account) => {
        account.plannedAs(planned);
        const run = account.start("run", "plan.json");
        await moment(account, run);
        await kill(run);
        const linesBefore = account.journal().length;
        const again = await account.expect(5, "run", "plan.json", "--json");
        assert.match(again.stdout, /"code":"run.resumed"/);
        assert.equal(account.journal()[linesBefore]?.event.kind, "run-resumed");
        assert.ok((account.journal().at(-1)?.fence ?? 0) > (account.journal()[0]?.fence ?? 0));
        assert.deepEqual(await outcomes(account), expected);
        assertDeployedOnce(account);
      }));
  }
});

async function outcomes(account: SimulatedAccount): Promise<readonly string[]> {
  const { services } = await account.report();
  return services.map((row) => `${row.clusterName}/${row.name} ${row.class} ${row.outcome}`).toSorted();
}

/** The simulator's own count: of the calls that it took, and of the deployments that came of them. */
function assertDeployedOnce(account: SimulatedAccount): void {
  const planned = account.plan().services.map(({ clusterName, name }) => `${clusterName}/${name}`);
  for (const [name, { counters }] of account.services()) {
    const times = planned.includes(name) ? 1 : 0;
    assert.deepEqual([name, counters.updateServiceCalls, counters.deploymentsStarted], [name, times, times]);
  }
}

/** The deployment that was found counts as somebody's: followed and proved. */
function assertAdopted(account: SimulatedAccount): void {
  assert.equal(doubts(account).at(-1), "adopted");
  assert.equal(account.calls("ecs:UpdateService"), 1);
  assertDeployedOnce(account);
  assert.equal(account.events("verified").length, 1);
}

function doubts(account: SimulatedAccount): readonly string[] {
  return account.events("doubt-looked").map(({ found }) => found.kind);
}

/** Between the first and the last such line. */
function apartMs(account: SimulatedAccount, kind: JournalEvent["kind"]): number {
  const at = account.journal().flatMap((line) => (line.event.kind === kind ? [Date.parse(line.at)] : []));
  return (at.at(-1) ?? 0) - (at[0] ?? 0);
}

function underWay(account: SimulatedAccount): number {
  const events = account.journal().map(({ event }) => event);
  const decided = new Set(events.filter(isDecision).map(({ service }) => service));
  const progressed = account.events("progressed").filter(({ progress }) => progress.phase === "rolling");
  return new Set(progressed.map(({ service }) => service).filter((service) => !decided.has(service))).size;
}

function isDecision(
  event: JournalEvent,
): event is Extract<JournalEvent, { kind: "verified" | "failed" | "set-aside" }> {
  return event.kind === "verified" || event.kind === "failed" || event.kind === "set-aside";
}
