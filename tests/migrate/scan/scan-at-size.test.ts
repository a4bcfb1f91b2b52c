// Scan, plan and preflight of a large lane, through the real SDK and adapters against the simulated AWS in process, on a clock of
// its own.

import assert from "node:assert/strict";
import type { Fleet } from "../../../domain/fleet";
import { createAccountAdapter } from "../../../migrate/adapters/aws/account-adapter";
import { createEcsAdapter } from "../../../migrate/adapters/aws/ecs-adapter";
import { requestsThrough } from "../../../migrate/adapters/aws/send-request";
import { createSurroundingsAdapter } from "../../../migrate/adapters/aws/surroundings/surroundings-adapter";
import { sha256Hex } from "../../../migrate/core/canonical-json";
import type { Plan } from "../../../migrate/core/model/plan";
import type { Preflight } from "../../../migrate/core/model/preflight";
import { callDuties } from "../../../migrate/core/plan/api-calls-min";
import { DEFAULT_PLAN_OPTIONS } from "../../../migrate/core/plan/default-plan-options";
import { makePlan } from "../../../migrate/core/plan/make-plan";
import { stoppingAnswers } from "../../../migrate/core/preflight/judge-preflight";
import { createPacedGate } from "../../../migrate/drive/paced-gate";
import { preflight } from "../../../migrate/drive/preflight";
import { scan } from "../../../migrate/drive/scan";
import type { CallCounts, CallGate } from "../../../migrate/ports/call-gate";
import { planText } from "../../../migrate/render/plan-text";
import { preflightText } from "../../../migrate/render/preflight-text";
import { aFleet, type FleetBuilder } from "../../../simulator/fleet-builder";
import { inProcessHandler } from "../../../simulator/in-process-handler";
import { Simulation } from "../../../simulator/simulation";
import { worldFromFleet } from "../../../simulator/world-from-fleet";
import { SimClock } from "../../sim/stage/sim-clock";
import { sdkClients } from "../../simulator/sdk-clients";

const CLUSTERS = 20;
const SERVICES_A_CLUSTER = 100;
/** The scan may make a tenth more calls than the fewest that show the same. */
const CALLS_OVER_MINIMUM_MAX = 1.1;

describe("a scan of 2,000 services in 20 clusters", function () {
  this.timeout(60_000);
  const scans: Scanned[] = [];
  const account = largeAccount();

  before(async () => {
    await scanned(smallAccount(), { standsStill: true, isAsked: true });
    for (let time = 0; time < 2; time += 1) scans.push(await scanned(account, { isAsked: time === 0 }));
  });

  it("sees all of it, and what stands around it", () => {
    const { fleet } = firstOf(scans);
    assert.equal(fleet.services.length, CLUSTERS * SERVICES_A_CLUSTER);
    assert.equal(
      fleet.images.filter(({ found }) => found.kind === "known" && found.value !== null).length,
      fleet.images.length,
    );
    assert.equal(fleet.secrets.filter(({ state }) => state.kind === "known").length, fleet.secrets.length);
    assert.equal(fleet.logGroups.filter(({ exists }) => exists.kind === "known" && exists.value).length, 2_000);
    assert.deepEqual(fleet.unread, []);
  });

  it("makes at most a tenth more calls than the fewest that show the same", () => {
    const { fleet, counts } = firstOf(scans);
    const least = callDuties(fleet, []).reduce((total, { calls }) => total + calls, 0);
    assert.ok(counts.total >= least, `${counts.total} of at least ${least}`);
    assert.ok(counts.total <= least * CALLS_OVER_MINIMUM_MAX, `${counts.total} of at least ${least}`);
    const around = Object.entries(counts.byOperation).filter(([operation]) => !operation.startsWith("ecs:List"));
    const leastOf = new Map<string, number>();
    for (const { operation, calls } of callDuties(fleet, []))
      leastOf.set(operation, (leastOf.get(operation) ?? 0) + calls);
    for (const [operation, calls] of around) assert.equal(calls, leastOf.get(operation), operation);
  });

  it("is never throttled, although AWS's buckets hold far less than it needs", () => {
    const { counts, seconds } = firstOf(scans);
    assert.equal(counts.throttled, 0);
    assert.ok(seconds > 60, `${seconds} s`);
  });

  it("leads to a plan of all of it, and pages that say so in few lines", () => {
    const { fleet, asked } = firstOf(scans);
    const { plan, preflight: answers } = asked ?? assert.fail("nothing was asked");
    assert.equal(plan.services.length, CLUSTERS * SERVICES_A_CLUSTER);
    for (const width of [80, 120]) {
      const planned = planText(plan, fleet, { width, file: "plan.json" }).split("\n");
      const told = preflightText(answers, { width, file: "preflight.json", run: "fargate-cmk run plan.json" }).split(
        "\n",
      );
      assert.ok(planned.length <= 25, `${planned.length} lines`);
      assert.ok(told.length <= 100, `${told.length} lines`);
      assert.deepEqual(
        [...planned, ...told].filter((line) => line.length > width),
        [],
      );
    }
  });

  it("is asked about before a run with hardly more calls than the fewest that show it, and nothing is in its way", () => {
    const { fleet, asked } = firstOf(scans);
    const { preflight: answers, counts } = asked ?? assert.fail("nothing was asked");
    const least = callDuties(fleet, []).reduce((total, { calls }) => total + calls, 0);
    assert.deepEqual(stoppingAnswers(answers), []);
    assert.deepEqual(
      answers.answers.filter(({ verdict }) => verdict === "unknown"),
      [],
    );
    assert.ok(counts.total <= least * CALLS_OVER_MINIMUM_MAX, `${counts.total} of at least ${least}`);
    assert.equal(counts.throttled, 0);
  });

  it("gives the same file, to the byte, for the same account at the same instant", () => {
    const [first, second] = scans.map(({ fleet }) => sha256Hex(JSON.stringify(fleet)));
    assert.equal(first, second);
  });
});

