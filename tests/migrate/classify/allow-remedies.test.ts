// What a blocked service's remedy says of allowances: all that it needs, beside all that were given.

import assert from "node:assert/strict";
import { classifyService } from "../../../migrate/core/classify/classify-service";
import type { PlanOptions } from "../../../migrate/core/model/plan";
import { contextOf, payCluster } from "../fleets/service-case";
import { situated } from "../fleets/situations";
import { plain } from "./service-cases";

const single = (percents: readonly [number, number]) =>
  payCluster()
    .service("checkout", { desired: 1 })
    .percents(...percents);

describe("the remedy of a service that can be allowed", () => {
  it("tells every class that stands behind the first, with its reason, and allows them all at once", () => {
    const fleet = situated(plain, "imageMoved", "ownVolume", "held");
    const found = classifyService(contextOf(fleet, { service: { pauseHooks: 1 } }));
    assert.equal(found.class, "image-drift");
    assert.match(
      found.reason,
      /^image .* moved .*; stateful too: each task has .*; protected too: 2 of 2 .*; paused-hooks too: /,
    );
    assert.ok(
      found.remedy?.endsWith(
        "or allow image-drift, stateful, protected and paused-hooks: fargate-cmk plan --allow image-drift:pay/checkout=REASON " +
          "--allow stateful:pay/checkout=REASON --allow protected:pay/checkout=REASON --allow paused-hooks:pay/checkout=REASON",
      ),
      found.remedy ?? "",
    );
  });

  it("tells what stands behind a start that fails, which no allowance needs to answer first", () => {
    const found = classifyService(contextOf(situated(plain, "logGroupMissing", "imageMoved")));
    assert.equal(found.class, "cannot-start");
    assert.match(found.reason, /^log group .* does not exist; image-drift too: image .* moved/);
  });

  it("leaves out what is allowed already, and says it again in the command", () => {
    const allow = [{ class: "stateful", service: null, reason: "it's empty" }] as const;
    const found = classifyService(contextOf(situated(plain, "imageMoved", "ownVolume"), { context: { allow } }));
    assert.ok(!found.reason.includes("stateful"));
    assert.ok(
      found.remedy?.endsWith("--allow 'stateful=it'\\''s empty' --allow image-drift:pay/checkout=REASON"),
      found.remedy ?? "",
    );
  });

  it("is made of the words of the plan that it stands in", () => {
    const planWords = ["plan", "pay fleet.json", "--soak", "90s"];
    const { remedy } = classifyService(contextOf(situated(plain, "imageMoved"), { context: { planWords } }));
    assert.ok(
      remedy?.endsWith(": fargate-cmk plan 'pay fleet.json' --soak 90s --allow image-drift:pay/checkout=REASON"),
    );
  });

  it("names the plan's own command where more was allowed than a line can say again", () => {
    const allow = Array.from({ length: 21 }, (_, at): PlanOptions["allow"][number] => ({
      class: "image-drift",
      service: `pay/s${at}`,
      reason: "reviewed",
    }));
    const { remedy } = classifyService(contextOf(situated(plain, "imageMoved"), { context: { allow } }));
    const named =
      "the command of this plan with its 21 allowances, and besides --allow image-drift:pay/checkout=REASON";
    assert.ok(remedy?.endsWith(`or allow image-drift: ${named}`), remedy ?? "");
  });
});

describe("the remedy of a service whose only task writes to a file system", () => {
  const remedyOf = (builder: ReturnType<typeof single>) =>
    classifyService(contextOf(situated(builder.build(), "efsWriter")));

  it("offers nothing but the allowance where the old task is stopped first", () => {
    const found = remedyOf(single([0, 100]));
    assert.equal(found.class, "rolls-with-downtime");
    assert.ok(!found.remedy?.includes("update-service"));
    assert.match(found.remedy ?? "", /: fargate-cmk plan --allow rolls-with-downtime:pay\/checkout=REASON$/);
  });

  it("leads from percents that let nothing move to stopping the old task first, never to two writers", () => {
    const found = remedyOf(single([100, 100]));
    assert.equal(found.class, "cannot-roll");
    assert.match(found.remedy ?? "", /'\{"maximumPercent":100,"minimumHealthyPercent":0,/);
  });

  it("turns availability zone rebalancing off in the same call, since ECS refuses it there", () => {
    const fleet = situated(single([50, 100]).build(), "efsWriter");
    const found = classifyService(contextOf(fleet, { service: { availabilityZoneRebalancing: "ENABLED" } }));
    assert.equal(found.class, "cannot-roll");
    assert.match(
      found.remedy ?? "",
      /^set availabilityZoneRebalancing DISABLED, maximumPercent 100 and .* --availability-zone-rebalancing DISABLED --deployment-configuration /,
    );
  });

  it("names the strategy where the percents decide nothing", () => {
    const found = remedyOf(single([100, 200]).blueGreen());
    assert.equal(found.class, "stateful");
    assert.match(
      found.remedy ?? "",
      /^set deployment strategy ROLLING, maximumPercent 100 and minimumHealthyPercent 0/,
    );
  });
});
