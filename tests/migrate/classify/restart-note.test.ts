// "Would a restart work?" of services that are left alone.

import assert from "node:assert/strict";
import { parsePlan } from "../../../migrate/core/model/parse-plan";
import type { ServiceClass } from "../../../migrate/core/model/service-class";
import { DEFAULT_PLAN_OPTIONS } from "../../../migrate/core/plan/default-plan-options";
import { explainService } from "../../../migrate/core/plan/explain/explain-service";
import { draftPlan } from "../../../migrate/core/plan/make-plan";
import { explainMarkdown } from "../../../migrate/render/explain-markdown";
import { explainText } from "../../../migrate/render/explain-text";
import { aFleet, type FleetBuilder } from "../../../simulator/fleet-builder";
import { payCluster } from "../fleets/service-case";

const service = () => payCluster().service("ledger", { desired: 2 });

const TOLD: readonly (readonly [ServiceClass, FleetBuilder])[] = [
  ["current", service().keyed()],
  ["excluded", service().tagged({ "fargate-cmk:skip": "until January" })],
  ["code-deploy", service().codeDeploy()],
  ["cannot-roll", service().percents(100, 100)],
  ["no-cluster-key", aFleet().cluster("pay").service("ledger", { desired: 2 })],
];

const NOT_TOLD: readonly (readonly [ServiceClass, FleetBuilder])[] = [
  ["cannot-start", service()],
  ["in-flight", service().inFlight()],
  ["not-fargate", service().ec2()],
  ["windows", service().windows()],
];

describe("a service that is left alone and could not start again", () => {
  for (const [name, builder] of TOLD)
    it(`is told of when it is ${name}, with the next step, and its class stays`, () => {
      const row = rowOf(builder.logGroupMissing());
      assert.equal(row?.classification.class, name);
      assert.deepEqual(row.restart, {
        reason: "log group /ecs/pay-ledger does not exist",
        remedy: "create log group /ecs/pay-ledger: aws logs create-log-group --log-group-name /ecs/pay-ledger",
      });
      assert.equal(rowOf(builder)?.restart, undefined);
    });

  for (const [name, builder] of NOT_TOLD)
    it(`is not told of beside its class when it is ${name}`, () => {
      const row = rowOf(builder.logGroupMissing());
      assert.equal(row?.classification.class, name);
      assert.equal(row.restart, undefined);
    });

  it("stands in the plan file, whose version stays: readers that do not know it do right without", () => {
    const { plan } = draftOf(service().keyed().logGroupMissing().build());
    assert.equal(plan.version, 1);
    assert.deepEqual(parsePlan(JSON.stringify(plan), "plan.json"), plan);
  });

  it("says so where it is explained", () => {
    const fleet = service().keyed().imageGone().build();
    const [ledger] = fleet.services;
    assert.ok(ledger);
    const explanation = explainService(draftOf(fleet), fleet, ledger);
    const text = explainText(explanation, { width: 160 });
    assert.match(
      text,
      /\n {2}would not start again if restarted\n {4}image .* is no longer in its repository\n {4}next step: push/,
    );
    assert.match(
      explainMarkdown(explanation),
      /## Would not start again if restarted\n\n- Why: image .*\n- Next step: push/,
    );
  });
});

function draftOf(fleet: ReturnType<FleetBuilder["build"]>) {
  return draftPlan({ fleet, fleetSha256: "a".repeat(64), options: DEFAULT_PLAN_OPTIONS });
}

function rowOf(builder: FleetBuilder) {
  return draftOf(builder.build()).plan.rest.find(({ name }) => name === "ledger");
}
