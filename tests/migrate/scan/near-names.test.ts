import assert from "node:assert/strict";
import { nearNames } from "../../../migrate/drive/near-names";

const NAMES = ["payments-prod", "payments-dev", "ops", "Checkout", "batch"];

describe("near names", () => {
  for (const [wanted, meant] of [
    ["payment-prod", ["payments-prod"]],
    ["payments", ["payments-dev", "payments-prod"]],
    ["checkout", ["Checkout"]],
    ["osp", ["ops"]],
    ["something-else", []],
  ] as const) {
    it(`finds ${meant.join(" and ") || "nothing"} for ${wanted}`, () =>
      assert.deepEqual(nearNames(wanted, NAMES), meant));
  }

  it("offers at most three", () => {
    assert.equal(nearNames("svc", ["svc1", "svc2", "svc3", "svc4"]).length, 3);
  });
});