interface Scanned {
  readonly fleet: Fleet;
  readonly counts: CallCounts;
  /** Null when only the scan was made. */
  readonly asked: Asked | null;
  /** Of simulated time. */
  readonly seconds: number;
}

interface Asked {
  readonly plan: Plan;
  readonly preflight: Preflight;
  /** Of the preflight alone. */
  readonly counts: CallCounts;
}

async function scanned(account: Fleet, { standsStill = false, isAsked = false } = {}): Promise<Scanned> {
  const beganMs = Date.parse(account.readAt);
  const clock = new SimClock(beganMs);
  clock.standsStill = standsStill;
  const { account: owner, region } = account.lane;
  const simulation = new Simulation({ world: worldFromFleet(account, { seed: 1 }), clock });
  const handler = inProcessHandler({ simulation });
  const clients = sdkClients({ handler }, owner, region);
  const gate = createPacedGate({ clock, seed: 1 });
  const portsOf = (through: CallGate) => {
    const send = requestsThrough(through);
    return {
      ecs: createEcsAdapter({ client: clients.ecs, send, clock }),
      account: createAccountAdapter({ ...clients, send, clock }),
      surroundings: createSurroundingsAdapter({ clientOf: clients.clientOf, send, clock }),
    };
  };
  const ask = async (fleet: Fleet): Promise<Asked> => {
    const plan = makePlan({ fleet, fleetSha256: "a".repeat(64), options: DEFAULT_PLAN_OPTIONS });
    const askGate = createPacedGate({ clock, seed: 2 });
    const ports = portsOf(askGate);
    const identity = { account: owner, partition: "aws", principalArn: `arn:aws:iam::${owner}:user/ops` };
    const lane = { ...ports, clock, region, plan, fleet, identity, credentialsExpireAtMs: null, accept: new Map() };
    return { plan, preflight: await preflight(lane), counts: askGate.counts() };
  };
  try {
    const fleet = await scan({ ...portsOf(gate), clock, region });
    const [counts, seconds] = [gate.counts(), (clock.nowMs() - beganMs) / 1_000];
    const asked = isAsked ? await ask(fleet) : null;
    assert.deepEqual(handler.defects(), []);
    return { fleet, counts, seconds, asked };
  } finally {
    clock.close();
    clients.destroy();
  }
}

function largeAccount(): Fleet {
  let builder: FleetBuilder = aFleet().key("key", { clusters: names("cluster", CLUSTERS) });
  for (const cluster of names("cluster", CLUSTERS)) {
    builder = builder.cluster(cluster, { key: "key" });
    for (const service of names("service", SERVICES_A_CLUSTER)) builder = builder.service(service, { desired: 1 });
    builder = builder.secret(`${cluster}/db`).parameter(`/${cluster}/region`).alarms(`${cluster}-errors`).scaling(1, 4);
  }
  return builder.build();
}

/** Everything that a scan can ask for, once: the SDK loads parts of itself at its first calls, while the clock stands still. */
function smallAccount(): Fleet {
  const builder = aFleet()
    .key("key", { clusters: ["one"] })
    .cluster("one", { key: "key" });
  return builder.service("api").secret("db").parameter("/region").alarms("errors").scaling(1, 2).build();
}

function names(what: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${what}-${String(index).padStart(3, "0")}`);
}

function firstOf(scans: readonly Scanned[]): Scanned {
  return scans[0] ?? assert.fail("nothing was scanned");
}
