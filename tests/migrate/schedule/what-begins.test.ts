// What a turn begins, resource by resource.

import assert from "node:assert/strict";
import { waitsInVain } from "../../../migrate/core/schedule/waits-in-vain";
import { PASSES_MAX, RAMP, whatBegins } from "../../../migrate/core/schedule/what-begins";
import { at } from "../machine/run-fixture";
import {
  begunIn,
  clusterArn,
  laneOf,
  type Moment,
  namesOf,
  turnOf,
  type Work,
  waitingIn,
  wordsOf,
} from "./schedule-fixture";

const PAY = new Set([clusterArn("pay")]);

function manyOf(count: number, work: Work): Record<string, Work> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`s${String(at).padStart(3, "0")}`, work]));
}

describe("whatBegins, in its order", () => {
  const lane = laneOf({ a: { minutes: 2 }, b: { minutes: 9 }, c: { minutes: 5 }, d: { minutes: 5 } });

  it("takes the longest first, and by ARN those that are as long", () => assert.equal(begunIn(lane), "b c d a"));

  it("begins no more than it is given places, and the others wait for one", () => {
    const beginning = whatBegins(turnOf(lane, {}, { placesMax: 2 }));
    assert.deepEqual(waitingIn(beginning), ["d waits for a place in flight", "a waits for a place in flight"]);
    assert.equal(beginning.nextAtMs, null);
  });

  it("begins nothing where nothing is ready or no place is left", () => {
    assert.deepEqual(whatBegins(turnOf(lane, {}, { ready: [] })), { begin: [], waiting: [], nextAtMs: null });
    assert.equal(begunIn(lane, {}, { placesMax: 0 }), "");
    assert.equal(begunIn(lane, {}, { placesMax: -1 }), "");
  });
});

describe("whatBegins on a cluster whose key nobody saw at work", () => {
  const works: Record<string, Work> = {
    big: { tasks: 9, minutes: 9 },
    long: { minutes: 5 },
    short: { minutes: 1 },
    two: { tasks: 2 },
    other: { cluster: "web", minutes: 3 },
  };
  const lane = laneOf(works);

  it("takes the few smallest first, then the longest of the others", () =>
    assert.equal(begunIn(lane, {}, { unproven: PAY }), "short long two other"));

  it("has no more than the ramp on their way, those that began before included", () => {
    assert.equal(RAMP, 3);
    const beginning = whatBegins(turnOf(lane, { short: "settling", two: "indoubt" }, { unproven: PAY }));
    assert.deepEqual(waitingIn(beginning), ["big waits until a task on the key runs in pay"]);
    assert.equal(begunIn(lane, { short: "settling", two: "overdue", long: "deploying" }, { unproven: PAY }), "other");
  });

  it("takes no account of those that are proved or failed", () =>
    assert.equal(begunIn(lane, { short: "verified", two: "failed" }, { unproven: PAY }), "long big other"));

  it("takes one at a time where the key was in trouble", () => {
    assert.equal(begunIn(lane, {}, { unproven: PAY, probation: PAY }), "short other");
    assert.equal(begunIn(lane, { short: "deploying" }, { probation: PAY }), "other");
  });

  it("lets services without tasks go beside it: they neither show that the key works nor are hurt when it does not", () => {
    const asleep = laneOf({ ...works, zero: { tasks: 0 }, nil: { tasks: 0 } });
    assert.equal(begunIn(asleep, { short: "deploying" }, { probation: PAY }), "other nil zero");
  });
});

