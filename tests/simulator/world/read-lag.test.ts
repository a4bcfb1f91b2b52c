import assert from "node:assert/strict";
import { SECOND, SmallWorld, withKey } from "./small-world";

describe("27 reads may lag behind writes, and a later read may show an older state", () => {
  it("shows old and new for at most the lag, then only the new", () => {
    const small = new SmallWorld({ readLagMaxMs: 2_000 });
    small.cluster("pay");
    small.service("pay", "api");
    const primary = small.force("pay", "api").deployments?.[0]?.id;
    const seen: boolean[] = [];
    for (let read = 0; read < 40; read++) {
      small.pass(SECOND / 20);
      seen.push(small.describe("pay", "api").deployments?.[0]?.id === primary);
    }
    assert.ok(seen.includes(false) && seen.includes(true));
    assert.ok(seen.indexOf(true) < seen.lastIndexOf(false), "an older state was shown after a newer one");
    small.pass(2_000);
    for (let read = 0; read < 20; read++) {
      assert.equal(small.describe("pay", "api").deployments?.[0]?.id, primary);
    }
  });

  it("reports a service as MISSING until its creation is seen", () => {
    const small = new SmallWorld({ readLagMaxMs: 2_000 });
    small.cluster("pay");
    small.pass(3_000);
    small.create("pay", "api");
    const { failures } = small.ecs("DescribeServices", { cluster: "pay", services: ["api"] });
    assert.equal(failures[0].reason, "MISSING");
    small.pass(2_001);
    assert.equal(small.describe("pay", "api").serviceName, "api");
  });

  it("acts on the truth when it writes", () => {
    const small = new SmallWorld({ readLagMaxMs: 2_000 });
    small.cluster("pay");
    small.service("pay", "api");
    const key = small.goodKey("pay");
    small.ecs("UpdateCluster", { cluster: "pay", ...withKey(key) });
    assert.equal(small.force("pay", "api").deployments?.[0]?.fargateEphemeralStorage?.kmsKeyId, key);
  });

  it("shows everything at once without a lag", () => {
    const small = new SmallWorld();
    small.cluster("pay");
    small.create("pay", "api");
    assert.equal(small.describe("pay", "api").status, "ACTIVE");
  });
});
