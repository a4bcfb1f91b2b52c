// What a person types after `plan`, and what it becomes.

import assert from "node:assert/strict";
import { planOptionsOf } from "../../../migrate/commands/plan-options";
import { ALLOWABLE_CLASSES } from "../../../migrate/core/classify/allowable-classes";
import { DEFAULT_PLAN_OPTIONS } from "../../../migrate/core/plan/default-plan-options";
import { FargateCmkError } from "../../../migrate/errors";

describe("plan options", () => {
  for (const one of ALLOWABLE_CLASSES)
    it(`let an operator allow ${one}, with a reason`, () => {
      const { allow } = planOptionsOf({ allow: [`${one}:pay/api=looked at by hand`] });
      assert.deepEqual(allow, [{ class: one, service: "pay/api", reason: "looked at by hand" }]);
    });

  it("are the defaults when nothing is given", () => {
    assert.deepEqual(planOptionsOf({}), DEFAULT_PLAN_OPTIONS);
  });

  it("take every flag", () => {
    const options = planOptionsOf({
      order: "tag:tier=dev, staging,prod",
      soak: "10m",
      inFlight: "7",
      failures: "0",
      allow: ["image-drift=reviewed by ops", "stateful:pay/ledger=data = disposable"],
      platformPin: "LATEST",
      mutexTag: ["shared-db", "queue", "shared-db"],
    });
    assert.deepEqual(options, {
      ...DEFAULT_PLAN_OPTIONS,
      order: { tag: "tier", values: ["dev", "staging", "prod"] },
      soakMs: 600_000,
      inFlightMax: 7,
      failuresMax: 0,
      allow: [
        { class: "image-drift", service: null, reason: "reviewed by ops" },
        { class: "stateful", service: "pay/ledger", reason: "data = disposable" },
      ],
      platformPin: "LATEST",
      mutexTags: ["queue", "shared-db"],
    });
  });

  for (const [option, flags] of [
    ["--order", { order: "tier=dev" }],
    ["--order", { order: "tag:tier=dev,,prod" }],
    ["--order", { order: "tag:tier=dev,dev" }],
    ["--soak", { soak: "10" }],
    ["--soak", { soak: "200h" }],
    ["--in-flight", { inFlight: "0" }],
    ["--in-flight", { inFlight: "1.5" }],
    ["--failures", { failures: "" }],
    ["--allow", { allow: ["image-drift"] }],
    ["--allow", { allow: ["image-drift= "] }],
    ["--allow", { allow: ["cannot-roll=I insist"] }],
    ["--allow", { allow: ["no-cluster-key=I insist"] }],
    ["--allow", { allow: ["in-flight=I insist"] }],
    ["--allow", { allow: ["nonsense=why"] }],
    ["--mutex-tag", { mutexTag: [" "] }],
    ["--mutex-tag", { mutexTag: ["x".repeat(129)] }],
  ] as const)
    it(`refuse ${JSON.stringify(flags)}, naming ${option}`, () => {
      assert.throws(
        () => planOptionsOf(flags),
        (error) =>
          error instanceof FargateCmkError && error.code === "usage" && error.message.startsWith(`${option} is `),
      );
    });
});
