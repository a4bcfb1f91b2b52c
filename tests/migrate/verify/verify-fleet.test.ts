import assert from "node:assert/strict";
import { known, unknown } from "../../../domain/fact";
import type { ClusterRecord, Fleet, TaskRecord } from "../../../domain/fleet";
import { type Verification, verifyFleet } from "../../../migrate/core/verify/verify-fleet";
import { aFleet } from "../../../simulator/fleet-builder";
import { payCluster } from "../fleets/service-case";

const keyed = payCluster().service("api").keyed().build();

function withTasks(fleet: Fleet, change: (task: TaskRecord, index: number) => Partial<TaskRecord>): Fleet {
  return { ...fleet, tasks: fleet.tasks.map((task, index) => ({ ...task, ...change(task, index) })) };
}

function withCluster(fleet: Fleet, change: Partial<ClusterRecord>): Fleet {
  return { ...fleet, clusters: fleet.clusters.map((cluster) => ({ ...cluster, ...change })) };
}

function wordsOf({ clusters }: Verification): readonly string[] {
  return clusters.flatMap(({ services, standalone }) => [...services, ...standalone]).map(({ verdict }) => verdict);
}

describe("verifyFleet", () => {
  it("proves a lane in which every deployment and task is keyed", () => {
    const { totals, clusters } = verifyFleet(keyed);
    assert.deepEqual(totals, { tasks: 2, onKey: 2, unproved: 0 });
    assert.match(clusters[0]?.keyArn ?? "", /:key\//);
  });

  it("fails a service that was never redeployed and scaled out on the keyed cluster", () => {
    const fleet = payCluster().service("api").build();
    // The tasks are younger than the cluster's key: start times prove nothing.
    const scaledOut = withTasks(fleet, () => ({ createdAt: fleet.readAt, startedAt: fleet.readAt }));
    assert.deepEqual(wordsOf(verifyFleet(scaledOut)), ["fail"]);
  });

  it("fails a rolled-back service that looks stable", () => {
    const { clusters } = verifyFleet(payCluster().service("api").breaker(true).build());
    assert.equal(clusters[0]?.services[0]?.verdict, "fail");
  });

  it("fails a service of which one draining task is un-keyed", () => {
    const draining = withTasks(keyed, (_, index) =>
      index === 0 ? { kmsKeyArn: null, desiredStatus: "STOPPED", lastStatus: "DEACTIVATING" } : {},
    );
    assert.deepEqual(wordsOf(verifyFleet(draining)), ["fail"]);
  });

  it("counts Windows and EC2 services as not applicable, and nowhere else", () => {
    const fleet = payCluster().service("api").keyed().service("win").windows().service("metal").ec2().build();
    const verification = verifyFleet(fleet);
    assert.deepEqual(wordsOf(verification).toSorted(), ["notApplicable", "notApplicable", "pass"]);
    assert.deepEqual(verification.totals, { tasks: 2, onKey: 2, unproved: 0 });
  });

  it("judges standalone tasks one by one", () => {
    const fleet = payCluster().standaloneTask("nightly").standaloneTask("hourly", { keyed: true }).build();
    const { clusters, totals } = verifyFleet(fleet);
    assert.deepEqual(clusters[0]?.standalone.map(({ verdict }) => verdict).toSorted(), ["fail", "pass"]);
    assert.deepEqual(totals, { tasks: 2, onKey: 1, unproved: 1 });
  });

  it("leaves no task out: those of a service that has gone are judged as well", () => {
    const orphaned = { ...payCluster().service("api").build(), services: [] };
    assert.deepEqual(wordsOf(verifyFleet(orphaned)), ["fail", "fail"]);
  });

  it("judges a Fargate task that says no platform version yet", () => {
    const fleet = withTasks(payCluster().standaloneTask("new", { keyed: true }).build(), () => ({
      platformVersion: null,
    }));
    assert.deepEqual(wordsOf(verifyFleet(fleet)), ["unknown"]);
  });

  it("does not know when the cluster's key could not be read, standalone tasks included", () => {
    const fleet = payCluster().service("api").keyed().standaloneTask("nightly", { keyed: true }).build();
    const verification = verifyFleet(withCluster(fleet, { configuration: unknown("denied", "ecs:DescribeClusters") }));
    assert.deepEqual(wordsOf(verification), ["unknown", "unknown"]);
    assert.equal(verification.totals.unproved, 2);
  });

  it("does not know when tasks could not be listed", () => {
    const verification = verifyFleet(withCluster(keyed, { tasks: unknown("denied", "ecs:ListTasks") }));
    assert.deepEqual(wordsOf(verification), ["unknown"]);
  });

  it("is not proved when services could not be listed, although every one that was seen passes", () => {
    const verification = verifyFleet(withCluster(keyed, { services: unknown("denied", "ecs:ListServices") }));
    assert.deepEqual(wordsOf(verification), ["pass"]);
    assert.equal(verification.totals.unproved, 1);
  });

  it("fails everything on a cluster without a key", () => {
    const verification = verifyFleet(aFleet().cluster("ops").service("api").standaloneTask("nightly").build());
    assert.deepEqual(wordsOf(verification), ["fail", "fail"]);
  });

  it("speaks of the instant at which a cluster's tasks were read, not of the scan's beginning", () => {
    const asOf = "2026-06-01T08:03:00.000Z";
    const { clusters } = verifyFleet(withCluster(keyed, { tasks: known(2, asOf) }));
    assert.equal(clusters[0]?.services[0]?.asOf, asOf);
  });

  it("keeps services of the same name in two clusters apart", () => {
    const fleet = payCluster().service("api").keyed().cluster("ops").service("api").build();
    assert.deepEqual(wordsOf(verifyFleet(fleet)).toSorted(), ["fail", "pass"]);
  });
});
