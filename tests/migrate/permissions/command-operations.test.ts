// The registry against reality: every command is run on the simulator, and what it really called must be what the registry says.

import assert from "node:assert/strict";
import { VERBS } from "../../../migrate/commands/verbs";
import {
  COMMAND_OPERATIONS,
  type OperationUse,
  ROLE_OPERATION,
} from "../../../migrate/core/permissions/command-operations";
import { IAM_ACTIONS } from "../../../migrate/core/permissions/iam-actions";
import { aFleet } from "../../../simulator/fleet-builder";
import { type SimulatedAccount, withAccount } from "../../e2e/simulated-account";

const ROLE = "arn:aws:iam::111122223333:role/migration";

/**
 * One service that fails where nothing rolls it back, one that does not, one that has the key, and a cluster without one; and
 * everything around them that a scan looks at.
 */
function account() {
  return (
    aFleet()
      .key("a-key", { clusters: ["pay", "web"] })
      .cluster("pay", { key: "a-key" })
      .service("bad", { desired: 2 })
      .failing("exits")
      // Not deployed since service deployments exist: what is unfinished there is listed.
      .service("good", { desired: 2, ageHours: 20_000 })
      .secret("pay/db")
      .parameter("/pay/region")
      .alarms("pay-errors")
      .scaling(1, 4)
      .service("done", { desired: 1 })
      .keyed()
      .cluster("web")
      .service("front", { desired: 1 })
      .build()
  );
}

function operationsOf(command: string, ...needs: readonly OperationUse["need"][]): readonly string[] {
  const uses = COMMAND_OPERATIONS[command] ?? assert.fail(`the registry has no command ${command}`);
  return uses
    .filter(({ need }) => needs.length === 0 || needs.includes(need))
    .map(({ operation }) => operation)
    .toSorted();
}

describe("the registry of operations", () => {
  it("names every command, and no other", () => {
    assert.deepEqual(Object.keys(COMMAND_OPERATIONS).toSorted(), VERBS.map(({ name }) => name).toSorted());
  });

  it("names each operation once a command, and IAM's view of every one that is granted, and no more", () => {
    for (const [command, uses] of Object.entries(COMMAND_OPERATIONS))
      assert.equal(new Set(uses.map(({ operation }) => operation)).size, uses.length, command);
    const granted = Object.values(COMMAND_OPERATIONS).flatMap((uses) =>
      uses.filter(({ need }) => need !== "free").map(({ operation }) => operation),
    );
    assert.deepEqual([...new Set(granted)].toSorted(), Object.keys(IAM_ACTIONS).toSorted());
  });
});

describe("what commands really call", function () {
  this.timeout(120_000);
  const called = new Map<string, readonly string[]>();

  before(async () => {
    const fleet = account();
    await withAccount({ fleet }, async (desk) => {
      const step = async (name: string, ...args: readonly string[]) => called.set(name, await calledBy(desk, args));
      await step("scan", "scan");
      await step("scan named", "scan", "--cluster", "pay", "--out", "pay.json");
      await step("scan role", "scan", "--role-arn", ROLE, "--out", "role.json");
      await step("verify", "verify");
      await step("verify named", "verify", "--cluster", "pay");
      await step("plan", "plan", "--soak", "0");
      await step("preflight", "preflight", "plan.json");
      await step("preflight probe", "preflight", "plan.json", "--probe");
      await step("run", "run", "plan.json");
      const { planId } = desk.plan();
      for (const name of ["status", "report", "resume"]) await step(name, name, planId);
      await step("permissions", "permissions", "run");
      await step("attach typo", "attach", "wbe", fleet.keys[0]?.arn ?? "", "--dry-run");
      await step("attach", "attach", "web", fleet.keys[0]?.arn ?? "", "--yes");
    });
  });

  it("is what the registry says of preflight, without a probe and with one", () => {
    assert.deepEqual(called.get("preflight"), operationsOf("preflight", "always", "free"));
    // AWS checks iam:PassRole where a role is handed over: there is no such call.
    const withProbe = operationsOf("preflight").filter((operation) => operation !== "iam:PassRole");
    assert.deepEqual(called.get("preflight probe"), withProbe);
  });

  for (const command of ["scan", "verify", "run"])
    it(`is what the registry says of ${command}`, () => assert.deepEqual(called.get(command), operationsOf(command)));

  for (const command of ["scan", "verify"])
    it(`is so of ${command} with clusters named, which need not be found`, () => {
      assert.deepEqual(called.get(`${command} named`), operationsOf(command, "always", "free"));
    });

  it("is so of attach, and of attach to a cluster that is not there", () => {
    assert.deepEqual(called.get("attach"), operationsOf("attach", "always"));
    const both = new Set([...(called.get("attach") ?? []), ...(called.get("attach typo") ?? [])]);
    assert.deepEqual([...both].toSorted(), operationsOf("attach"));
  });

  it("is with a role one more than without", () => {
    assert.deepEqual(called.get("scan role"), [...operationsOf("scan"), ROLE_OPERATION.operation].toSorted());
  });

  for (const command of ["plan", "status", "report", "resume", "permissions"])
    it(`is nothing of ${command}`, () => {
      assert.deepEqual(called.get(command), []);
      assert.deepEqual(operationsOf(command), []);
    });
});

async function calledBy(desk: SimulatedAccount, args: readonly string[]): Promise<readonly string[]> {
  const before = await counts(desk);
  await desk.cli(...args, "--quiet");
  const after = await counts(desk);
  return Object.keys(after)
    .filter((operation) => (after[operation] ?? 0) > (before[operation] ?? 0))
    .toSorted();
}

async function counts(desk: SimulatedAccount): Promise<Readonly<Record<string, number>>> {
  const answer = await fetch(new URL("/_simulator/calls", desk.simulator.endpoint));
  const { byOperation } = (await answer.json()) as { byOperation: Record<string, { calls: number }> };
  return Object.fromEntries(Object.entries(byOperation).map(([operation, { calls }]) => [operation, calls]));
}
