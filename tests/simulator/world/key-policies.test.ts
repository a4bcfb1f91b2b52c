import assert from "node:assert/strict";
import { ACCOUNT, goodPolicy, SmallWorld } from "./small-world";

describe("simulated key policies", () => {
  describe("33 a key policy that would lock its caller out is refused, unless the caller bypasses the check", () => {
    const OPERATOR = `arn:aws:iam::${ACCOUNT}:role/operator`;

    const lockouts: readonly (readonly [why: string, policy: string])[] = [
      ["names another role only", policyOf(allow(`arn:aws:iam::${ACCOUNT}:role/somebody-else`))],
      ["denies everybody but an absent user", policyOf(allow(rootOf(ACCOUNT)), denyOthers("user/absent"))],
      ["lets the caller do all but change the policy", policyOf({ ...allow(OPERATOR), Action: "kms:Describe*" })],
    ];
    for (const [why, Policy] of lockouts) {
      it(`refuses one that ${why}, for a new key and for an old one`, () => {
        const small = new SmallWorld();
        const created = small.refused("kms", "CreateKey", { Policy });
        assert.equal(created.code, "MalformedPolicyDocumentException");
        const KeyId = small.goodKey("pay");
        const put = small.refused("kms", "PutKeyPolicy", { KeyId, Policy });
        assert.deepEqual(put, {
          code: "MalformedPolicyDocumentException",
          message: "The new key policy will not allow you to update the key policy in the future.",
        });
        assert.equal(small.kms("GetKeyPolicy", { KeyId }).Policy, goodPolicy(["pay"]));
        small.kms("PutKeyPolicy", { KeyId, Policy, BypassPolicyLockoutSafetyCheck: true });
        assert.equal(small.kms("GetKeyPolicy", { KeyId }).Policy, Policy);
      });
    }

    it("takes one that names the account, or the caller itself", () => {
      const small = new SmallWorld();
      for (const principal of [rootOf(ACCOUNT), ACCOUNT, OPERATOR]) {
        const Policy = policyOf(allow(principal));
        const { KeyId } = small.kms("CreateKey", { Policy }).KeyMetadata;
        assert.equal(small.kms("GetKeyPolicy", { KeyId }).Policy, Policy, principal);
      }
    });
  });
});

function policyOf(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

function allow(principal: string): object {
  return { Effect: "Allow", Principal: { AWS: principal }, Action: "kms:*", Resource: "*" };
}

function rootOf(account: string): string {
  return `arn:aws:iam::${account}:root`;
}

function denyOthers(name: string): object {
  const condition = { StringNotEquals: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:${name}` } };
  return { Effect: "Deny", Principal: "*", Action: "kms:*", Resource: "*", Condition: condition };
}
