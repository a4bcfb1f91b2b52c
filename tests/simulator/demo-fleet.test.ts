import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { ServiceRecord } from "../../domain/fleet";
import { demoFleet } from "../../simulator/demo-fleet";

describe("the demo fleet", () => {
  const fleet = demoFleet({ seed: 1 });
  const named = (name: string): ServiceRecord => {
    const service = fleet.services.find((one) => one.name === name);
    assert.ok(service, name);
    return service;
  };

  it("is the same for the same seed, and differs in sizes for another", () => {
    assert.deepEqual(demoFleet({ seed: 1 }), fleet);
    assert.notDeepEqual(demoFleet({ seed: 2 }), fleet);
  });

  it("has about forty services in three clusters under two keys, one of which two clusters share", () => {
    assert.equal(fleet.services.length, 40);
    const keys = fleet.clusters.map(({ configuration }) =>
      configuration.kind === "known" ? configuration.value.fargateEphemeralStorageKmsKeyArn : null,
    );
    assert.equal(keys.length, 3);
    assert.equal(keys.includes(null), false);
    assert.equal(new Set(keys).size, 2);
  });

  it("has one of each oddity that a migration meets", () => {
    assert.equal(named("fax-bridge").platformVersion, "1.3.0");
    assert.equal(named("payment-gateway").controller, "CODE_DEPLOY");
    assert.equal(named("release-train").controller, "EXTERNAL");
    assert.match(String(named("payroll-export").platformFamily), /^Windows/);
    assert.equal(named("build-agents").launchType, "EC2");
    assert.equal(named("invoice-pdf").capacityProviderStrategy[0]?.capacityProvider, "FARGATE_SPOT");
    assert.equal(named("log-shipper").capacityProviderStrategy.length, 2);
    assert.deepEqual([named("settlement").desiredCount, named("settlement").maximumPercent], [1, 100]);
    assert.equal(named("fx-rates").deployments.length, 2);
    assert.equal(named("year-end").desiredCount, 0);
    assert.match(named("report-writer").arn, /:service\/report-writer$/);
    assert.equal(named("card-vault").deployments[0]?.kmsKeyArn, fleet.keys[0]?.arn);
    assert.deepEqual(named("fraud-scoring").circuitBreaker, { enable: true, rollback: true });
    assert.equal(fleet.tasks.filter(({ startedBy }) => startedBy === null).length, 1);
  });

  it("tags every service with an owner and a tier", () => {
    for (const { name, tags } of fleet.services) {
      assert.ok(["dev", "staging", "prod"].includes(String(tags.tier)), name);
      assert.ok(tags.owner, name);
    }
  });

  it("tells the same story for every seed", () => {
    const story = (seed: number) =>
      demoFleet({ seed }).services.map(({ arn, controller, platformVersion, launchType, tags, deployments }) => ({
        arn,
        controller,
        platformVersion,
        launchType,
        tags,
        deployments: deployments.map(({ status, kmsKeyArn }) => [status, kmsKeyArn]),
      }));
    // biome-ignore lint/nursery/noFloatingPromises: a synchronous property is asserted synchronously
    fc.assert(
      fc.property(fc.nat(), (seed) => assert.deepEqual(story(seed), story(1))),
      { numRuns: 20 },
    );
  });
});
