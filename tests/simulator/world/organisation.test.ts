import assert from "node:assert/strict";
import type { Switches } from "../../../simulator/world/switches";
import { MINUTE, SmallWorld, withKey } from "./small-world";

function running(switches: Partial<Switches> = {}): { small: SmallWorld; key: string } {
  const small = new SmallWorld({ switches });
  const key = small.goodKey("pay", "ops");
  small.cluster("pay", key);
  small.service("pay", "api");
  return { small, key };
}

/** Why the next start fails; null when the next deployment completes. */
function nextStart(small: SmallWorld): string | null {
  const before = new Set(small.view("pay", "api").tasks.map(({ arn }) => arn));
  small.force("pay", "api");
  const failed = () =>
    small.view("pay", "api").tasks.find((task) => !before.has(task.arn) && task.stopCode === "TaskFailedToStart");
  small.until(() => failed() !== undefined || small.rolloutState("pay", "api") === "COMPLETED");
  return failed()?.stoppedReason ?? null;
}

describe("the organisation around a simulated account", () => {
  describe("30 a resource control policy denies a key to Fargate although the key policy allows it", () => {
    it("which neither the key's policy nor its state shows, and leaves running tasks alone", () => {
      const { small, key } = running();
      const before = small.kms("GetKeyPolicy", { KeyId: key });
      small.inject({ kind: "organisation-denies-key", key });
      assert.match(nextStart(small) ?? "", /AccessDeniedException.*explicit deny in a resource control policy/);
      assert.deepEqual(small.kms("GetKeyPolicy", { KeyId: key }), before);
      assert.equal(small.kms("DescribeKey", { KeyId: key }).KeyMetadata.KeyState, "Enabled");
      assert.equal(small.describe("pay", "api").runningCount, 2);
    });

    it("until it is allowed again", () => {
      const { small, key } = running();
      small.inject({ kind: "organisation-denies-key", key });
      assert.notEqual(nextStart(small), null);
      small.inject({ kind: "organisation-allows-key" });
      assert.equal(nextStart(small), null);
    });

    it("for one key, or for all keys of the account", () => {
      const { small } = running();
      const other = small.goodKey("pay");
      small.inject({ kind: "organisation-denies-key", key: other });
      assert.equal(nextStart(small), null);
      small.inject({ kind: "organisation-allows-key", key: other });
      small.inject({ kind: "organisation-denies-key" });
      assert.notEqual(nextStart(small), null);
    });

    it("with a text of its own, when one is given", () => {
      const { small } = running();
      small.inject({ kind: "organisation-denies-key", text: "CannotCreateVolumeError: not permitted" });
      assert.equal(nextStart(small), "CannotCreateVolumeError: not permitted");
    });

    it("as it is written: one that exempts AWS's services stops nothing", () => {
      const { small } = running();
      const Condition = { BoolIfExists: { "aws:PrincipalIsAWSService": "false" } };
      small.inject({ kind: "organisation-denies-key", policy: denying(Condition) });
      assert.equal(nextStart(small), null);
    });

    it("by the switch undecidedKeyPolicy where it asks for aws:SourceOrgID, of which nobody says what Fargate sends", () => {
      const policy = denying({ StringNotEquals: { "aws:SourceOrgID": "o-a1b2c3d4e5" } });
      const startsUnder = (undecidedKeyPolicy: "allow" | "deny"): boolean => {
        const { small } = running({ undecidedKeyPolicy });
        small.inject({ kind: "organisation-denies-key", policy });
        return nextStart(small) === null;
      };
      assert.equal(startsUnder("allow"), true);
      assert.equal(startsUnder("deny"), false);
    });

    it("never a start without a key", () => {
      const small = new SmallWorld();
      small.goodKey("pay");
      small.cluster("pay");
      small.service("pay", "api");
      small.inject({ kind: "organisation-denies-key" });
      assert.equal(nextStart(small), null);
    });

    it("and says what it cannot read", () => {
      const { small } = running();
      assert.throws(() => small.inject({ kind: "organisation-denies-key", policy: "no policy" }), /no policy document/);
      assert.throws(() => small.inject({ kind: "organisation-denies-key", key: "none" }), /no key none/);
    });
  });

  describe("30a a start that its key prevents may fail without a word of KMS (switch keyFailureText)", () => {
    const reasonUnder = (keyFailureText: Switches["keyFailureText"]): string => {
      const { small, key } = running({ keyFailureText });
      small.ecs("UpdateCluster", { cluster: "pay", ...withKey(key) });
      small.inject({ kind: "key-disabled", key });
      small.pass(MINUTE);
      return nextStart(small) ?? "";
    };

    it("or names it", () => {
      assert.match(reasonUnder("names-kms"), /KMS key: DisabledException/);
      const unnamed = reasonUnder("unnamed");
      assert.match(unnamed, /^ResourceInitializationError: /);
      assert.doesNotMatch(unnamed, /kms|key|encrypt|grant/i);
    });
  });
});

function denying(Condition: object): string {
  const statement = { Effect: "Deny", Principal: "*", Action: "kms:*", Resource: "*", Condition };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}
