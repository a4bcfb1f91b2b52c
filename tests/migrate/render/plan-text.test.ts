import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { known, unknown } from "../../../domain/fact";
import type { Fleet } from "../../../domain/fleet";
import type { Plan } from "../../../migrate/core/model/plan";
import { DEFAULT_PLAN_OPTIONS } from "../../../migrate/core/plan/default-plan-options";
import { makePlan } from "../../../migrate/core/plan/make-plan";
import { planText } from "../../../migrate/render/plan-text";
import { aFleet } from "../../../simulator/fleet-builder";
import { anyFleet } from "../fleets/any-fleet";
import { seenWhole } from "../fleets/seen-whole";
import { payCluster } from "../fleets/service-case";
import { denied, inSituation, SITUATIONS, type Situation } from "../fleets/situations";

function planOf(fleet: Fleet): Plan {
  // The id is another one with every new version of the plan, and the calls with every new read of a scan.
  const plan = makePlan({ fleet, fleetSha256: "a".repeat(64), options: DEFAULT_PLAN_OPTIONS });
  return { ...plan, planId: `3f9a1c${plan.planId.slice(6)}`, totals: { ...plan.totals, apiCallsMin: 40 } };
}

const AT = "2026-06-01T08:00:00.000Z";
const capacity = {
  onDemand: { quota: known(140, AT), inUse: known(20.25, AT) },
  spot: { quota: known(40, AT), inUse: known(0, AT) },
};

const NARROW = { ...capacity, onDemand: { quota: known(10, AT), inUse: known(9, AT) } };

const BUILT = payCluster()
  .service("checkout", { desired: 4, cpuUnits: 1024 })
  .breaker(true)
  .service("refunds", { desired: 3, cpuUnits: 512 })
  .behindLoadBalancer()
  .breaker(true)
  .service("vault", { desired: 2 })
  .keyed()
  .service("settlement", { desired: 1 })
  .percents(100, 100)
  .breaker(true)
  .service("gateway", { desired: 2 })
  .codeDeploy()
  .service("rates", { desired: 2 })
  .inFlight()
  .service("panes", { desired: 1 })
  .windows()
  .standaloneTask("backup")
  .service("ledger", { desired: 2 })
  .service("settler", { desired: 1 })
  .service("worker", { desired: 3 })
  .service("mailer", { desired: 2 })
  .build();
const MIXED: Fleet = { ...withTroubles(BUILT), capacity };

/** One service in each of the situations that are found by looking, and reads that were denied. */
function withTroubles(fleet: Fleet): Fleet {
  const troubles = [
    ["ledger", "imageMoved"],
    ["settler", "efsWriter"],
    ["worker", "held"],
    ["mailer", "secretBeingDeleted"],
    ["mailer", "logGroupMissing"],
    ["refunds", "imageDenied"],
  ] as const;
  const situated = troubles.reduce(
    (so, [name, situation]) => inSituation(so, `arn:aws:ecs:eu-west-1:111122223333:service/pay/${name}`, situation),
    seenWhole(fleet),
  );
  return { ...situated, unread: [unreadImages("pay-refunds")] };
}

function unreadImages(repository: string): Fleet["unread"][number] {
  const { why, permission } = denied("ecr:BatchGetImage");
  return { operation: "ecr:BatchGetImage", subject: repository, why, permission: permission ?? "" };
}

const LINES_MAX = 700;

/** In every situation in turn, with as many denied reads. */
function longNamed(count: number): Fleet {
  const names = Array.from({ length: count }, (_, index) => `${"n".repeat(55)}-${String(index).padStart(4, "0")}`);
  const built = seenWhole(names.reduce((so, name) => so.service(name), payCluster()).build());
  const situations = Object.keys(SITUATIONS) as Situation[];
  const situated = built.services
    .slice(0, situations.length)
    .reduce((so, { arn }, at) => inSituation(so, arn, situations[at] ?? "fine"), built);
  return { ...situated, unread: names.map(unreadImages), capacity: NARROW };
}

function golden(name: string): string {
  return readFileSync(path.resolve("tests/migrate/render", name), "utf8");
}

