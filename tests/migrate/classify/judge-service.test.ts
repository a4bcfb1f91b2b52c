import assert from "node:assert/strict";
import { unknown } from "../../../domain/fact";
import type { Fleet } from "../../../domain/fleet";
import { classifyService, judgeService } from "../../../migrate/core/classify/classify-service";
import type { ServiceContext } from "../../../migrate/core/classify/context";
import { aFleet } from "../../../simulator/fleet-builder";
import { contextOf, payCluster } from "../fleets/service-case";
import { api, CHECKOUT, plain } from "./service-cases";

describe("judgeService with what an operator allows", () => {
  const downtime = payCluster().service("checkout", { desired: 1 }).percents(0, 100).build();

  it("redeploys an allowed class and notes the risk with the reason given", () => {
    const judged = judgeService(
      allowing(downtime, [{ class: "rolls-with-downtime", service: null, reason: "Sunday" }]),
    );
    assert.equal(judged.classification.class, "redeploy");
    assert.deepEqual(judged.allowed, [
      "rolls-with-downtime allowed (Sunday): minimumHealthyPercent 0 of 1 lets every task stop before a new one runs",
    ]);
    assert.ok(judged.classification.reason.endsWith(judged.allowed[0] ?? "?"));
  });

  for (const service of [CHECKOUT, "pay/checkout"]) {
    it(`takes a service by ${service}`, () => {
      const allow = [{ class: "rolls-with-downtime", service, reason: "Sunday" }] as const;
      assert.equal(classifyService(allowing(downtime, allow)).class, "redeploy");
    });
  }

  for (const service of ["checkout", "ops/checkout", "pay/refunds"]) {
    it(`does not take ${service} for pay/checkout`, () => {
      const allow = [{ class: "rolls-with-downtime", service, reason: "Sunday" }] as const;
      assert.equal(classifyService(allowing(downtime, allow)).class, "rolls-with-downtime");
    });
  }

  it("still blocks on what was not allowed", () => {
    const context = { ...allowing(downtime, [{ class: "rolls-with-downtime", service: null, reason: "Sunday" }]) };
    const paused = { ...context, service: { ...context.service, pauseHooks: 1 } };
    assert.equal(classifyService(paused).class, "paused-hooks");
  });

  for (const name of ["cannot-roll", "no-cluster-key", "in-flight", "unknown"] as const) {
    it(`cannot allow ${name}`, () => {
      const fleets = {
        "cannot-roll": api.percents(100, 100).build(),
        "no-cluster-key": aFleet().cluster("pay").service("checkout").build(),
        "in-flight": api.inFlight().build(),
        unknown: plain,
      };
      const context = allowing(fleets[name], [{ class: name, service: null, reason: "please" }]);
      const unseen = { ...context, cluster: { ...context.cluster, tasks: unknown("denied", "ecs:ListTasks") } };
      assert.equal(classifyService(name === "unknown" ? unseen : context).class, name);
    });
  }
});

function allowing(fleet: Fleet, allow: ServiceContext["allow"]): ServiceContext {
  return contextOf(fleet, { context: { allow } });
}
