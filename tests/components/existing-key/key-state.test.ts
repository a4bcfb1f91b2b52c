// Truth table of a key's kind and state, in the values that DescribeKey documents.

import assert from "node:assert/strict";
import { type KeyFacts, keyStateDoubt, keyStateObjection } from "../../../components/existing-key/key-state";

const SOUND: KeyFacts = {
  keyManager: "CUSTOMER",
  keySpec: "SYMMETRIC_DEFAULT",
  keyUsage: "ENCRYPT_DECRYPT",
  keyState: "Enabled",
  multiRegion: false,
  origin: "AWS_KMS",
  deletionDate: "",
  validTo: "",
};
const DELETION = { keyState: "PendingDeletion", deletionDate: "2026-12-24T10:00:00Z" };

describe("the state of an existing key", () => {
  it("has no objection and no doubt for an enabled symmetric key of the customer", () => {
    assert.equal(keyStateObjection(SOUND), null);
    assert.equal(keyStateDoubt(SOUND), null);
  });

  for (const [title, change, what, next] of [
    ["managed by AWS", { keyManager: "AWS" }, /AWS manages/, /customer managed/],
    ["of another manager", { keyManager: "PARTNER" }, /PARTNER/, /customer managed/],
    ["asymmetric", { keySpec: "RSA_2048" }, /not a symmetric key \(RSA_2048\)/, /symmetric/],
    ["of a later kind", { keySpec: "SYMMETRIC_2" }, /not a symmetric key \(SYMMETRIC_2\)/, /symmetric/],
    ["for HMAC", { keySpec: "HMAC_256", keyUsage: "GENERATE_VERIFY_MAC" }, /HMAC key \(HMAC_256\)/, /symmetric/],
    ["for signing", { keySpec: "ECC_NIST_P256", keyUsage: "SIGN_VERIFY" }, /SIGN_VERIFY/, /symmetric/],
    ["for agreement", { keySpec: "ECC_NIST_P256", keyUsage: "KEY_AGREEMENT" }, /KEY_AGREEMENT/, /symmetric/],
    ["multi-Region", { multiRegion: true }, /multi-Region/, /single-Region/],
    ["disabled", { keyState: "Disabled" }, /^disabled/, /enable it/],
    ["pending deletion", DELETION, /to be deleted on 2026-12-24;/, /cancel the deletion and enable/],
    ["pending deletion, date not told", { keyState: "PendingDeletion" }, /^to be deleted;/, /cancel the deletion/],
    ["pending its replicas' deletion", { keyState: "PendingReplicaDeletion" }, /replicas/, /another key/],
    ["pending import", { keyState: "PendingImport" }, /key material/, /import it, then run again/],
    ["unavailable", { keyState: "Unavailable" }, /custom key store/, /connect it, then run again/],
    ["being created", { keyState: "Creating" }, /still Creating/, /run again/],
    ["being updated", { keyState: "Updating" }, /still Updating/, /run again/],
    ["in a state of the future", { keyState: "Quarantined" }, /state Quarantined/, /ask/],
    ["in no state", { keyState: "" }, /not told/, /ask/],
  ] as const) {
    it(`is refused when ${title}, with what it is and the next step`, () => {
      const objection = keyStateObjection({ ...SOUND, ...change }) ?? "";
      assert.match(objection, what);
      assert.match(objection.slice(objection.indexOf(";")), next);
      assert.doesNotMatch(objection, /\n|\.$|undefined/);
    });
  }

  it("gives every cause its own sentence", () => {
    const changes: readonly Partial<KeyFacts>[] = [
      { keyManager: "AWS" },
      { keySpec: "RSA_2048" },
      { keySpec: "HMAC_256" },
      { keyUsage: "SIGN_VERIFY" },
      { multiRegion: true },
      ...["Disabled", "PendingDeletion", "PendingImport", "Unavailable", "Creating", "Updating", "Other"].map(
        (keyState) => ({ keyState }),
      ),
    ];
    const sentences = changes.map((change) => keyStateObjection({ ...SOUND, ...change }));
    assert.equal(new Set(sentences).size, changes.length);
  });

  it("tells what no one can repair before what someone can", () => {
    const objection = keyStateObjection({ ...SOUND, keyManager: "AWS", keyState: "Disabled" });
    assert.match(objection ?? "", /AWS manages/);
  });

  it("is a doubt, no objection, when imported material expires", () => {
    const key = { ...SOUND, origin: "EXTERNAL", validTo: "2027-01-31T00:00:00Z" };
    assert.equal(keyStateObjection(key), null);
    assert.match(keyStateDoubt(key) ?? "", /expires on 2027-01-31/);
  });

  for (const validTo of ["", "0"]) {
    it(`is no doubt when imported material does not expire (${JSON.stringify(validTo)})`, () => {
      assert.equal(keyStateDoubt({ ...SOUND, origin: "EXTERNAL", validTo }), null);
    });
  }

  for (const origin of ["AWS_CLOUDHSM", "EXTERNAL_KEY_STORE"]) {
    it(`is a doubt for the material of ${origin}`, () => {
      assert.equal(keyStateObjection({ ...SOUND, origin }), null);
      assert.match(keyStateDoubt({ ...SOUND, origin }) ?? "", /custom key store/);
    });
  }
});
