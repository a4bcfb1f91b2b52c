import assert from "node:assert/strict";
import { checkedPrincipalArns } from "../../../components/arguments/principal-arns";

const ACCOUNT = "111122223333";
const IAM = `arn:aws:iam::${ACCOUNT}`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role`;

describe("a named principal", () => {
  it("is a role or a user by its own ARN, each once", () => {
    const arns = [`${IAM}:role/a`, `${IAM}:user/b`, `${IAM}:role/a`];
    assert.deepEqual(checkedPrincipalArns("administratorArns", arns), [`${IAM}:role/a`, `${IAM}:user/b`]);
  });

  for (const [title, arn, message] of [
    [
      "a session",
      `${SESSION}/deployer/x`,
      /\[0\] is "arn:aws:sts:.*": that is one session of a role, give the role's ARN/,
    ],
    ["the whole account", `${IAM}:root`, /give the ARN of one role or user/],
    ["a bare name", "deployer", /"deployer": not an ARN; give arn:/],
    ["everyone", "*", /"\*": not an ARN/],
    ["a pattern", `${IAM}:role/*`, /a principal has no wildcard and no variable/],
    ["a variable", `${IAM}:user/\${aws:username}`, /a principal has no wildcard and no variable/],
    ["a group", `${IAM}:group/admins`, /give the ARN of one role or user/],
  ] as const) {
    it(`is never ${title}`, () => {
      assert.throws(() => checkedPrincipalArns("administratorArns", [arn]), { name: "ArgumentError", message });
    });
  }
});
