import assert from "node:assert/strict";
import { classifyService } from "../../../migrate/core/classify/classify-service";
import { aFleet } from "../../../simulator/fleet-builder";
import { contextOf } from "../fleets/service-case";
import { api, type Case, checkCases, plain } from "./service-cases";
import { SOURCE } from "./sources";

const PRECEDENCE: readonly Case[] = [
  {
    title: "excluded before no-cluster-key",
    source: SOURCE.order,
    fleet: aFleet().cluster("pay").service("checkout").tagged({ "fargate-cmk:skip": "" }).build(),
    class: "excluded",
    reason: "(no reason given)",
    remedy: "untag-resource",
  },
  {
    title: "no-cluster-key before in-flight",
    source: SOURCE.order,
    fleet: aFleet().cluster("pay").service("checkout").inFlight().build(),
    class: "no-cluster-key",
    reason: "cluster pay has no",
    remedy: "attach",
  },
  {
    title: "in-flight before cannot-roll",
    source: SOURCE.preempts,
    fleet: api.percents(100, 100).inFlight().build(),
    class: "in-flight",
    reason: "IN_PROGRESS",
    remedy: "wait",
  },
  {
    title: "current before cannot-roll: nothing has to move",
    source: SOURCE.order,
    fleet: api.percents(100, 100).keyed().build(),
    class: "current",
    reason: "all 2 tasks",
    remedy: null,
  },
  {
    title: "cannot-start before rolls-with-downtime",
    source: SOURCE.order,
    fleet: api.percents(0, 100).build(),
    changes: { service: { runningCount: 0 }, context: { tasks: [] } },
    class: "cannot-start",
    reason: "0 of 2 tasks run",
    remedy: "events",
  },
];

describe("classifyService, order of precedence", () => checkCases(PRECEDENCE));

describe("classifyService", () => {
  it("passes over tasks of other services", () => {
    const fleet = api.keyed().service("refunds").build();
    assert.equal(classifyService(contextOf(fleet)).class, "current");
  });

  it("does not call a service current because the cluster has a key and its task is younger than that", () => {
    const context = contextOf(plain, { firstTask: { startedAt: "2026-06-01T07:59:59.000Z" } });
    assert.equal(classifyService(context).class, "redeploy");
  });
});
