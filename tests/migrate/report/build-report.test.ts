import assert from "node:assert/strict";
import fc from "fast-check";
import type { Fleet } from "../../../domain/fleet";
import { parseReport } from "../../../migrate/core/model/parse-report";
import type { ReportedService } from "../../../migrate/core/model/report";
import { anyFleet } from "../fleets/any-fleet";
import { payCluster } from "../fleets/service-case";
import { begun, CALLER, HEAD, intended, look, minute, planFor, reportOf, sameTask, started } from "./a-run";

const FLEET = payCluster()
  .service("checkout", { desired: 3 })
  .breaker(true)
  .tagged({ owner: "payments" })
  .service("refunds", { desired: 2 })
  .service("done", { desired: 1 })
  .keyed()
  .service("settlement", { desired: 1 })
  .percents(100, 100)
  .standaloneTask("backup")
  .build();
const PLAN = planFor(FLEET);
const KEY = FLEET.keys[0]?.arn ?? "";
const CHECKOUT = service("checkout");
const REFUNDS = service("refunds");

function service(name: string): Fleet["services"][number] {
  return FLEET.services.find((one) => one.name === name) ?? assert.fail(name);
}

/** Looks of a sweep at everything as it is, with these services on new tasks. */
function sweepWith(names: readonly string[], asOf: string) {
  const proofs = FLEET.services.map((one) => {
    if (names.includes(one.name)) return look(one, { keyArn: KEY, asOf });
    const tasks = FLEET.tasks.filter((task) => task.group === `service:${one.name}`);
    const verdict = one.name === "done" ? ("pass" as const) : ("fail" as const);
    const base = look(one, { keyArn: KEY, asOf, verdict, tasks: 0 });
    return { ...base, tasks: tasks.map((task) => sameTask(task, { asOf, verdict })) };
  });
  const standalone = FLEET.tasks
    .filter((task) => task.group === "family:pay-backup")
    .map((task) => sameTask(task, { asOf, verdict: "fail" }));
  return { kind: "swept", proofs, standalone, newServices: [] } as const;
}

const DONE_RUN = [
  begun(PLAN),
  { kind: "wave-opened", wave: 1 },
  intended(CHECKOUT.arn),
  started(CHECKOUT.arn),
  { kind: "settled", service: CHECKOUT.arn, revisionArn: null },
  { kind: "verified", service: CHECKOUT.arn, proof: look(CHECKOUT, { keyArn: KEY, asOf: minute(5) }) },
  { kind: "wave-closed", wave: 1, soakUntilMs: Date.parse(minute(16)) },
  { kind: "wave-opened", wave: 2 },
  intended(REFUNDS.arn),
  started(REFUNDS.arn),
  { kind: "verified", service: REFUNDS.arn, proof: look(REFUNDS, { keyArn: KEY, asOf: minute(10) }) },
  { kind: "wave-closed", wave: 2, soakUntilMs: Date.parse(minute(11)) },
  sweepWith(["checkout", "refunds"], minute(12)),
  { kind: "finished", outcome: "proved" },
] as const;

describe("buildReport, of any fleet and a run not begun", () => {
  it("tells every service and every standalone task exactly once, and counts nothing as proved", () => {
    fc.assert(
      fc.property(anyFleet(), (fleet) => {
        const report = reportOf(fleet, []);
        assert.deepEqual(
          report.services.map(({ arn }) => arn),
          fleet.services.map(({ arn }) => arn).toSorted(),
        );
        const standalone = fleet.tasks.filter((task) => task.group?.startsWith("family:"));
        assert.deepEqual(
          report.standalone.map(({ arn }) => arn),
          standalone.map(({ arn }) => arn).toSorted(),
        );
        assert.equal(report.coverage.after.onKey, 0);
        assert.equal(report.coverage.after.tasks, report.coverage.before.tasks);
        assert.notEqual(report.verdict.word, "pass");
      }),
      { numRuns: 40 },
    );
  });

  it("can be written and read back", () => {
    fc.assert(
      fc.property(anyFleet(), (fleet) => {
        const report = reportOf(fleet, [begun(planFor(fleet))]);
        assert.deepEqual(parseReport(JSON.stringify(report), "report.json"), report);
      }),
      { numRuns: 20 },
    );
  });
});

