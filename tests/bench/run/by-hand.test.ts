import assert from "node:assert/strict";
import type { ApiFault } from "../../../simulator/api-fault";
import { aFleet, type FleetBuilder } from "../../../simulator/fleet-builder";
import { inProcessHandler } from "../../../simulator/in-process-handler";
import type { WorldFault } from "../../../simulator/world/world-fault";
import { worldFromFleet } from "../../../simulator/world-from-fleet";
import { SimClock } from "../../sim/stage/sim-clock";
import { type Witness, type WitnessedCall, WitnessedSimulation } from "../../sim/stage/witnessed-simulation";
import { sdkClients } from "../../simulator/sdk-clients";
import { byHand, type HandOptions } from "./by-hand";
import { type HandTruth, handTruth } from "./hand-truth";

const MINUTE = 60_000;

describe("by hand", () => {
  it("one by one, each is redeployed, waited for and on the key before the next", async () => {
    const told = await done({ fleet: account(named("s", 3)), groupSize: 1 });
    assert.deepEqual(told.result.calledDone, told.arns);
    assert.equal(told.result.groups, 3);
    assert.deepEqual(told.atEnd, { ...ALL_ON_KEY, calledDone: 3, ofThoseOnKey: 3 });
    const shape = told.calls.map(({ operation }) => operation.slice(0, 1)).join("");
    assert.match(shape, /^(UD+){3}$/);
    assert.equal(told.result.calls, told.calls.length);
  });

  it("in groups, all are sent one after the other, and the next group waits for the slowest of all its waits", async () => {
    const told = await done({ fleet: account(named("s", 12), named("t", 1)), groupSize: 12 });
    const [first, [next]] = [told.updates.slice(0, 12), told.updates.slice(12)];
    assert.equal(new Set(first.map(({ atMs }) => atMs)).size, 1);
    const looksAtFirst = told.looks.filter(({ input }) => String(input.cluster).endsWith("/a"));
    assert.equal(next?.atMs, Math.max(...looksAtFirst.map(({ atMs }) => atMs)));
    assert.equal(told.result.calledDone.length, 13);
  });

  it("waits for at most ten services of one cluster at a time, all waits of a group at once", async () => {
    const told = await done({ fleet: account(named("s", 12), named("t", 3)), groupSize: 50 });
    const atFirst = told.looks.filter(({ atMs }) => atMs === told.looks[0]?.atMs);
    assert.deepEqual(
      atFirst.map(({ input }) => [String(input.cluster).split("/").at(-1), (input.services as string[]).length]),
      [
        ["a", 10],
        ["a", 2],
        ["b", 3],
      ],
    );
    assert.equal(told.atEnd.ofThoseOnKey, 15);
  });

  it("a wait looks at once, then every 15 seconds, 40 times in all, and the script goes on without it", async () => {
    const fleet = account((pay) => pay.service("ill").failing("image-missing").service("well"));
    const told = await done({ fleet, groupSize: 1 });
    const looks = told.looks.filter(({ input }) => String(input.services).endsWith("/ill")).map(({ atMs }) => atMs);
    assert.equal(looks.length, 40);
    assert.deepEqual(new Set(looks.slice(1).map((atMs, at) => atMs - (looks[at] ?? 0))), new Set([15_000]));
    assert.deepEqual(told.result.timedOut, told.arns.slice(0, 1));
    assert.deepEqual(told.result.calledDone, told.arns.slice(1));
    assert.equal(told.result.stoppedBecause, null);
  });

  it("one service that cannot start makes all time out that wait with it, though they are long done", async () => {
    const fleet = account((pay) => named("s", 11)(pay.service("ill").failing("image-missing")));
    const told = await done({ fleet, groupSize: 12 });
    assert.equal(told.result.timedOut.length, 10);
    assert.equal(told.result.calledDone.length, 2);
    assert.equal(handTruth({ calledDone: told.result.timedOut }, told.view).ofThoseOnKey, 9);
  });

  it("a careful person stops at a wait that timed out, and says which", async () => {
    const fleet = account((pay) => pay.service("ill").failing("image-missing").service("well"));
    const told = await done({ fleet, groupSize: 1, onTimeout: "stop" });
    assert.equal(told.result.stoppedBecause, "the wait of group 1 timed out: ill");
    assert.equal(told.updates.length, 1);
  });

  it("calls a service done that its circuit breaker rolled back to no key", async () => {
    const fleet = account((pay) => pay.service("ill", { desired: 1 }).failing("exits").breaker(true));
    const told = await done({ fleet, groupSize: 1 });
    assert.deepEqual(told.result.calledDone, told.arns);
    assert.deepEqual(told.atEnd.notOnKey, told.arns);
  });

  it("calls a service done while its old tasks still run behind their load balancer", async () => {
    const fleet = account((pay) => pay.service("web").behindLoadBalancer());
    const told = await done({ fleet, groupSize: 1 });
    assert.equal(told.whenCalledDone[0]?.ofThoseStillDraining, 1);
    assert.equal(told.whenCalledDone[0]?.ofThoseOnKey, 1);
  });

  it("tasks of before that drain on the key already are none of the old ones", async () => {
    const fleet = account((pay) => pay.service("web").behindLoadBalancer().keyed());
    const told = await done({ fleet, groupSize: 1 });
    assert.equal(told.whenCalledDone[0]?.ofThoseStillDraining, 0);
  });

  it("called at once after the update, a wait that reads late calls the deployment of before stable", async () => {
    const hasty = { fleet: account(named("s", 4)), groupSize: 1, readLagMaxMs: 2_000 };
    const told = await done({ ...hasty, pauseBeforeWaitMs: 0 });
    assert.ok(told.whenCalledDone.some(({ ofThoseNot }) => ofThoseNot === 1));
    const patient = await done(hasty);
    assert.ok(patient.whenCalledDone.every(({ ofThoseNot }) => ofThoseNot === 0));
  });

  it("a throttled call is sent three times in all, and then its service is refused and the next has its turn", async () => {
    const faults: readonly ApiFault[] = [{ kind: "throttle", operation: "UpdateService", count: 5 }];
    const told = await done({ fleet: account(named("s", 2)), groupSize: 2, faults });
    assert.deepEqual(told.result.refused, [{ arn: told.arns[0], code: "ThrottlingException" }]);
    assert.deepEqual(told.result.calledDone, told.arns.slice(1));
    assert.equal(told.result.throttled, 5);
    assert.ok(told.updates.every(({ atMs }) => atMs - (told.updates[0]?.atMs ?? 0) <= 6_000));
    assert.ok(new Set(told.updates.map(({ atMs }) => atMs)).size > 1);
  });

  it("sends an UpdateService again whose answer was lost, and so starts a second deployment", async () => {
    const faults: readonly ApiFault[] = [{ kind: "timeout-after-act", operation: "UpdateService" }];
    const told = await done({ fleet: account(named("s", 1)), groupSize: 1, faults });
    assert.equal(counterOf(told.view, "deploymentsStarted"), 2);
    assert.deepEqual(told.result.refused, []);
  });

  it("a refusal of any other kind is final at once, and the service is not waited for", async () => {
    const told = await done({ fleet: account((pay) => named("s", 1)(pay.service("blue").codeDeploy())), groupSize: 2 });
    assert.deepEqual(told.result.refused, [{ arn: told.arns[0], code: "InvalidParameterException" }]);
    assert.deepEqual(told.result.calledDone, told.arns.slice(1));
    assert.equal(told.updates.length, 2);
  });

  it("a service that is deleted ends the wait of all that wait with it", async () => {
    const deleted: WorldFault = { kind: "service-deleted", cluster: "a", service: "s1" };
    const told = await done({ fleet: account(named("s", 2)), groupSize: 2, during: deleted });
    assert.deepEqual(
      told.result.brokenOff.map(({ arn }) => arn),
      told.arns,
    );
    assert.match(told.result.brokenOff[0]?.why ?? "", /^(DRAINING|INACTIVE|MISSING)$/);
  });

  it("refuses a group of no services", async () => {
    await assert.rejects(done({ fleet: account(named("s", 1)), groupSize: 0 }), /groupSize is 0/);
  });
});

