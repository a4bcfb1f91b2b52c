import assert from "node:assert/strict";
import { checkedDeployer, checkedPrincipalArns } from "../../../components/key-policy/administrators-statement";

const ACCOUNT = "111122223333";
const IAM = `arn:aws:iam::${ACCOUNT}`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role`;

describe("who deploys", () => {
  for (const [title, administrator, caller, isAmong] of [
    ["a role by its session", `${IAM}:role/deployer`, `${SESSION}/deployer/ci-4711`, true],
    [
      "a role with a path, which the session's ARN leaves out",
      `${IAM}:role/a/b/deployer`,
      `${SESSION}/deployer/x`,
      true,
    ],
    [
      "a role in other letters, since names are unique without regard to case",
      `${IAM}:role/Deployer`,
      `${SESSION}/deployer/x`,
      true,
    ],
    ["a user", `${IAM}:user/team/ada`, `${IAM}:user/team/ada`, true],
    [
      "a role in another partition",
      `arn:aws-cn:iam::${ACCOUNT}:role/d`,
      `arn:aws-cn:sts::${ACCOUNT}:assumed-role/d/x`,
      true,
    ],
    ["another role", `${IAM}:role/deployer`, `${SESSION}/deployer2/x`, false],
    ["the role's name as a session name", `${IAM}:role/deployer`, `${SESSION}/other/deployer`, false],
    ["a user of the role's name", `${IAM}:role/ada`, `${IAM}:user/ada`, false],
    ["the same role elsewhere", `${IAM}:role/d`, "arn:aws:sts::444455556666:assumed-role/d/x", false],
    ["the account's root user", `${IAM}:role/d`, `${IAM}:root`, false],
    ["a federated user", `${IAM}:user/ada`, `arn:aws:sts::${ACCOUNT}:federated-user/ada`, false],
  ] as const) {
    it(`is ${isAmong ? "" : "not "}among the administrators: ${title}`, () => {
      const check = () => checkedDeployer("administratorArns", [administrator], caller);
      if (isAmong) check();
      else
        assert.throws(check, {
          name: "ArgumentError",
          message: /who deploys, .*, is not among them and could not manage/,
        });
    });
  }
});

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