describe("buildReport, of a run that proved everything planned", () => {
  const report = reportOf(FLEET, DONE_RUN);
  const row = (name: string): ReportedService => report.services.find((one) => one.name === name) ?? assert.fail(name);

  it("says so first, then the coverage, then what is not covered", () => {
    assert.deepEqual(report.verdict, {
      word: "pass",
      sentences: [
        "2 of 2 planned services are proved on their key.",
        "6 of 8 running tasks (75 %) are proved to use the key of their cluster; before: 1 of 8 (13 %).",
        "1 service is not covered: 1 blocked.",
      ],
    });
  });

  it("gives coverage before and after with the instants of the looks", () => {
    assert.deepEqual(report.coverage, {
      before: { tasks: 8, onKey: 1, asOf: FLEET.readAt },
      after: { tasks: 8, onKey: 6, notLookedAt: 0, asOf: minute(12) },
    });
  });

  it("tells of a proved service what was, what is and who says so", () => {
    const { tasks, ...checkout } = row("checkout");
    assert.deepEqual(checkout, {
      arn: CHECKOUT.arn,
      name: "checkout",
      clusterArn: "arn:aws:ecs:eu-west-1:111122223333:cluster/pay",
      clusterName: "pay",
      class: "redeploy",
      outcome: "proved",
      reason: "all 3 tasks use the key",
      owner: "payments",
      nextStep: null,
      wave: 1,
      keyBefore: { seen: "no-key" },
      keyAfter: { seen: "key", arn: KEY },
      evidence: { verdict: "pass", reason: "all 3 tasks use the key", asOf: minute(12) },
    });
    assert.equal(tasks.length, 6);
  });

  it("has a row for each old and each new task, and says of old ones that they have ended", () => {
    const rows = row("refunds").tasks;
    const old = rows.filter((task) => task.keyAfter.seen === "not-seen");
    assert.deepEqual(
      old.map(({ keyBefore, verdict, reason, asOf }) => ({ keyBefore, verdict, reason, asOf })),
      Array(2).fill({
        keyBefore: { seen: "no-key" },
        verdict: "notApplicable",
        reason: "ran before and has ended",
        asOf: minute(12),
      }),
    );
    const fresh = rows.filter((task) => task.keyBefore.seen === "not-seen");
    assert.deepEqual(
      fresh.map(({ keyAfter, verdict, deploymentId, platformVersion }) => ({
        keyAfter,
        verdict,
        deploymentId,
        platformVersion,
      })),
      Array(2).fill({
        keyAfter: { seen: "key", arn: KEY },
        verdict: "pass",
        deploymentId: "ecs-svc/2",
        platformVersion: "1.4.0",
      }),
    );
  });

  it("tells why a service was not planned, and the next step", () => {
    const { outcome, class: name, reason, nextStep, wave } = row("settlement");
    assert.deepEqual([outcome, name, wave], ["not planned", "cannot-roll", null]);
    assert.match(reason, /no task can stop or start$/);
    assert.match(nextStep ?? "", /^set maximumPercent to 200: aws ecs update-service --cluster pay /);
  });

  it("looks at standalone tasks through the sweep", () => {
    const [task] = report.standalone;
    assert.deepEqual([task?.verdict, task?.class, task?.keyAfter], ["fail", "standalone-task", { seen: "no-key" }]);
    assert.match(task?.nextStep ?? "", /aws ecs stop-task/);
  });

  it("has the times of waves and services, and what it took against the bound", () => {
    assert.deepEqual(report.timeline.waves, [
      {
        number: 1,
        name: "canary",
        openedAt: minute(1),
        closedAt: minute(6),
        soakUntil: minute(16),
        expectedMs: 93_000,
      },
      {
        number: 2,
        name: "first 5 %",
        openedAt: minute(7),
        closedAt: minute(11),
        soakUntil: minute(11),
        expectedMs: 93_000,
      },
    ]);
    assert.deepEqual(report.timeline.services[0], {
      arn: CHECKOUT.arn,
      wave: 1,
      startedAt: minute(2),
      settledAt: minute(4),
      endedAt: minute(5),
    });
    // Planned: the soak, and twice the 40 s after which a task counts. The services took 3 and 2 minutes, and the second wave waited one of the ten minutes of the soak.
    assert.deepEqual(
      [report.timeline.tookMs, report.timeline.lowerBoundMs],
      [780_000, { planned: 680_000, actual: 360_000 }],
    );
  });

  it("names callers, calls, hashes and versions", () => {
    assert.deepEqual(report.run.callers, [CALLER]);
    assert.deepEqual(report.calls?.total, 11);
    assert.deepEqual(report.journal, { lines: DONE_RUN.length, head: HEAD });
    assert.deepEqual([report.planId, report.fleet.sha256, report.toolVersion], [PLAN.planId, "a".repeat(64), "0.1.0"]);
  });

  it("says that CloudTrail was not consulted", () => {
    assert.match(report.doesNotProve[0] ?? "", /^CloudTrail was not consulted in this version/);
  });
});

