import assert from "node:assert/strict";
import { ApiThrottle } from "../../../simulator/api-throttle";
import type { Call } from "../../../simulator/world/call";
import { ACCOUNT, REGION, SECOND } from "./small-world";

const CALLER = { account: ACCOUNT, region: REGION, principalArn: `arn:aws:iam::${ACCOUNT}:role/operator` };
const UPDATE: Call = { service: "ecs", operation: "UpdateService", input: {}, caller: CALLER };
const END = { untilMs: 600 * SECOND };

/** How many of so many calls pass, one every so many milliseconds from an instant on. */
function passed(throttle: ApiThrottle, call: Call, pace: { fromMs: number; everyMs: number; calls: number }): number {
  const instants = Array.from({ length: pace.calls }, (_, index) => pace.fromMs + index * pace.everyMs);
  return instants.filter((atMs) => throttle.admit(call, atMs)).length;
}

describe("28 a neighbour takes tokens of the account's buckets, so that a well-paced caller is throttled", () => {
  // Half of the five UpdateService a second that the bucket gives.
  const paced = { fromMs: 0, everyMs: 400, calls: 500 };

  it("in the measure of its share", () => {
    const alone = new ApiThrottle();
    assert.equal(passed(alone, UPDATE, paced), 500);
    const beside = new ApiThrottle();
    beside.addNeighbour({ kind: "neighbour-takes-tokens", service: "ecs", share: 0.8, ...END }, 0);
    const admitted = passed(beside, UPDATE, paced);
    // The burst of 50, and one token a second in 200 seconds.
    assert.ok(Math.abs(admitted - 250) <= 1, `${admitted} were admitted`);
  });

  it("as long as it is there", () => {
    const throttle = new ApiThrottle();
    const window = { fromMs: 100 * SECOND, untilMs: 200 * SECOND };
    throttle.addNeighbour({ kind: "neighbour-takes-tokens", bucket: "ecs/service-modify", share: 1, ...window }, 0);
    assert.equal(passed(throttle, UPDATE, { fromMs: 0, everyMs: 400, calls: 250 }), 250);
    assert.equal(passed(throttle, UPDATE, { fromMs: 100 * SECOND, everyMs: 400, calls: 250 }), 50);
    assert.equal(passed(throttle, UPDATE, { fromMs: 201 * SECOND, everyMs: 400, calls: 100 }), 100);
  });

  it("from the buckets that it is said to use, in its account", () => {
    const throttle = new ApiThrottle();
    throttle.addNeighbour({ kind: "neighbour-takes-tokens", operation: "CreateService", share: 1, ...END }, 0);
    const describeServices = { ...UPDATE, operation: "DescribeServices" };
    assert.equal(passed(throttle, describeServices, { fromMs: 0, everyMs: 50, calls: 400 }), 400);
    assert.equal(passed(throttle, UPDATE, paced), 50, "CreateService draws from the same bucket");
    const elsewhere = { ...UPDATE, caller: { ...CALLER, account: "444455556666" } };
    const other = new ApiThrottle();
    other.addNeighbour({ kind: "neighbour-takes-tokens", account: ACCOUNT, share: 1, ...END }, 0);
    assert.equal(passed(other, elsewhere, paced), 500);
  });

  it("together with others, up to all there is", () => {
    const throttle = new ApiThrottle();
    for (const share of [0.5, 0.4, 0.6]) {
      throttle.addNeighbour({ kind: "neighbour-takes-tokens", share, ...END }, 0);
    }
    assert.equal(passed(throttle, UPDATE, paced), 50);
  });

  it("and must have an end, a share and a bucket", () => {
    const throttle = new ApiThrottle();
    const kind = "neighbour-takes-tokens";
    assert.throws(() => throttle.addNeighbour({ kind, share: 0.5 }, 0), /needs an end/);
    assert.throws(() => throttle.addNeighbour({ kind, share: 2, ...END }, 0), /share must be a number from 0 to 1/);
    const nothing = { kind, operation: "StopServiceDeployment", share: 0.5, ...END } as const;
    assert.throws(() => throttle.addNeighbour(nothing, 0), /no token bucket for StopServiceDeployment/);
  });
});
