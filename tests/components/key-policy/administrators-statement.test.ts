import assert from "node:assert/strict";
import { administratorsStatements, checkedDeployer } from "../../../components/key-policy/administrators-statement";
import { administrators } from "../../../domain/key-administrators";

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

describe("administrators from IAM Identity Center", () => {
  const central = `${IAM}:role/aws-reserved/sso.amazonaws.com/eu-west-2/AWSReservedSSO_KeyAdmins_0123456789abcdef`;
  const pattern = `${IAM}:role/aws-reserved/sso.amazonaws.com/eu-west-2/AWSReservedSSO_KeyAdmins_${"?".repeat(16)}`;

  it("are named by the pattern of their role, which gets another suffix when it is made anew", () => {
    const [statement, ...others] = administratorsStatements([central]);
    assert.deepEqual(others, []);
    assert.deepEqual(statement?.Principal, { AWS: [`${IAM}:root`] });
    assert.deepEqual(statement?.Condition, { ArnLike: { "aws:PrincipalArn": [pattern] } });
  });

  it("stand beside named ones, each in a statement of its own, and neither may use the key", () => {
    const statements = administratorsStatements([`${IAM}:role/deployer`, central]);
    assert.deepEqual(
      statements.map(({ Sid, Principal }) => [Sid, Principal.AWS]),
      [
        ["NamedAdministrators", [`${IAM}:role/deployer`]],
        ["IdentityCenterAdministrators", [`${IAM}:root`]],
      ],
    );
    for (const { Action } of statements) {
      assert.deepEqual(
        Action.filter((one) => /Encrypt|Decrypt|GenerateDataKey|CreateGrant|\*/.test(one)),
        [],
      );
    }
    const document = { Version: "2012-10-17", Statement: statements };
    const { putKeyPolicy } = administrators(document);
    assert.deepEqual(
      putKeyPolicy.map(({ principal, sure }) => [principal, sure]),
      [
        [`${IAM}:role/deployer`, true],
        [`${IAM}:root`, false],
      ],
    );
  });

  for (const [title, role] of [
    ["a role whose name only begins so", "aws-reserved/sso.amazonaws.com/AWSReservedSSO_KeyAdmins"],
    ["a role of one's own under such a path", "aws-reserved/sso.amazonaws.com/KeyAdmins_0123456789abcdef"],
  ] as const) {
    it(`are not ${title}`, () => {
      const statements = administratorsStatements([`${IAM}:role/${role}`]);
      assert.deepEqual(
        statements.map(({ Sid }) => Sid),
        ["NamedAdministrators"],
      );
    });
  }
});