describe("planText", () => {
  for (const width of [80, 120]) {
    it(`shows a mixed cluster at ${width} columns as in its golden file`, () => {
      const text = planText(planOf(MIXED), MIXED, { width, file: "plan.json" });
      assert.equal(text, golden(`plan-${width}.golden.txt`));
    });
  }

  it("says of an empty fleet that there is nothing to redeploy", () => {
    const fleet = aFleet().build();
    assert.equal(
      planText(planOf(fleet), fleet, { width: 120, file: "plan.json" }),
      `Account 111122223333 · eu-west-1 · 0 clusters · 0 services · 0 tasks that could use a key · read 2026-06-01 08:00 UTC

  runs on its cluster's key          0 services     0 tasks
  to redeploy                        0 services     0 tasks

  Nothing to redeploy.

  Plan 3f9a1c written to plan.json.
`,
    );
  });

  it("wraps what the not applicable ones are, all four kinds of them", () => {
    const fleet = ["panes", "glass"]
      .reduce((so, name) => so.service(name).windows(), payCluster())
      .service("old")
      .ec2()
      .service("frozen")
      .tagged({ "fargate-cmk:skip": "until January" })
      .cluster("AWSBatch-nightly_Batch_1a2b")
      .service("nightly")
      .build();
    const groups = planText(planOf(fleet), fleet, { width: 80 }).split("\n\n")[1];
    assert.equal(
      groups,
      `  runs on its cluster's key          0 services     0 tasks   0 %
  to redeploy                        0 services     0 tasks
  not applicable                     5 services (AWS Batch, Windows,
                                       excluded by tag, not on Fargate)`,
    );
  });

  it("tells of services that are left alone and could not start again", () => {
    const fleet = payCluster().service("ledger").keyed().logGroupMissing().service("mailer").keyed().build();
    const text = planText(planOf(fleet), fleet, { width: 120 });
    assert.ok(
      text.includes(`
  would not start again if restarted
    pay/ledger   log group /ecs/pay-ledger does not exist
                 → create log group /ecs/pay-ledger: aws logs create-log-group --log-group-name /ecs/pay-ledger
`),
      text,
    );
    assert.ok(!text.includes("pay/mailer"));
  });

  it("says that the commands of several rows are to be given together, and not of one row", () => {
    const moved = (...names: readonly string[]) =>
      names.reduce((so, name) => so.service(name).imageMoved(), payCluster()).build();
    const pageOf = (fleet: Fleet) => planText(planOf(fleet), fleet, { width: 120 });
    const together = "    Each of these commands allows one service. To allow several, give the --allow of each";
    assert.ok(pageOf(moved("a", "b")).includes(together));
    assert.ok(!pageOf(moved("a")).includes(together));
  });

  it("speaks in the singular of one service with one task", () => {
    const fleet = {
      ...seenWhole(payCluster().service("checkout", { desired: 1, cpuUnits: 256 }).build()),
      capacity: { ...capacity, onDemand: { ...capacity.onDemand, inUse: unknown("no metric") } },
    };
    assert.equal(
      planText(planOf(fleet), fleet, { width: 80 }),
      `Account 111122223333 · eu-west-1 · 1 cluster · 1 service
1 task that could use a key · read 2026-06-01 08:00 UTC

  runs on its cluster's key          0 services     0 tasks   0 %
  to redeploy                        1 service      1 task

  wave               services  tasks  extra vCPU  expected
  1 canary                  1      1         0.3     2 min

  Expected 2 min, never less than 40 s · at least 40 API calls
  peak 0.3 extra vCPU
  --format md shows the services of each wave, with owners and risks.

  Plan 3f9a1c.
`,
    );
  });

  it("keeps its columns under long names of waves, which give way", () => {
    const value = "a-tier-with-a-very-long-name-that-nobody-would-choose";
    const fleet = ["a", "b", "c"].reduce((so, name) => so.service(name).tagged({ tier: value }), payCluster()).build();
    const options = { ...DEFAULT_PLAN_OPTIONS, order: { tag: "tier", values: [value] } };
    const plan = makePlan({ fleet, fleetSha256: "a".repeat(64), options });
    const table = planText(plan, fleet, { width: 80 }).split("\n").slice(6, 10);
    assert.ok(
      table.every((line) => line.length <= 80),
      table.join("\n"),
    );
    assert.match(table[3] ?? "", /^ {2}3 tier=a-tier-with-a…? *\S*… +1 +2 /);
  });

  it("shows no line wider than asked, but for single words, whatever the fleet", () => {
    fc.assert(
      fc.property(anyFleet(), fc.integer({ min: 80, max: 160 }), (fleet, width) => {
        const lines = planText(planOf(fleet), fleet, { width }).split("\n");
        const wide = lines.filter(
          (line) =>
            line.length > width &&
            /\S \S/.test(
              line
                .trim()
                .replace(/^(→|\S+ {3}) ?/, "")
                .replace(/ \\$/, ""),
            ),
        );
        assert.deepEqual(
          wide.filter((line) => !line.includes("'{")),
          [],
        );
      }),
      { numRuns: 40 },
    );
  });

  it("counts what it does not show of a fleet with hundreds of blocked services", () => {
    const names = Array.from({ length: 300 }, (_, index) => `s${String(index).padStart(3, "0")}`);
    const alike = names.reduce((so, name) => so.service(name, { desired: 1 }).percents(100, 100), payCluster());
    const fleet = alike.service("z", { desired: 1 }).percents(0, 100).build();
    const text = planText(planOf(fleet), fleet, { width: 120 });
    assert.ok(text.includes("    and 295 more (295 cannot-roll), all in the plan file\n"));
    assert.match(text, /^ {4}pay\/z +minimumHealthyPercent 0 of 1 lets every task stop/m);
    assert.ok(text.split("\n").length < LINES_MAX);
  });

  it("keeps the columns of waves apart when one takes hours", () => {
    const names = Array.from({ length: 300 }, (_, index) => `s${index}`);
    const fleet = names.reduce((so, name) => so.service(name, { desired: 4 }).percents(100, 125), payCluster()).build();
    const options = { ...DEFAULT_PLAN_OPTIONS, inFlightMax: 2 };
    const plan = makePlan({ fleet, fleetSha256: "a".repeat(64), options });
    assert.match(planText(plan, fleet, { width: 80 }), /^ {2}3 \D+ 284 +1136 +\d\.\d {2}\d+ h \d+ min$/m);
  });

  it("leads to the preflight before the run, with names that a shell takes as they are", () => {
    const fleet = payCluster().service("api").build();
    const text = planText(planOf(fleet), fleet, { width: 120, file: "my plan.json" });
    assert.match(text, /Next: fargate-cmk preflight 'my plan\.json', then fargate-cmk run 'my plan\.json'\n$/);
  });

  it("says what could not be read", () => {
    const unread = [{ operation: "ecs:ListTasks", subject: "pay", why: "access denied", permission: "ecs:ListTasks" }];
    const text = planText(planOf(MIXED), { ...MIXED, unread }, { width: 120 }).replace(/\n {6}/g, " ");
    const told = "which tasks use a key there, and so what becomes of their services, is not known";
    assert.ok(text.includes(`  not seen\n    ecs:ListTasks was denied for 1 cluster: ${told}\n`), text);
  });

  for (const count of [0, 1, 2000])
    for (const width of [80, 120])
      it(`fits ${width} columns with ${count} services whose names have 60 characters, all of them in trouble`, () => {
        const fleet = longNamed(count);
        const lines = planText(planOf(fleet), fleet, { width, file: "plan.json" }).split("\n");
        const wide = lines.filter((line) => line.length > width && /\S \S/.test(line.trim().replace(/ \\$/, "")));
        assert.deepEqual(wide, []);
        assert.ok(lines.length < LINES_MAX, `${lines.length} lines`);
      });

  it("lets no control character of a service's event reach the terminal", () => {
    const [first] = payCluster().service("checkout").build().services;
    assert.ok(first);
    const fleet = payCluster().service("checkout").build();
    const event = { at: "2026-06-01T07:00:00Z", message: "bad\u001b[2Jthing\nnext" };
    const stuck = { ...fleet, services: [{ ...first, runningCount: 0, events: [event] }], tasks: [] };
    const text = planText(planOf(stuck), stuck, { width: 120 });
    assert.ok(text.includes("newest event: bad [2Jthing next"));
    assert.ok(!text.includes("\u001b"));
  });
});
