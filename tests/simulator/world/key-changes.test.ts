import assert from "node:assert/strict";
import { aFleet } from "../../../simulator/fleet-builder";
import { KEY_POLICY_DELAY_MAX_MS } from "../../../simulator/world/key-policy-in-force";
import { worldFromFleet } from "../../../simulator/world-from-fleet";
import { goodPolicy, MINUTE, NETWORK, REGION, SECOND, SmallWorld, START_MS } from "./small-world";

/** When Fargate first felt a policy that shuts it out, in milliseconds after the change. */
function feltAfterMs(seed: number, options: { readonly keyPolicyDelayMaxMs?: number }): number {
  const small = new SmallWorld({ seed, durations: { provisionMs: 0.001 }, ...options });
  const KeyId = small.goodKey("pay");
  small.cluster("pay", KeyId);
  const Policy = goodPolicy(["other"]);
  small.kms("PutKeyPolicy", { KeyId, Policy });
  assert.equal(small.kms("GetKeyPolicy", { KeyId }).Policy, Policy, "it is shown at once");
  const taskDefinition = small.taskDefinition();
  const task = { cluster: "pay", taskDefinition, launchType: "FARGATE", ...NETWORK };
  for (let tries = 0; tries < 400; tries++) {
    const [{ taskArn }] = small.ecs("RunTask", task).tasks;
    small.pass(SECOND);
    const [tried] = small.ecs("DescribeTasks", { cluster: "pay", tasks: [taskArn] }).tasks;
    if (tried.stopCode === "TaskFailedToStart") return small.nowMs - START_MS;
  }
  return Number.POSITIVE_INFINITY;
}

describe("simulated changes of keys", () => {
  describe("25a a replaced key policy is shown at once, and is in force for Fargate within five minutes", () => {
    it("some while later, another one for every seed, and never after the bound", () => {
      const felt = Array.from({ length: 25 }, (_, index) => feltAfterMs(index + 1, OF_AWS));
      assert.ok(
        felt.every((ms) => ms <= KEY_POLICY_DELAY_MAX_MS + 2 * SECOND),
        felt.join(", "),
      );
      assert.ok(felt.filter((ms) => ms <= 5 * SECOND).length > felt.length / 2, "seconds as a rule");
      assert.ok(
        felt.some((ms) => ms > MINUTE),
        "minutes at times",
      );
    });

    it("at once where the bound is 0", () => {
      assert.ok(feltAfterMs(1, { keyPolicyDelayMaxMs: 0 }) <= 2 * SECOND);
    });

    it("in the order in which policies were put: an older one never comes back", () => {
      for (let seed = 1; seed <= 20; seed++) {
        const small = new SmallWorld({ seed, ...OF_AWS });
        const KeyId = small.goodKey("pay");
        small.cluster("pay", KeyId);
        for (const names of [["other"], ["third"], ["pay"]]) {
          small.kms("PutKeyPolicy", { KeyId, Policy: goodPolicy(names) });
          small.pass(2 * SECOND);
        }
        small.pass(6 * MINUTE);
        small.service("pay", "api");
        assert.equal(small.view("pay", "api").counters.failedLaunches, 0, `seed ${seed}`);
      }
    });

    it("from its first use on for a new key, and for the keys that a world begins with", () => {
      const small = new SmallWorld(OF_AWS);
      small.cluster("pay", small.goodKey("pay"));
      small.service("pay", "api");
      assert.equal(small.view("pay", "api").counters.failedLaunches, 0);
    });
  });

  describe("25b imported key material expires, and its key waits for an import and starts no task", () => {
    it("at the instant that DescribeKey named before", () => {
      const small = withImportedKey("2026-06-02T08:00:00.000Z");
      const KeyId = small.kms("ListKeys").Keys[0].KeyArn;
      const before = small.kms("DescribeKey", { KeyId }).KeyMetadata;
      assert.equal(before.KeyState, "Enabled");
      assert.equal(before.ExpirationModel, "KEY_MATERIAL_EXPIRES");
      assert.deepEqual(before.ValidTo, new Date("2026-06-02T08:00:00.000Z"));
      small.pass(24 * 60 * MINUTE);
      const after = small.kms("DescribeKey", { KeyId }).KeyMetadata;
      assert.deepEqual([after.KeyState, after.Enabled, after.ValidTo], ["PendingImport", false, undefined]);
      small.force("pay", "api");
      small.until(() => small.view("pay", "api").tasks.some(({ stopCode }) => stopCode === "TaskFailedToStart"));
      const failed = small.view("pay", "api").tasks.find(({ stopCode }) => stopCode === "TaskFailedToStart");
      assert.match(failed?.stoppedReason ?? "", /KMSInvalidStateException.*PendingImport/);
      assert.equal(small.refused("kms", "EnableKey", { KeyId }).code, "KMSInvalidStateException");
    });

    it("earlier, when a fault says so, and never of a key that KMS made", () => {
      const small = withImportedKey(null);
      const key = small.kms("ListKeys").Keys[0].KeyArn;
      assert.equal(
        small.kms("DescribeKey", { KeyId: key }).KeyMetadata.ExpirationModel,
        "KEY_MATERIAL_DOES_NOT_EXPIRE",
      );
      small.inject({ kind: "key-material-expires", key });
      assert.equal(small.kms("DescribeKey", { KeyId: key }).KeyMetadata.KeyState, "PendingImport");
      const other = small.goodKey("pay");
      assert.throws(() => small.inject({ kind: "key-material-expires", key: other }), /was not imported/);
    });
  });
});

const OF_AWS = { keyPolicyDelayMaxMs: KEY_POLICY_DELAY_MAX_MS };

function withImportedKey(validTo: string | null): SmallWorld {
  const fleet = aFleet({ region: REGION })
    .key("own", { clusters: ["pay"], metadata: { origin: "EXTERNAL", validTo } })
    .cluster("pay", { key: "own" })
    .service("api")
    .build();
  const small = new SmallWorld({}, worldFromFleet(fleet, { seed: 7 }));
  small.nowMs = Date.parse(fleet.readAt);
  return small;
}
