import assert from "node:assert/strict";
import fc from "fast-check";
import { formatArn, parseArn, partitionOf } from "../../domain/arn";
import { isProblem } from "../../domain/problem";

describe("an ARN", () => {
  for (const [text, partition, service, region, account, resource] of [
    ["arn:aws:kms:eu-west-1:111122223333:key/a", "aws", "kms", "eu-west-1", "111122223333", "key/a"],
    [
      "arn:aws-cn:ecs:cn-north-1:111122223333:cluster/web",
      "aws-cn",
      "ecs",
      "cn-north-1",
      "111122223333",
      "cluster/web",
    ],
    ["arn:aws-us-gov:iam::111122223333:role/x", "aws-us-gov", "iam", "", "111122223333", "role/x"],
    [
      "arn:aws-iso-b:ecs:us-isob-east-1:111122223333:cluster/web",
      "aws-iso-b",
      "ecs",
      "us-isob-east-1",
      "111122223333",
      "cluster/web",
    ],
    ["arn:aws:s3:::bucket", "aws", "s3", "", "", "bucket"],
    ["arn:aws:sns:us-east-1:111122223333:a:b:c", "aws", "sns", "us-east-1", "111122223333", "a:b:c"],
  ] as const) {
    it(`${text} has these parts, and they make it again`, () => {
      const parsed = parseArn(text);
      assert.deepEqual(parsed, { kind: "arn", partition, service, region, account, resource, odd: [] });
      assert.ok(!isProblem(parsed));
      assert.equal(formatArn(parsed), text);
    });
  }

  it("of AWS's ten-digit sample account is read, with a note", () => {
    const parsed = parseArn("arn:aws:ecs:us-west-2:1234567890:cluster/mycluster");
    assert.ok(!isProblem(parsed));
    assert.deepEqual(parsed.odd, ["account 1234567890 is not 12 digits"]);
  });

  for (const text of [
    "",
    "arn",
    "arn:aws:kms",
    "web",
    "arn:gcp:kms:x:1:key/a",
    "arn:aws::r:1:x",
    "arn:aws:kms:r:1:",
    "arn:aws:kms:r:1:a b",
  ]) {
    it(`is not ${JSON.stringify(text)}`, () => {
      assert.ok(isProblem(parseArn(text)));
    });
  }

  it("survives parsing and formatting, whatever its parts", () => {
    const word = fc.stringMatching(/^[a-z0-9/_-]{1,12}$/);
    const maybe = fc.oneof(fc.constant(""), word);
    const parts = {
      partition: fc.constantFrom("aws", "aws-cn", "aws-iso-f"),
      service: word,
      region: maybe,
      account: maybe,
    };
    fc.assert(
      fc.property(fc.record({ ...parts, resource: fc.array(word, { minLength: 1, maxLength: 3 }) }), (made) => {
        const text = formatArn({ ...made, resource: made.resource.join(":") });
        const parsed = parseArn(text);
        assert.ok(!isProblem(parsed));
        assert.equal(formatArn(parsed), text);
      }),
    );
  });
});

describe("a Region's partition", () => {
  for (const [region, partition] of [
    ["eu-west-1", "aws"],
    ["cn-northwest-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
    ["us-iso-east-1", "aws-iso"],
    ["us-isob-east-1", "aws-iso-b"],
    ["eu-isoe-west-1", "aws-iso-e"],
    ["us-isof-south-1", "aws-iso-f"],
    ["eusc-de-east-1", "aws-eusc"],
  ] as const) {
    it(`of ${region} is ${partition}`, () => assert.equal(partitionOf(region), partition));
  }
});