describe("whatBegins within the vCPU that are free", () => {
  const lane = laneOf({ a: { vcpu: 6, minutes: 9 }, b: { vcpu: 8, minutes: 5 }, c: { vcpu: 4 } }, { onDemand: 12 });

  it("lets what fits pass what does not, and says what is missing", () => {
    const beginning = whatBegins(turnOf(lane));
    assert.equal(begunIn(lane), "a c");
    assert.deepEqual(waitingIn(beginning), ["b waits for 8 vCPU: 6 of 12 free"]);
  });

  for (const phase of ["indoubt", "deploying", "settling", "superseded", "overdue"] as const)
    it(`counts what is on its way as held: ${phase}`, () => {
      assert.equal(begunIn(lane, { a: phase }), "c");
    });

  for (const phase of ["verified", "failed", "set-aside"] as const)
    it(`counts what is decided as free again: ${phase}`, () => assert.equal(begunIn(lane, { a: phase }), "b c"));

  it("keeps On-Demand and Spot apart, and a service that may land on either needs both", () => {
    const mixed = {
      od: { vcpu: 3, minutes: 9 },
      sp: { vcpu: 3, on: "spot", minutes: 8 },
      ei: { vcpu: 2, on: "either" },
    } as const;
    assert.equal(begunIn(laneOf(mixed, { onDemand: 5, spot: 5 })), "od sp ei");
    assert.equal(begunIn(laneOf(mixed, { onDemand: 5, spot: 4 })), "od sp");
    assert.equal(begunIn(laneOf(mixed, { onDemand: 4, spot: 5 })), "od sp");
    const short = whatBegins(turnOf(laneOf(mixed, { onDemand: 5, spot: 4.25 })));
    assert.deepEqual(waitingIn(short), ["ei waits for 2 Spot vCPU: 1.2 of 4.2 free"]);
  });

  it("is not limited by what was not seen", () =>
    assert.equal(begunIn(laneOf({ a: { vcpu: 500 }, b: { vcpu: 500 } }, { onDemand: null })), "a b"));

  it("lets one that alone needs more than there is go when nothing else holds any", () => {
    const huge = laneOf({ huge: { vcpu: 40, minutes: 9 }, a: { vcpu: 1 }, b: { vcpu: 1 } }, { onDemand: 12 });
    assert.equal(begunIn(huge), "huge");
    assert.equal(begunIn(huge, { huge: "verified" }), "a b");
    const beginning = whatBegins(turnOf(huge, { a: "deploying" }));
    assert.deepEqual(waitingIn(beginning), ["huge waits for all free vCPU: others on their way have some"]);
  });

  it("lets one at a time go where nothing is free at all", () => {
    const full = laneOf({ a: { vcpu: 0.25 }, b: { vcpu: 0.25 } }, { onDemand: 0 });
    assert.equal(begunIn(full), "a");
    assert.equal(begunIn(full, { a: "settling" }), "");
    assert.equal(begunIn(full, { a: "verified" }), "b");
  });
});

describe("whatBegins within addresses, targets and mutexes", () => {
  it("gives each new task an address of its service's subnets", () => {
    const subnets = ["subnet-1", "subnet-2"];
    const lane = laneOf(
      { a: { tasks: 3, subnets, minutes: 9 }, b: { tasks: 3, subnets, minutes: 5 }, c: { tasks: 2, subnets } },
      { addresses: { "subnet-1": 4, "subnet-2": 1 } },
    );
    assert.equal(begunIn(lane), "a c");
    assert.deepEqual(waitingIn(whatBegins(turnOf(lane))), [
      "b waits for 3 addresses in subnet-1 and subnet-2: 2 of 5 free",
    ]);
  });

  it("keeps a target group within its quota, with what is registered now", () => {
    const targets = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef"];
    // 600 tasks are registered, so there is room for 400 new ones.
    const lane = laneOf({
      a: { tasks: 300, targets, minutes: 9 },
      b: { tasks: 200, targets },
      c: { tasks: 100, targets },
    });
    const beginning = whatBegins(turnOf(lane, { a: "deploying" }));
    assert.deepEqual(waitingIn(beginning).slice(0, 1), ["b waits for 200 targets in web: 100 of 400 free"]);
  });

  it("never begins two of a mutex, and says who has it", () => {
    const lane = laneOf({ a: { mutex: "orders", minutes: 9 }, b: { mutex: "orders" }, c: { mutex: "users" } });
    assert.equal(begunIn(lane), "a c");
    assert.deepEqual(waitingIn(whatBegins(turnOf(lane, { b: "settling" }))), ["a waits for pay/b (db=orders)"]);
  });
});

