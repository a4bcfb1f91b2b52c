// A night: a thousand services in one account, left alone. Ten of them cannot start tasks, one key is broken in the middle and mended,
// teams deploy in between, the process dies twice. In the morning every row of the report is true of the world.

import assert from "node:assert/strict";
import type { Fleet } from "../../domain/fleet";
import { foldRun } from "../../migrate/core/machine/fold-run";
import type { Report, ReportedService } from "../../migrate/core/model/report";
import { buildReport } from "../../migrate/core/report/build-report";
import { aFleet } from "../../simulator/fleet-builder";
import type { ServiceView, TaskView } from "../../simulator/world/world-view";
import { type Life, live } from "./stage/live";
import { quietStory } from "./stories/quiet-story";
import type { Rival } from "./stories/rivals";

const MINUTE = 60_000;
const CLUSTERS = ["pay", "ops", "web", "core"] as const;
const SERVICES_EACH = 250;
/** One in a hundred. */
const isBad = (number: number) => number % 100 === 37;
const PERCENTS = [
  [100, 200],
  [50, 100],
  [100, 150],
] as const;

function account(): Fleet {
  const keys = CLUSTERS.reduce(
    (fleet, name) => fleet.key(`${name}-key`, { clusters: [name] }),
    aFleet().vcpu({ onDemand: 4_000 }),
  );
  return CLUSTERS.reduce((fleet, cluster, index) => {
    let builder = fleet.cluster(cluster, { key: `${cluster}-key` });
    for (let number = 0; number < SERVICES_EACH; number += 1) {
      const [minimum, maximum] = PERCENTS[number % PERCENTS.length] ?? [100, 200];
      builder = builder.service(`s${number}`, { desired: (number + index) % 5 }).percents(minimum, maximum);
      if (number % 2 === 0) builder = builder.breaker(true);
      if (number % 10 === 3) builder = builder.behindLoadBalancer();
      if (isBad(number)) builder = builder.failing(number < 100 ? "exits" : "unhealthy");
    }
    return builder;
  }, keys).build();
}

/** Teams deploy the very services that the run is about, at any time of it. */
function teams(): readonly Rival[] {
  return Array.from({ length: 40 }, (_, index) => ({
    cue: { kind: "time", atMs: (3 + index * 2) * MINUTE },
    service: null,
    acts: [
      {
        afterMs: 0,
        fault: {
          kind: "somebody-deploys",
          cluster: CLUSTERS[index % CLUSTERS.length] ?? "pay",
          service: `s${(index * 7) % SERVICES_EACH}`,
        },
      },
    ],
  }));
}

/** Right when one of its services is sent: its tasks, and those of whatever else is on its way there, cannot start. */
function brokenKey(fleet: Fleet): Rival {
  const cluster = fleet.clusters.find(({ name }) => name === "ops");
  const service = fleet.services.find(({ clusterArn, name }) => clusterArn === cluster?.arn && name === "s112");
  assert.ok(cluster?.configuration.kind === "known" && service !== undefined);
  const key = cluster.configuration.value.fargateEphemeralStorageKmsKeyArn ?? "";
  return {
    cue: { kind: "line", line: "redeploy-intended", delayMs: 0 },
    service: service.arn,
    acts: [
      { afterMs: 0, fault: { kind: "key-disabled", key } },
      { afterMs: 35 * MINUTE, fault: { kind: "key-enabled", key } },
    ],
  };
}