describe("buildReport, of runs that went otherwise", () => {
  const failure = {
    reason: "its tasks did not start",
    rolledBack: true,
    taskReason: "CannotStartContainerError",
    taskArn: "arn:aws:ecs:eu-west-1:111122223333:task/pay/1",
    remedy: "look at its logs",
  };

  it("never counts a proof that the sweep has overtaken", () => {
    const report = reportOf(FLEET, [
      ...DONE_RUN.slice(0, 12),
      sweepWith(["checkout"], minute(12)),
      { kind: "finished", outcome: "failed-or-unproved" },
    ]);
    const refunds = report.services.find((one) => one.name === "refunds");
    assert.deepEqual([refunds?.outcome, refunds?.evidence?.verdict], ["unproved", "fail"]);
    assert.equal(refunds?.nextStep, "scan and plan again: fargate-cmk scan");
    assert.equal(report.coverage.after.onKey, 4);
    assert.equal(report.verdict.word, "fail");
    assert.deepEqual(report.verdict.sentences.slice(0, 2), [
      "1 of 2 planned services are proved on their key.",
      "Of the others, 1 is not proved.",
    ]);
  });

  it("tells a failure with the first task's reason, in the list and in the row", () => {
    const report = reportOf(FLEET, [
      begun(PLAN),
      intended(CHECKOUT.arn),
      { kind: "failed", service: CHECKOUT.arn, failure },
    ]);
    assert.deepEqual(report.failures, [
      {
        serviceArn: CHECKOUT.arn,
        reason: "its tasks did not start",
        rolledBack: true,
        firstTask: { arn: failure.taskArn, reason: "CannotStartContainerError" },
        remedy: "look at its logs",
      },
    ]);
    const row = report.services.find((one) => one.name === "checkout");
    assert.deepEqual([row?.outcome, row?.nextStep, report.verdict.word], ["failed", "look at its logs", "fail"]);
  });

  it("stays undecided while a run goes on, and says how far it is", () => {
    const report = reportOf(FLEET, [
      ...DONE_RUN.slice(0, 6),
      { kind: "paused", reason: "the credentials expired", next: "resume" },
    ]);
    assert.equal(report.verdict.word, "unknown");
    assert.equal(report.verdict.sentences.at(-1), "The run has not finished: it is paused (the credentials expired).");
    const refunds = report.services.find((one) => one.name === "refunds");
    assert.deepEqual([refunds?.outcome, refunds?.reason], ["unproved", "not begun"]);
    assert.deepEqual(report.coverage.after, { tasks: 8, onKey: 3, notLookedAt: 5, asOf: minute(5) });
  });

  const others: readonly [string, Parameters<typeof reportOf>[1], string, RegExp][] = [
    [
      "set aside",
      [{ kind: "set-aside", service: REFUNDS.arn, class: "changed", reason: "its percents changed", remedy: null }],
      "set aside",
      /^its percents changed$/,
    ],
    [
      "superseded",
      [
        intended(REFUNDS.arn),
        started(REFUNDS.arn),
        { kind: "superseded", service: REFUNDS.arn, byDeploymentId: "ecs-svc/9" },
      ],
      "superseded",
      /^deployment ecs-svc\/9 of its team came over ours; not proved since$/,
    ],
    ["in doubt", [intended(REFUNDS.arn)], "unproved", /^it is not known whether AWS took the call/],
    ["on its way", [intended(REFUNDS.arn), started(REFUNDS.arn)], "unproved", /^on its way/],
    [
      "overdue",
      [intended(REFUNDS.arn), started(REFUNDS.arn), { kind: "overdue", service: REFUNDS.arn, afterMs: 1 }],
      "unproved",
      /^past its deadline/,
    ],
  ];
  for (const [title, events, outcome, reason] of others) {
    it(`tells of a service that is ${title}`, () => {
      const row = reportOf(FLEET, [begun(PLAN), ...events]).services.find((one) => one.name === "refunds");
      assert.equal(row?.outcome, outcome);
      assert.match(row.reason, reason);
      assert.notEqual(row.nextStep, null);
    });
  }

  it("keeps tasks in the total that a last look could not see", () => {
    const sweep = sweepWith(["refunds"], minute(3));
    const blind = sweep.proofs.map((one) =>
      one.serviceArn === CHECKOUT.arn ? { ...one, verdict: "unknown" as const, reason: "denied", tasks: [] } : one,
    );
    const { after } = reportOf(FLEET, [begun(PLAN), { ...sweep, proofs: blind }]).coverage;
    assert.deepEqual(after, { tasks: 8, onKey: 3, notLookedAt: 3, asOf: minute(3) });
  });

  it("lists services that came up since the scan, with what was seen of them", () => {
    const arn = "arn:aws:ecs:eu-west-1:111122223333:service/pay/fresh";
    const sweep = sweepWith(["checkout", "refunds"], minute(12));
    const fresh = { ...look(CHECKOUT, { keyArn: KEY, asOf: minute(12), tasks: 1 }), serviceArn: arn };
    const report = reportOf(FLEET, [
      ...DONE_RUN.slice(0, 12),
      { ...sweep, proofs: [...sweep.proofs, fresh], newServices: [arn] },
    ]);
    assert.deepEqual(report.newServices, [
      { arn, verdict: "pass", reason: "all 1 tasks use the key", asOf: minute(12) },
    ]);
    assert.ok(report.verdict.sentences.includes("1 service came up since the scan, 1 of them on the key."));
  });
});