describe("whatBegins at the rates of Fargate and KMS", () => {
  // Half of 50 CreateGrant calls a second, two for each launch: 12.5 launches at once and in each second.
  const lane = laneOf({ a: { tasks: 8, minutes: 9 }, b: { tasks: 4, minutes: 5 }, c: { tasks: 5 } });

  it("begins no more launches at once than there are grants for, and says when to come back", () => {
    const beginning = whatBegins(turnOf(lane));
    assert.equal(begunIn(lane), "a b");
    assert.deepEqual(waitingIn(beginning), ["c waits for the rate of grants on KMS keys"]);
    assert.equal(beginning.nextAtMs, at(1));
  });

  it("reckons what was drawn from the intents in the state", () => {
    const drawn: Moment = { a: ["deploying", -0.5], b: ["failed", -0.5] };
    // 24 were drawn half a second ago, 12.5 came back: 10 are too many by 0.
    assert.equal(begunIn(lane, drawn, { nowMs: at(-0.15) }), "");
    assert.equal(begunIn(lane, drawn, { nowMs: at(-0.14) }), "c");
  });

  it("begins those too that wait for no longer than the lead, and comes back so much sooner for the others", () => {
    // Owed: 24 of 25 after a and b, so c waits 0.36 s; d comes 10 later, and 0.8 s after that.
    const four = laneOf({
      a: { tasks: 8, minutes: 9 },
      b: { tasks: 4, minutes: 5 },
      c: { tasks: 5 },
      d: { tasks: 40 },
    });
    assert.equal(begunIn(four, {}, { leadMs: 359 }), "a b");
    const beginning = whatBegins(turnOf(four, {}, { leadMs: 360 }));
    assert.deepEqual([namesOf(beginning.begin), beginning.nextAtMs], ["a b c", at(1)]);
    assert.equal(begunIn(four, {}, { leadMs: 1_360 }), "a b c d");
  });

  it("counts no draw of one that was sent back to wait", () =>
    assert.equal(begunIn(lane, { a: ["queued", -0.1] }), "a b"));

  it("lets one that alone needs more than a second's worth go when all was paid back, and lets it pay", () => {
    const great = laneOf({ great: { tasks: 60, minutes: 9 }, small: {} });
    assert.equal(begunIn(great), "great");
    // Owed: 120 - 25 a second; the small one draws 2, and fits when no more than 23 are owed, 3.88 s later.
    assert.equal(begunIn(great, { great: ["deploying", 0] }, { nowMs: at(3.87) }), "");
    assert.equal(begunIn(great, { great: ["deploying", 0] }, { nowMs: at(3.88) }), "small");
  });

  it("keeps the launches of On-Demand and Spot apart", () => {
    // Half of Fargate's rate: 50 at once and 10 a second. Of 240 launches 191 have leaked away after 19.1 s; the grants are quicker.
    const apart = laneOf({ great: { tasks: 240, minutes: 9 }, od: {}, sp: { on: "spot" } });
    const beginning = whatBegins(turnOf(apart, { great: ["deploying", 0] }, { nowMs: at(18.5) }));
    assert.deepEqual([namesOf(beginning.begin), waitingIn(beginning)], ["sp", ["od waits for Fargate's launch rate"]]);
    assert.equal(beginning.nextAtMs, at(19.5));
    assert.equal(begunIn(apart, { great: ["deploying", 0] }, { nowMs: at(19.1) }), "od sp");
  });

  it("lets nobody behind draw what the first that waits for it needs", () => {
    const behind = laneOf({ before: { tasks: 6 }, a: { tasks: 12, minutes: 9 }, b: {} });
    const moment: Moment = { before: ["deploying", -0.1] };
    assert.equal(begunIn(behind, moment), "");
    assert.equal(begunIn(behind, { ...moment, a: "verified" }), "b");
  });
});