describe("a night's run of 1,000 services", function () {
  this.timeout(900_000);
  let life: Life;
  let report: Report;
  let world: ReadonlyMap<string, ServiceView>;

  before(async () => {
    const fleet = account();
    const story = quietStory({
      seed: 2026,
      options: { inFlightMax: 100, failuresMax: 15, soakMs: 10 * MINUTE },
      rivals: [...teams(), brokenKey(fleet)],
      deaths: [
        { line: 700, when: "after", awayMs: 5 * MINUTE },
        { line: 900, when: "before", awayMs: 20 * MINUTE },
      ],
      resumesMax: 3,
      onlyTheEnd: true,
    });
    life = await live({ story, fleet });
    report = reportOf(life);
    const { lanes } = life.history.state();
    world = new Map(
      lanes.flatMap(({ clusters }) => clusters.flatMap(({ services }) => services.map((one) => [one.arn, one]))),
    );
  });

  it("comes to its end by itself, over two deaths, with the key held and released", () => {
    assert.deepEqual(
      life.processes.map(({ end }) => end),
      ["died", "died", "finished"],
    );
    const kinds = new Set(life.lines.map(({ event }) => event.kind));
    for (const kind of ["held", "released", "requeued"] as const) assert.ok(kinds.has(kind), `there was no ${kind}`);
    assert.ok(!kinds.has("halted"));
  });

  it("has a row for every service, and each is true of the world", () => {
    assert.equal(report.services.length, CLUSTERS.length * SERVICES_EACH);
    const wrong = report.services.flatMap((row) => wrongRow(row, world.get(row.arn)));
    assert.deepEqual(wrong, []);
  });

  it("proves every planned service but those that cannot start tasks", () => {
    const bad = report.services.filter(({ name, outcome }) => isBad(Number(name.slice(1))) && outcome !== "proved");
    const others = report.services.filter(
      (row) => row.outcome !== "proved" && row.outcome !== "not planned" && !bad.includes(row),
    );
    assert.deepEqual(
      others.map(({ arn, outcome, reason }) => `${arn} ${outcome}: ${reason}`),
      [],
    );
    for (const row of bad) assert.ok(["failed", "set aside", "not planned"].includes(row.outcome), row.outcome);
    assert.ok(bad.some(({ outcome }) => outcome === "failed"));
  });

  it("counts the tasks that run on their key as the world does", () => {
    const tasks = [...world.values()].flatMap(running);
    assert.equal(report.coverage.after.tasks, tasks.length);
    assert.equal(report.coverage.after.onKey, tasks.filter(({ kmsKeyArn }) => kmsKeyArn !== null).length);
  });

  it("redeploys nothing twice but what has another try", () => {
    const tries = new Map<string, number>();
    for (const { event } of life.lines)
      if (event.kind === "requeued") for (const arn of event.services) tries.set(arn, (tries.get(arn) ?? 0) + 1);
    const often = [...world.values()].filter(
      ({ arn, counters }) => counters.updateServiceCalls > 1 + (tries.get(arn) ?? 0),
    );
    assert.deepEqual(
      often.map(({ arn, counters }) => `${arn} ${counters.updateServiceCalls}`),
      [],
    );
  });
});

function reportOf({ fleet, plan, lines }: Life): Report {
  const state = foldRun(plan, lines);
  return buildReport({
    fleet,
    plan,
    state,
    lines,
    journalHead: "0".repeat(64),
    callCounts: null,
    toolVersion: "0.0.0",
  });
}

function wrongRow({ arn, outcome, keyAfter }: ReportedService, service: ServiceView | undefined): readonly string[] {
  if (service === undefined) return [`${arn} is not in the world`];
  const keys = [...new Set(running(service).map(({ kmsKeyArn }) => kmsKeyArn))];
  const [only = null] = keys;
  const isOnKey = keys.length === 1 && only !== null;
  const wrong = [
    ...(outcome === "proved" && !isOnKey && keys.length > 0 ? [`is proved, and its tasks run on ${keys.join()}`] : []),
    ...(keyAfter.seen === "key" && keys.length > 0 && only !== keyAfter.arn
      ? [`shows ${keyAfter.arn}, has ${only}`]
      : []),
    ...(keyAfter.seen === "no-key" && keys.some((key) => key !== null) ? [`shows no key, has ${keys.join()}`] : []),
    ...(keyAfter.seen === "several" && keys.length < 2 ? [`shows several keys, has ${keys.join()}`] : []),
  ];
  return wrong.map((what) => `${arn} (${outcome}) ${what}`);
}

function running({ tasks }: ServiceView): readonly TaskView[] {
  return tasks.filter(({ lastStatus }) => lastStatus !== "STOPPED");
}
