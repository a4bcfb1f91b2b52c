import assert from "node:assert/strict";
import type { ServiceRecord } from "../../../domain/fleet";
import { compareUntouched } from "../../../migrate/core/verify/compare-untouched";
import { contextOf, payCluster } from "../fleets/service-case";

const { service: BEFORE } = contextOf(payCluster().service("api", { desired: 2 }).behindLoadBalancer().build());

function changes(after: Partial<ServiceRecord>, isScaled: boolean | null = false): readonly string[] {
  return compareUntouched({ before: BEFORE, after: { ...BEFORE, ...after }, isScaled });
}

describe("compareUntouched", () => {
  it("finds nothing where only what a redeployment changes has changed", () => {
    assert.deepEqual(changes({ deployments: [], runningCount: 1, events: [], platformVersion: "1.4.0" }), []);
  });

  it("says what was and what is", () => {
    assert.deepEqual(changes({ maximumPercent: 150, subnets: ["subnet-0other"] }), [
      "maximumPercent was 200, is 150",
      `subnets was ${BEFORE.subnets.join(", ")}, is subnet-0other`,
    ]);
  });

  it("does not care about the order of lists", () => {
    assert.deepEqual(changes({ subnets: BEFORE.subnets.toReversed() }), []);
  });

  it("compares the count of tasks only where nothing scales the service", () => {
    assert.deepEqual(changes({ desiredCount: 5 }), ["desiredCount was 2, is 5"]);
    assert.deepEqual(changes({ desiredCount: 5 }, true), []);
    assert.deepEqual(changes({ desiredCount: 5 }, null), []);
  });
});
