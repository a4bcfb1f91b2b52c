import assert from "node:assert/strict";
import type { ServiceRecord } from "../../../domain/fleet";
import { fingerprintOf } from "../../../migrate/core/plan/fingerprint";
import { contextOf, payCluster } from "../fleets/service-case";

const { service: SERVICE } = contextOf(payCluster().service("api").behindLoadBalancer().build());

const MATTERS: readonly Partial<ServiceRecord>[] = [
  { taskDefinitionArn: "arn:aws:ecs:eu-west-1:111122223333:task-definition/pay-api:2" },
  { minimumHealthyPercent: 50 },
  { maximumPercent: 150 },
  { subnets: ["subnet-0other"] },
  { targetGroupArns: [] },
  { controller: "EXTERNAL" },
  { strategy: "CANARY" },
  { schedulingStrategy: "DAEMON" },
  { launchType: null },
  { capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", base: 0, weight: 1 }] },
  { platformVersion: "1.3.0" },
];

const DOES_NOT: readonly Partial<ServiceRecord>[] = [
  { platformVersion: "1.4.0" },
  { platformVersion: null },
  { desiredCount: 9 },
  { runningCount: 1 },
  { deployments: [] },
  { events: [] },
  { tags: { owner: "x" } },
  { subnets: SERVICE.subnets.toReversed() },
];

describe("fingerprintOf", () => {
  for (const change of MATTERS) {
    it(`changes with ${Object.keys(change)[0]}`, () => {
      assert.notEqual(fingerprintOf({ ...SERVICE, ...change }), fingerprintOf(SERVICE));
    });
  }
  for (const change of DOES_NOT) {
    const told = "platformVersion" in change ? ` ${change.platformVersion} for LATEST` : "";
    it(`does not change with ${Object.keys(change)[0]}${told}${"subnets" in change ? " in another order" : ""}`, () => {
      assert.equal(fingerprintOf({ ...SERVICE, ...change }), fingerprintOf(SERVICE));
    });
  }
});
