// How much vCPU a plan needs beside what is free, On-Demand and Spot apart.

import assert from "node:assert/strict";
import { known, unknown } from "../../../domain/fact";
import type { Fleet } from "../../../domain/fleet";
import type { VcpuRecord } from "../../../domain/fleet-surroundings";
import type { PlanTotals } from "../../../migrate/core/model/plan";
import { DEFAULT_PLAN_OPTIONS } from "../../../migrate/core/plan/default-plan-options";
import { makePlan } from "../../../migrate/core/plan/make-plan";
import { peakWarnings, peakWords } from "../../../migrate/render/plan-peak";
import type { FleetBuilder } from "../../../simulator/fleet-builder";
import { payCluster } from "../fleets/service-case";

const AT = "2026-06-01T08:00:00.000Z";
const UNSEEN = unknown("denied", "servicequotas:GetServiceQuota");

function vcpu(quota: number | null, inUse: number | null): VcpuRecord {
  return {
    quota: quota === null ? UNSEEN : known(quota, AT),
    inUse: inUse === null ? UNSEEN : known(inUse, AT),
  };
}

function totalsOf(built: FleetBuilder, onDemand: VcpuRecord, spot: VcpuRecord = vcpu(null, null)): PlanTotals {
  const fleet: Fleet = { ...built.build(), capacity: { onDemand, spot } };
  return makePlan({ fleet, fleetSha256: "a".repeat(64), options: DEFAULT_PLAN_OPTIONS }).totals;
}

const plain = payCluster().service("api", { desired: 4, cpuUnits: 1024 });
const spot = payCluster().service("api", { desired: 4, cpuUnits: 1024 }).spot();
const mixed = payCluster()
  .service("api", { desired: 4, cpuUnits: 1024 })
  .capacityProvider(
    { capacityProvider: "FARGATE", base: 1, weight: 1 },
    { capacityProvider: "FARGATE_SPOT", base: 0, weight: 3 },
  );
const unweighted = payCluster()
  .service("api", { desired: 4, cpuUnits: 1024 })
  .capacityProvider(
    { capacityProvider: "FARGATE", base: 0, weight: 1 },
    { capacityProvider: "FARGATE_SPOT", base: 0, weight: 0 },
  );

describe("free vCPU", () => {
  for (const [title, record, free] of [
    ["quota less what is in use", vcpu(120, 92), 28],
    ["nothing, when a quota was lowered below what is in use", vcpu(20, 92), 0],
    ["not known without the quota", vcpu(null, 4), null],
    ["not known without what is in use", vcpu(120, null), null],
  ] as const)
    it(`is ${title}`, () => assert.equal(totalsOf(plain, record).freeVcpu.onDemand, free));
});

describe("the peak of a plan", () => {
  for (const [title, built, peak] of [
    ["On-Demand by launch type", plain, { onDemand: 4, spot: 0 }],
    ["Spot by its strategy", spot, { onDemand: 0, spot: 4 }],
    ["both for a strategy that names both", mixed, { onDemand: 4, spot: 4 }],
    ["On-Demand where Spot has neither base nor weight", unweighted, { onDemand: 4, spot: 0 }],
  ] as const)
    it(`counts as ${title}`, () => {
      const totals = totalsOf(built, vcpu(120, 0));
      assert.deepEqual([totals.peakVcpu, totals.peakExtraVcpu], [peak, 4]);
    });

  it("counts as Spot by the cluster's default strategy, for a service without one of its own", () => {
    const fleet = spot.build();
    const strategy = [{ capacityProvider: "FARGATE_SPOT", base: 0, weight: 1 }];
    const changed: Fleet = {
      ...fleet,
      clusters: fleet.clusters.map((cluster) => ({ ...cluster, defaultCapacityProviderStrategy: strategy })),
      services: fleet.services.map((service) => ({ ...service, launchType: null, capacityProviderStrategy: [] })),
    };
    const { totals } = makePlan({ fleet: changed, fleetSha256: "a".repeat(64), options: DEFAULT_PLAN_OPTIONS });
    assert.deepEqual(totals.peakVcpu, { onDemand: 0, spot: 4 });
  });

  it("counts as what its running deployment launches on, as the preflight does, whatever the service says beside it", () => {
    const fleet = spot.build();
    const services = fleet.services.map((service) => ({
      ...service,
      launchType: "FARGATE",
      capacityProviderStrategy: [],
    }));
    const { totals } = makePlan({
      fleet: { ...fleet, services },
      fleetSha256: "a".repeat(64),
      options: DEFAULT_PLAN_OPTIONS,
    });
    assert.deepEqual(totals.peakVcpu, { onDemand: 0, spot: 4 });
  });

  for (const [title, built, records, words] of [
    ["beside what is free", plain, [vcpu(120, 0)], "peak 4.0 of 120 free vCPU"],
    ["alone where that is not known", plain, [vcpu(null, 0)], "peak 4.0 extra vCPU"],
    ["as Spot", spot, [vcpu(120, 0), vcpu(40, 0.26)], "peak 4.0 of 39.7 free Spot vCPU"],
    [
      "for both kinds",
      mixed,
      [vcpu(120, 0), vcpu(null, 0)],
      "peak 4.0 of 120 free On-Demand vCPU and 4.0 extra Spot vCPU",
    ],
  ] as const)
    it(`is told ${title}`, () => assert.equal(peakWords(totalsOf(built, records[0], records[1])), words));

  it("is warned of when it is more than what is free, and only then", () => {
    assert.deepEqual(peakWarnings(totalsOf(plain, vcpu(120, 116))), []);
    assert.deepEqual(peakWarnings(totalsOf(plain, vcpu(120, null))), []);
    assert.deepEqual(peakWarnings(totalsOf(plain, vcpu(120, 116.5))), [
      "The plan could use 4.0 vCPU more of Fargate On-Demand at once, and 3.5 are free. The run keeps within them and takes longer; a higher quota makes it quicker.",
    ]);
  });
});