const ALL_ON_KEY: HandTruth = {
  calledDone: 0,
  ofThoseOnKey: 0,
  ofThoseNot: 0,
  ofThoseStillDraining: 0,
  notOnKey: [],
};

interface Told extends Omit<HandOptions, "services"> {
  readonly fleet: ReturnType<FleetBuilder["build"]>;
  readonly faults?: readonly ApiFault[];
  readonly readLagMaxMs?: number;
  /** Strikes half a minute after the first update. */
  readonly during?: WorldFault;
}

async function done({ fleet, faults = [], readLagMaxMs = 0, during, ...options }: Told) {
  const clock = new SimClock(Date.parse(fleet.readAt));
  const witness: Witness = { calls: [], lastLine: 0, beforeCall: () => {} };
  const simulation = new WitnessedSimulation(
    { world: worldFromFleet(fleet, { seed: 1, readLagMaxMs }), clock },
    witness,
  );
  for (const fault of faults) simulation.scheduleFault(fault);
  const { services } = fleet;
  const whenCalledDone: HandTruth[] = [];
  const onCalledDone = (calledDone: readonly string[]): void => {
    whenCalledDone.push(handTruth({ calledDone }, simulation.state()));
  };
  const clients = sdkClients({ handler: inProcessHandler({ simulation }) });
  if (during !== undefined) void clock.sleep(MINUTE / 2).then(() => simulation.inject(during));
  const result = await byHand({ clients, clock }, { ...options, services, onCalledDone });
  clock.close();
  const { calls } = witness;
  const view = simulation.state();
  return {
    result,
    calls,
    updates: ofOperation(calls, "UpdateService"),
    looks: ofOperation(calls, "DescribeServices"),
    arns: services.map(({ arn }) => arn),
    whenCalledDone,
    view,
    atEnd: handTruth(result, view),
  };
}

function ofOperation(calls: readonly WitnessedCall[], operation: string): readonly WitnessedCall[] {
  return calls.filter((call) => call.operation === operation);
}

function counterOf(view: { readonly counters: Readonly<Record<string, number>> }, name: string): number | undefined {
  return view.counters[name];
}

type Modifier = (fleet: FleetBuilder) => FleetBuilder;

/** One cluster for each, `a` and then `b`, both with the same key. */
function account(...clusters: readonly Modifier[]) {
  const names = ["a", "b"].slice(0, clusters.length);
  return clusters
    .reduce(
      (fleet, modify, at) => modify(fleet.cluster(names[at] ?? "", { key: "key" })),
      aFleet().key("key", { clusters: names }),
    )
    .build();
}

function named(prefix: string, count: number): Modifier {
  return (fleet) =>
    Array.from({ length: count }, (_, at) => `${prefix}${at}`).reduce((so, name) => so.service(name), fleet);
}
