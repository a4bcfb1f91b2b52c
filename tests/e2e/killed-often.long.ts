// A real process over HTTP that is killed with SIGKILL at fifty random instants of its run and started again each time, and two real
// processes that share one run directory all the while: nothing is deployed twice, nothing is lost.

import assert from "node:assert/strict";
import { aFleet } from "../../simulator/fleet-builder";
import { Random } from "../../simulator/world/random";
import { kill, SimulatedAccount, type Started } from "./simulated-account";

const KILLS = 50;

const FLEET = aFleet()
  .key("pay-key", { clusters: ["pay", "web"] })
  .cluster("pay", { key: "pay-key" })
  .service("api", { desired: 3 })
  .breaker(true)
  .service("ledger", { desired: 2 })
  .service("fraud", { desired: 2 })
  .breaker(true)
  .failing("exits")
  .service("year-end", { desired: 0 })
  .service("refunds", { desired: 2 })
  .percents(50, 100)
  .cluster("web", { key: "pay-key" })
  .service("shop", { desired: 4 })
  .behindLoadBalancer()
  .service("search", { desired: 5 })
  .service("fax")
  .pinned("1.3.0")
  .build();

const EXPECTED = [
  "pay/api proved",
  "pay/fraud failed",
  "pay/ledger proved",
  "pay/refunds proved",
  "pay/year-end proved",
  "web/fax proved",
  "web/search proved",
  "web/shop proved",
];

describe("a run killed with SIGKILL", function () {
  this.timeout(900_000);

  it(`${KILLS} times at random instants, in one life after the other, deploys nothing twice and loses nothing`, async () => {
    let kills = 0;
    for (let seed = 1; kills < KILLS; seed += 1) kills += await killedLife(seed);
  });

  it("while a second process tries to take the same run directory, deploys nothing twice and loses nothing", async () => {
    for (let seed = 101; seed <= 104; seed += 1) await sharedLife(seed);
  });
});

/** One account from the first process to the finished report; how often its process was killed on the way. */
async function killedLife(seed: number): Promise<number> {
  const random = new Random(seed, "kills");
  return withPlanned(seed, async (account) => {
    let kills = 0;
    for (;;) {
      const run = account.start("run", "plan.json");
      const killed = await killedAt(account, run, 1 + random.below(60));
      if (!killed) break;
      kills += 1;
    }
    await assertWhole(account, seed);
    return kills;
  });
}

/** Two processes at the same directory, again and again: one works, the other is refused, and the one that works is killed. */
async function sharedLife(seed: number): Promise<void> {
  const random = new Random(seed, "shared");
  await withPlanned(seed, async (account) => {
    for (let round = 0; round < 12; round += 1) {
      const both = [account.start("run", "plan.json"), account.start("run", "plan.json")];
      const killed = await killedAt(account, both[random.below(2)] ?? both[0], 1 + random.below(40));
      const ends = await Promise.all(both.map(({ end }) => end));
      const refused = ends.filter(({ exitCode }) => exitCode === 3);
      for (const { stderr } of refused) assert.match(stderr, /lock-held|lock-lost|held by process|no longer ours/);
      if (!killed && ends.some(({ exitCode }) => exitCode === 5)) break;
    }
    const last = account.start("run", "plan.json");
    assert.equal((await last.end).exitCode, 5);
    await assertWhole(account, seed);
  });
}

/** Kills it after so many more requests of any process; false when it ended before that. */
async function killedAt(account: SimulatedAccount, run: Started | undefined, requests: number): Promise<boolean> {
  assert.ok(run !== undefined);
  let left = requests;
  const reached = new Promise<"reached">((resolve) => {
    account.gateway.hooks.before = () => {
      left -= 1;
      if (left === 0) resolve("reached");
      return "pass";
    };
  });
  const first = await Promise.race([reached, run.end.then(() => "ended" as const)]);
  account.gateway.hooks.before = () => "pass";
  if (first === "ended" || run.child.exitCode !== null) return false;
  await kill(run);
  return true;
}

async function withPlanned<T>(seed: number, use: (account: SimulatedAccount) => Promise<T>): Promise<T> {
  const account = await SimulatedAccount.open({ fleet: FLEET, seed, readLagMaxMs: 2_000 });
  try {
    await account.planned("--failures", "5");
    return await use(account);
  } finally {
    await account.close();
  }
}

async function assertWhole(account: SimulatedAccount, seed: number): Promise<void> {
  const { services } = await account.report();
  const outcomes = services.map((row) => `${row.clusterName}/${row.name} ${row.outcome}`).toSorted();
  assert.deepEqual(outcomes, EXPECTED, `seed ${seed}`);
  for (const [name, { counters }] of account.services())
    assert.deepEqual([name, counters.deploymentsStarted], [name, 1], `seed ${seed}`);
  for (const [name, service] of account.services()) {
    const keys = service.tasks.filter(({ lastStatus }) => lastStatus !== "STOPPED").map(({ kmsKeyArn }) => kmsKeyArn);
    const isProved = outcomes.includes(`${name} proved`);
    assert.ok(!isProved || keys.every((key) => key !== null), `seed ${seed}: ${name} is called proved`);
  }
}
