// Remedies one after the other: each row's command pasted as it stands, as long as one is blocked. None may undo another, and none may
// lead back to a class that was left. AWS's own command line is needed where a remedy is its command.

import assert from "node:assert/strict";
import type { Fleet } from "../../domain/fleet";
import type { ServiceClass } from "../../migrate/core/model/service-class";
import { aFleet } from "../../simulator/fleet-builder";
import { type SimulatedAccount, withAccount } from "../e2e/simulated-account";
import { commandIn, hasAws, pasted, rowOf } from "./paste";

interface Case {
  readonly title: string;
  readonly fleet: Fleet;
  /** Each class of pay/ledger in turn, the last one without a remedy. */
  readonly classes: readonly ServiceClass[];
  readonly needsAws?: true;
}

const pay = () =>
  aFleet()
    .key("k", { clusters: ["pay"] })
    .cluster("pay", { key: "k" });

const CASES: readonly Case[] = [
  {
    title: "an image that moved, of a service whose tasks have volumes of their own: both are allowed at once",
    fleet: pay().service("ledger", { desired: 2 }).ebsVolume("data").imageMoved().build(),
    classes: ["image-drift", "redeploy"],
  },
  {
    title: "everything that can be allowed, at once",
    fleet: pay()
      .service("ledger", { desired: 1 })
      .percents(0, 200)
      .efsVolume("data")
      .imageMoved()
      .protectedTasks(1)
      .pauseHooks(1)
      .build(),
    classes: ["image-drift", "redeploy"],
  },
  {
    title: "a single writer that rolls with downtime: nothing but the allowance is offered",
    fleet: pay().service("ledger", { desired: 1 }).efsVolume("data").percents(0, 100).build(),
    classes: ["rolls-with-downtime", "redeploy"],
  },
  {
    title: "a single writer that cannot roll: its old task is to stop first",
    fleet: pay().service("ledger", { desired: 1 }).efsVolume("data").percents(100, 100).build(),
    classes: ["cannot-roll", "rolls-with-downtime", "redeploy"],
    needsAws: true,
  },
  {
    title: "a single writer of another strategy than rolling",
    fleet: pay().service("ledger", { desired: 1 }).efsVolume("data").blueGreen().build(),
    classes: ["stateful", "redeploy"],
  },
];

describe("remedies one after the other", function () {
  this.timeout(120_000);

  for (const { title, fleet, classes, needsAws } of CASES)
    it(`leads through ${classes.join(", ")}: ${title}`, async function () {
      if (needsAws && !hasAws()) this.skip();
      await withAccount({ fleet }, async (account) => {
        await account.expect(0, "scan");
        await account.expect(0, "plan");
        assert.deepEqual(await followed(account, "ledger"), classes);
      });
    });

  it("keeps what was allowed for one service when another one's remedy is followed, and the options of the plan", async () => {
    const fleet = pay()
      .service("ledger", { desired: 2 })
      .imageMoved()
      .tagged({ tier: "dev" })
      .service("billing", { desired: 2 })
      .imageMoved()
      .build();
    await withAccount({ fleet }, async (account) => {
      await account.expect(0, "scan", "--out", "pay fleet.json");
      const options = ["--order", "tag:tier=dev,prod", "--soak", "90s", "--in-flight", "5", "--failures", "0"];
      const more = ["--platform-pin", "LATEST", "--mutex-tag", "tier", "--approve", "--wave-failures", "1"];
      await account.expect(0, "plan", "pay fleet.json", ...options, ...more, "--gate-alarm", "5xx of pay");
      const asked = account.plan().options;
      for (const name of ["ledger", "billing"]) {
        const end = await pasted(account, commandIn(rowOf(account, name)).replace("=REASON", "='it'\\''s agreed'"));
        assert.equal(end.exitCode, 0, end.stderr);
      }
      const { allow, ...others } = account.plan().options;
      assert.deepEqual({ ...others, allow: [] }, asked);
      assert.deepEqual(
        allow.map(({ service, reason }) => [service, reason]),
        [
          ["pay/ledger", "it's agreed"],
          ["pay/billing", "it's agreed"],
        ],
      );
      assert.deepEqual(
        ["ledger", "billing"].map((name) => rowOf(account, name).class),
        ["redeploy", "redeploy"],
      );
    });
  });
});

/** The classes that a service goes through while its remedies are followed. */
async function followed(account: SimulatedAccount, name: string): Promise<readonly ServiceClass[]> {
  const classes: ServiceClass[] = [];
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const row = rowOf(account, name);
    classes.push(row.class);
    if (row.remedy === null) return classes;
    const command = commandIn(row);
    const end = await pasted(account, command);
    assert.equal(end.exitCode, 0, `${row.remedy}\n${end.stderr}`);
    if (command.startsWith("fargate-cmk plan")) continue;
    await account.expect(0, "scan");
    await account.expect(0, "plan");
  }
  return classes;
}

const STEPS_MAX = 5;
