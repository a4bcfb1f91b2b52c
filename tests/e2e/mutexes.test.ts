// Services that must not roll together, as a user plans them, runs them and watches them from another terminal.

import assert from "node:assert/strict";
import { aFleet } from "../../simulator/fleet-builder";
import { withAccount } from "./simulated-account";

const SHARED = { "shared-db": "orders" };
const FLEET = aFleet()
  .key("pay-key", { clusters: ["pay"] })
  .cluster("pay", { key: "pay-key" })
  .service("api", { desired: 2 })
  .service("batch", { desired: 2 })
  .service("x-ledger", { desired: 2 })
  .tagged(SHARED)
  .service("x-wallet", { desired: 2 })
  .tagged(SHARED)
  .build();

describe("a run with a mutex tag", function () {
  this.timeout(30_000);

  it("rolls them one after the other, and status says who waits for whom", () =>
    withAccount({ fleet: FLEET }, async (account) => {
      const plan = await account.planned("--mutex-tag", "shared-db");
      assert.deepEqual([plan.version, plan.options.mutexTags], [2, ["shared-db"]]);
      const run = account.start("run", "plan.json", "--json");
      const goOn = await account.momentAfter(
        run,
        (event) => event.kind === "redeploy-answered" && event.service.endsWith("/x-ledger"),
      );
      const { stdout } = await account.expect(0, "status", plan.planId.slice(0, 8));
      const waits = "pay/x-wallet for pay/x-ledger, which is on its way (shared-db=orders)";
      assert.ok(stdout.includes(`\n  waits        ${waits}\n`), stdout);
      goOn();
      const end = await run.end;
      assert.equal(end.exitCode, 0, end.stdout + end.stderr);
      const [ledger, wallet] = ["x-ledger", "x-wallet"].map((name) => spanOf(account.journal(), name));
      assert.ok((ledger?.toSeq ?? Number.NaN) < (wallet?.fromSeq ?? Number.NaN), JSON.stringify([ledger, wallet]));
    }));
});

function spanOf(
  journal: readonly { readonly seq: number; readonly event: { readonly kind: string; readonly service?: string } }[],
  name: string,
): { readonly fromSeq: number; readonly toSeq: number } {
  const own = journal.filter(({ event }) => event.service?.endsWith(`/${name}`) === true);
  const at = (kind: string) => own.find(({ event }) => event.kind === kind)?.seq ?? Number.NaN;
  return { fromSeq: at("redeploy-intended"), toSeq: at("verified") };
}
