// Runs whose clock or whose credentials are of another time, through the command.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { lineHash, lineText, NO_PREVIOUS } from "../../migrate/adapters/files/journal-lines";
import type { JournalLine } from "../../migrate/ports/run-store";
import { aFleet } from "../../simulator/fleet-builder";
import { kill, SimulatedAccount, withAccount } from "./simulated-account";

const FLEET = aFleet()
  .key("pay-key", { clusters: ["pay"] })
  .cluster("pay", { key: "pay-key" })
  .service("api", { desired: 2 })
  .service("ledger", { desired: 2 })
  .build();
const HOUR_MS = 3_600_000;

describe("a run of another time", function () {
  this.timeout(60_000);
  let twin: SimulatedAccount;

  before(async () => {
    twin = await SimulatedAccount.open({ fleet: FLEET });
    await twin.planned();
  });

  after(() => twin.close());

  it("goes on without waiting from a journal that a machine ahead of this one wrote, and never back in time", () =>
    withAccount({ fleet: FLEET }, async (account) => {
      account.plannedAs(twin);
      const run = account.start("run", "plan.json");
      await account.momentAfter(run, ({ kind }) => kind === "progressed");
      await kill(run);
      shiftJournal(account, 7 * HOUR_MS);
      const lines = account.journal().length;
      const startMs = account.simulator.simulation.clock.nowMs();
      await account.expect(0, "run", "plan.json");
      const tookMs = account.simulator.simulation.clock.nowMs() - startMs;
      assert.ok(tookMs < HOUR_MS, `${tookMs} ms`);
      const at = account.journal().map((line) => Date.parse(line.at));
      assert.deepEqual(
        at,
        at.toSorted((a, b) => a - b),
      );
      assert.ok((at[lines] ?? 0) - (at[lines - 1] ?? 0) < 60_000, "time was lost between the two");
      assert.deepEqual(account.events("overdue"), []);
      assertDeployedOnce(account, 1);
    }));

  it("stops before it begins where the credentials expire, KMS included, and says what to do", () =>
    withAccount({ fleet: FLEET }, async (account) => {
      account.plannedAs(twin);
      for (const operation of ["GetCallerIdentity", "DescribeKey", "GetKeyPolicy", "DescribeClusters"]) {
        await expire(account, operation);
        const { stderr } = await account.expect(4, "run", "plan.json");
        assert.match(stderr, /^expired-credentials: .*expired.*\. Sign in again .*, then repeat the command\.$/im);
        assert.equal(account.calls("ecs:UpdateService"), 0);
        await renew(account);
      }
      await account.expect(0, "run", "plan.json");
    }));

  it("pauses where the credentials expire in the middle, fails nobody for it, and goes on with new ones", () =>
    withAccount({ fleet: FLEET }, async (account) => {
      account.plannedAs(twin);
      const isUnderWay = (): boolean => account.events("progressed").length > 0;
      const operations = ["DescribeServices", "ListTasks", "DescribeTasks", "DescribeServiceDeployments"];
      for (const operation of operations) await assertPauses(account, operation, isUnderWay);
      await assertGoesOn(account);
    }));

  it("pauses where the credentials expire in the final sweep, and goes on with new ones", () =>
    withAccount({ fleet: FLEET }, async (account) => {
      account.plannedAs(twin);
      const waves = account.plan().waves.length;
      const isSwept = (): boolean => account.events("wave-closed").length === waves;
      const operations = ["ListServices", "DescribeTasks", "DescribeClusters"];
      for (const operation of operations) await assertPauses(account, operation, isSwept);
      await assertGoesOn(account);
    }));

  it("takes up credentials that were renewed in the profile's file since it paused", () =>
    withAccount({ fleet: FLEET }, async (account) => {
      account.plannedAs(twin);
      const file = account.file("credentials");
      const ofProfile = { AWS_SHARED_CREDENTIALS_FILE: file, AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" };
      const run = () => account.cliWith(ofProfile, "run", "plan.json", "--profile", "ops");
      writeFileSync(file, profileOf(FLEET.lane.account));
      await expire(account, "UpdateService");
      assert.equal((await run()).exitCode, 4);
      await renew(account);
      writeFileSync(file, profileOf("444455556666"));
      assert.match((await run()).stderr, /^wrong-account: .* the credentials are for 444455556666/m);
      writeFileSync(file, profileOf(FLEET.lane.account));
      const { exitCode, stderr } = await run();
      assert.equal(exitCode, 0, stderr);
      assertDeployedOnce(account, 2);
    }));
});

const FOR_SECONDS = 3_600;

function expire(account: SimulatedAccount, operation: string): Promise<void> {
  return account.fault({ kind: "expired-credentials", operation, forSeconds: FOR_SECONDS });
}

function renew(account: SimulatedAccount): Promise<void> {
  return account.advance(FOR_SECONDS);
}

/** The credentials expire at the first such call after the moment. */
async function assertPauses(account: SimulatedAccount, operation: string, isMoment: () => boolean): Promise<void> {
  let isFaulty = false;
  account.gateway.hooks.before = async (): Promise<"pass"> => {
    if (isFaulty || !isMoment()) return "pass";
    isFaulty = true;
    await expire(account, operation);
    return "pass";
  };
  const { stderr } = await account.expect(4, "run", "plan.json");
  assert.match(stderr, new RegExp(`paused: ecs:${operation}: .*expired.* To go on: fargate-cmk run plan\\.json`, "i"));
  assert.equal(account.journal().at(-1)?.event.kind, "paused");
  await renew(account);
}

async function assertGoesOn(account: SimulatedAccount): Promise<void> {
  account.gateway.hooks.before = () => "pass";
  await account.expect(0, "run", "plan.json");
  assert.deepEqual([account.events("failed"), account.events("set-aside")], [[], []]);
  assertDeployedOnce(account, 1);
}

/** `callsMax`: calls that were refused count too. */
function assertDeployedOnce(account: SimulatedAccount, callsMax: number): void {
  for (const [name, { counters }] of account.services()) {
    assert.deepEqual([name, counters.deploymentsStarted], [name, 1]);
    assert.ok(counters.updateServiceCalls <= callsMax, `${name}: ${counters.updateServiceCalls} calls`);
  }
}

/** As if the machine that wrote it had been ahead, with the chain as that one would have written it. */
function shiftJournal(account: SimulatedAccount, byMs: number): void {
  let prev = NO_PREVIOUS;
  const texts = account.journal().map((line) => {
    const shifted: JournalLine = { ...line, at: new Date(Date.parse(line.at) + byMs).toISOString(), prev };
    const text = lineText(shifted);
    prev = lineHash(text);
    return text;
  });
  const file = path.join(account.runDirectory(), "journal.jsonl");
  assert.equal(readFileSync(file, "utf8").trimEnd().split("\n").length, texts.length);
  writeFileSync(file, `${texts.join("\n")}\n`);
}

function profileOf(account: string): string {
  return `[ops]\naws_access_key_id = ${account}\naws_secret_access_key = simulated\n`;
}