describe("whatBegins for a service that hardly ever fits", () => {
  const works = {
    big: { vcpu: 10, minutes: 5 },
    long: { vcpu: 4, minutes: 99 },
    ...manyOf(PASSES_MAX + 4, { vcpu: 1, tasks: 0 }),
  };
  const lane = laneOf(works, { onDemand: 12 });
  const passed = (count: number): Moment =>
    Object.fromEntries([["long", "deploying"], ...Object.keys(manyOf(count, {})).map((name) => [name, "verified"])]);

  it("keeps its need free once so many have passed it", () => {
    assert.equal(PASSES_MAX, 100);
    assert.equal(begunIn(lane, passed(PASSES_MAX - 1)), "s099");
    assert.equal(begunIn(lane, passed(PASSES_MAX)), "");
    assert.equal(begunIn(lane, { ...passed(PASSES_MAX), long: "verified" }), "big s100 s101");
  });

  it("says for whom it is kept", () => {
    const { waiting } = whatBegins(turnOf(lane, passed(PASSES_MAX)));
    assert.deepEqual(wordsOf(waiting).slice(0, 2), [
      "big waits for 10 vCPU: 8 of 12 free",
      "s100 waits for 1 vCPU: kept for pay/big, which waits longer",
    ]);
  });

  it("still begins what fits beside it", () => {
    const beside = laneOf({ ...works, zz: { vcpu: 9, on: "spot" } }, { onDemand: 12 });
    assert.equal(begunIn(beside, passed(PASSES_MAX)), "zz");
  });

  it("counts only those of its own wave that stand behind it", () => {
    const earlier = manyOf(PASSES_MAX, { vcpu: 1, tasks: 0, minutes: 3 });
    const { s000, ...others } = earlier;
    const elsewhere = laneOf({ ...works, ...others, s000: { ...s000, wave: 9 } }, { onDemand: 12 });
    assert.equal(begunIn(elsewhere, passed(PASSES_MAX)), "s100");
    const before = laneOf({ ...works, ...others, s000: { ...s000, minutes: 9 } }, { onDemand: 12 });
    assert.equal(begunIn(before, passed(PASSES_MAX)), "s100");
  });

  it("keeps nothing for one that waits for a service past its time", () => {
    assert.equal(begunIn(lane, { ...passed(PASSES_MAX), long: "overdue" }).split(" ").length, 4);
  });
});

describe("waitsInVain", () => {
  const lane = laneOf(
    { a: { vcpu: 8 }, b: { vcpu: 6 }, c: { vcpu: 3 }, d: { mutex: "x", vcpu: 0 }, e: { mutex: "x" } },
    { onDemand: 12 },
  );

  it("names those for which services past their time leave too little", () => {
    const turn = turnOf(lane, { a: "overdue", c: "deploying", e: "overdue" });
    assert.deepEqual(wordsOf(waitsInVain(turn)), ["b waits for 6 vCPU: 3 of 12 free", "d waits for pay/e (db=x)"]);
  });

  it("does not name those that only wait for others to end", () =>
    assert.deepEqual(waitsInVain(turnOf(lane, { a: "settling", c: "deploying", e: "indoubt" })), []));

  it("names those of a cluster whose ramp is past its time", () => {
    const turn = turnOf(laneOf({ a: {}, b: {} }), { a: "overdue" }, { probation: PAY });
    assert.deepEqual(wordsOf(waitsInVain(turn)), ["b waits until a task on the key runs in pay"]);
    assert.deepEqual(waitsInVain(turnOf(laneOf({ a: {}, b: {} }), { a: "overdue" })), []);
  });
});
