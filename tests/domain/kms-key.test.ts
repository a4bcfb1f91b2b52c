import assert from "node:assert/strict";
import fc from "fast-check";
import { formatKeyReference, keyProblem, parseKeyReference, sameKey } from "../../domain/kms-key";
import { isProblem } from "../../domain/problem";

const ID = "1234abcd-12ab-34cd-56ef-1234567890ab";
const OTHER_ID = "9999abcd-12ab-34cd-56ef-1234567890ab";
const ARN = `arn:aws:kms:eu-west-1:111122223333:key/${ID}`;
const MRK = "mrk-1234abcd12ab34cd56ef1234567890ab";
const ALIAS = "arn:aws:kms:eu-west-1:111122223333:alias/web";

describe("a key reference", () => {
  it("is an ARN or a bare id", () => {
    assert.deepEqual(parseKeyReference(ID), { kind: "key-id", keyId: ID, odd: [] });
    const place = { partition: "aws", region: "eu-west-1", account: "111122223333" };
    assert.deepEqual(parseKeyReference(ARN), { kind: "key-arn", ...place, keyId: ID, odd: [] });
  });

  it("of AWS's samples is read, with notes on what is odd", () => {
    const sample = parseKeyReference("arn:aws:kms:us-west-2:1234567890:key/a1b2c3d4-5678-90ab-cdef-EXAMPLE11111");
    assert.ok(!isProblem(sample));
    assert.deepEqual(sample.odd, [
      "account 1234567890 is not 12 digits",
      "key id a1b2c3d4-5678-90ab-cdef-EXAMPLE11111 is not a UUID",
    ]);
  });

  for (const text of [
    "",
    "alias/web",
    ALIAS,
    "arn:aws:kms:eu-west-1:111122223333:key/",
    "arn:aws:s3:::key/a",
    "web",
    "arn:aws:kms:::key/x",
  ]) {
    it(`is not ${JSON.stringify(text)}`, () => {
      assert.ok(isProblem(parseKeyReference(text)));
    });
  }

  it("survives parsing and formatting", () => {
    for (const text of [ID, ARN, MRK, `arn:aws-cn:kms:cn-north-1:111122223333:key/${MRK}`]) {
      const parsed = parseKeyReference(text);
      assert.ok(!isProblem(parsed));
      assert.equal(formatKeyReference(parsed), text);
    }
  });
});

describe("what keeps a reference from being an ephemeral storage key", () => {
  for (const [reference, kind] of [
    [ARN, null],
    [ID, null],
    ["alias/web", "alias"],
    [ALIAS, "alias"],
    [MRK, "multi-region"],
    [`arn:aws:kms:eu-west-1:111122223333:key/${MRK}`, "multi-region"],
    ["web", "not-a-key"],
    ["arn:aws:ecs:eu-west-1:111122223333:cluster/web", "not-a-key"],
  ] as const) {
    it(`${reference}: ${kind ?? "nothing"}`, () => {
      assert.equal(keyProblem(reference)?.kind ?? null, kind);
    });
  }
});

describe("two key references", () => {
  for (const [title, a, b, expected] of [
    ["the same ARN", ARN, ARN, true],
    ["an ARN and its bare id", ARN, ID, true],
    ["the same bare id", ID, ID, true],
    ["another key of the account", ARN, ARN.replace(ID, OTHER_ID), false],
    ["an ARN and another bare id", ARN, OTHER_ID, false],
    ["the same id in another Region", ARN, ARN.replace("eu-west-1", "us-east-1"), false],
    ["the same id in another account", ARN, ARN.replace("111122223333", "444455556666"), false],
    ["a key and no key", ARN, null, false],
    ["no key and no key", null, null, false],
    ["the same alias, which may move", ALIAS, ALIAS, false],
    ["the same text that is no key", "web", "web", false],
    ["a key id of another case", ID, ID.toUpperCase(), false],
  ] as const) {
    it(`${title}: ${expected ? "the same" : "not the same"}`, () => {
      assert.equal(sameKey(a, b), expected);
      assert.equal(sameKey(b, a), expected);
    });
  }

  it("are the same in both directions, whatever they are", () => {
    const known = fc.constantFrom(ARN, ID, OTHER_ID, ALIAS, ARN.replace("eu-west-1", "us-east-1"), MRK, null);
    const reference = fc.oneof(known, fc.string());
    fc.assert(fc.property(reference, reference, (a, b) => sameKey(a, b) === sameKey(b, a)));
  });
});
