import assert from "node:assert/strict";
import { fullAliasName } from "../../../components/arguments/alias-name";

describe("the name of an alias", () => {
  for (const [given, full] of [
    ["orders", "alias/orders"],
    ["alias/orders", "alias/orders"],
    ["team/orders_2-eu", "alias/team/orders_2-eu"],
    ["a".repeat(250), `alias/${"a".repeat(250)}`],
  ] as const) {
    it(`${given.slice(0, 20)} becomes ${full.slice(0, 26)}`, () => {
      assert.equal(fullAliasName("aliasName", given), full);
    });
  }

  for (const given of ["", "alias/", "orders storage", "orders:1", "a".repeat(251), "aws/ecs", "alias/aws/ecs"]) {
    it(`is refused when KMS would refuse it: ${JSON.stringify(given.slice(0, 20))}`, () => {
      assert.throws(() => fullAliasName("aliasName", given), { name: "ArgumentError", message: /^aliasName is "/ });
    });
  }
});
