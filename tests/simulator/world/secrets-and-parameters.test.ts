import assert from "node:assert/strict";
import { ACCOUNT, MINUTE, REGION, SmallWorld } from "./small-world";

const DAY = 24 * 60 * MINUTE;
const Name = "pay/db";

function secrets(): { small: SmallWorld; arn: string } {
  const small = new SmallWorld();
  const { ARN } = small.call("secretsmanager", "CreateSecret", { Name, SecretString: "hunter2", Description: "d" });
  return { small, arn: ARN };
}

describe("simulated Secrets Manager", () => {
  describe("37 a deleted secret can be restored for 7 to 30 days, keeps its name until then, and cannot be read", () => {
    it("and shows until when, by name, by ARN and by ARN without AWS's six characters", () => {
      const { small, arn } = secrets();
      assert.match(arn, new RegExp(`^arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:pay/db-[A-Za-z0-9]{6}$`));
      const { DeletionDate } = small.call("secretsmanager", "DeleteSecret", { SecretId: Name });
      assert.equal(DeletionDate.getTime(), small.nowMs + 30 * DAY);
      for (const SecretId of [Name, arn, arn.slice(0, -7)]) {
        const seen = small.call("secretsmanager", "DescribeSecret", { SecretId });
        assert.equal(seen.ARN, arn);
        assert.deepEqual(seen.DeletedDate, DeletionDate);
      }
      const again = { SecretId: Name };
      assert.equal(small.refused("secretsmanager", "DeleteSecret", again).code, "InvalidRequestException");
      assert.equal(small.refused("secretsmanager", "CreateSecret", { Name }).code, "InvalidRequestException");
      small.call("secretsmanager", "RestoreSecret", { SecretId: arn });
      assert.equal("DeletedDate" in small.call("secretsmanager", "DescribeSecret", { SecretId: Name }), false);
      assert.equal(small.refused("secretsmanager", "CreateSecret", { Name }).code, "ResourceExistsException");
    });

    it("and is gone after the window, or at once when forced", () => {
      const { small, arn } = secrets();
      small.call("secretsmanager", "DeleteSecret", { SecretId: Name, RecoveryWindowInDays: 7 });
      small.pass(7 * DAY - 1);
      small.call("secretsmanager", "DescribeSecret", { SecretId: Name });
      small.pass(1);
      const lost = { SecretId: arn };
      assert.equal(small.refused("secretsmanager", "DescribeSecret", lost).code, "ResourceNotFoundException");
      assert.equal(small.refused("secretsmanager", "RestoreSecret", lost).code, "ResourceNotFoundException");
      const { ARN } = small.call("secretsmanager", "CreateSecret", { Name });
      assert.notEqual(ARN, arn);
      assert.equal(small.refused("secretsmanager", "DescribeSecret", lost).code, "ResourceNotFoundException");
      small.call("secretsmanager", "DeleteSecret", { SecretId: Name, ForceDeleteWithoutRecovery: true });
      assert.equal(
        small.refused("secretsmanager", "DescribeSecret", { SecretId: Name }).code,
        "ResourceNotFoundException",
      );
    });

    it("and is listed only when planned deletions are asked for, a page at a time", () => {
      const { small, arn } = secrets();
      small.call("secretsmanager", "CreateSecret", { Name: "pay/api" });
      small.call("secretsmanager", "DeleteSecret", { SecretId: Name, RecoveryWindowInDays: 7 });
      const names = (input: Readonly<Record<string, unknown>>) =>
        small.call("secretsmanager", "ListSecrets", input).SecretList.map((one: { Name: string }) => one.Name);
      assert.deepEqual(names({}), ["pay/api"]);
      assert.deepEqual(names({ IncludePlannedDeletion: true }), [Name, "pay/api"]);
      const first = { IncludePlannedDeletion: true, MaxResults: 1 };
      const { NextToken, SecretList } = small.call("secretsmanager", "ListSecrets", first);
      assert.equal(SecretList[0].ARN, arn);
      assert.ok(SecretList[0].DeletedDate instanceof Date);
      assert.deepEqual(names({ ...first, NextToken }), ["pay/api"]);
      small.pass(7 * DAY);
      assert.deepEqual(names({ IncludePlannedDeletion: true }), ["pay/api"]);
      const code = (input: Readonly<Record<string, unknown>>) =>
        small.refused("secretsmanager", "ListSecrets", input).code;
      assert.equal(code({ MaxResults: 101 }), "InvalidParameterException");
      assert.equal(code({ NextToken: "elsewhere" }), "InvalidNextTokenException");
      assert.equal(code({ Filters: [{ Key: "name", Values: ["pay"] }] }), "InvalidParameterException");
    });

    it("and refuses other windows and odd names", () => {
      const { small } = secrets();
      for (const RecoveryWindowInDays of [6, 31]) {
        const input = { SecretId: Name, RecoveryWindowInDays };
        assert.equal(small.refused("secretsmanager", "DeleteSecret", input).code, "InvalidParameterException");
      }
      const both = { SecretId: Name, RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true };
      assert.equal(small.refused("secretsmanager", "DeleteSecret", both).code, "InvalidParameterException");
      assert.equal(small.refused("secretsmanager", "CreateSecret", { Name: "a b" }).code, "InvalidParameterException");
    });

    it("and no value is kept, nor answered", () => {
      const { small } = secrets();
      const reply = small.reply("secretsmanager", "GetSecretValue", { SecretId: Name });
      assert.equal(reply.kind === "error" && reply.code, "UnknownOperationException");
      const seen = JSON.stringify([
        small.call("secretsmanager", "DescribeSecret", { SecretId: Name }),
        small.world.state(),
      ]);
      assert.equal(seen.includes("hunter2"), false);
    });
  });
});

describe("simulated Parameter Store", () => {
  describe("38 parameters are described by name, 50 a page, and never with their values", () => {
    const withParameters = (count: number): SmallWorld => {
      const small = new SmallWorld();
      for (let index = 0; index < count; index++) {
        small.call("ssm", "PutParameter", { Name: `/pay/p${index}`, Type: "SecureString", Value: "hunter2" });
      }
      return small;
    };

    it("those that exist of the ones named", () => {
      const small = withParameters(3);
      const ParameterFilters = [{ Key: "Name", Option: "Equals", Values: ["/pay/p0", "/pay/p2", "/pay/none"] }];
      const { Parameters, NextToken } = small.call("ssm", "DescribeParameters", { ParameterFilters });
      assert.deepEqual(
        Parameters.map((parameter: { Name: string }) => parameter.Name),
        ["/pay/p0", "/pay/p2"],
      );
      assert.equal(NextToken, undefined);
      assert.equal(Parameters[0].ARN, `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/pay/p0`);
      assert.equal(JSON.stringify(Parameters).includes("hunter2"), false);
      const reply = small.reply("ssm", "GetParameters", { Names: ["/pay/p0"] });
      assert.equal(reply.kind === "error" && reply.code, "UnknownOperationException");
    });

    it("all of them, page by page", () => {
      const small = withParameters(120);
      const names: string[] = [];
      let NextToken: string | undefined;
      for (let pages = 0; pages < 10; pages++) {
        const page = small.call("ssm", "DescribeParameters", NextToken === undefined ? {} : { NextToken });
        assert.ok(page.Parameters.length <= 50);
        names.push(...page.Parameters.map((parameter: { Name: string }) => parameter.Name));
        NextToken = page.NextToken;
        if (NextToken === undefined) break;
      }
      assert.equal(new Set(names).size, 120);
    });

    it("and refuses other filters in words, and more than 50 of a page or of names", () => {
      const small = withParameters(1);
      const refused = (input: Readonly<Record<string, unknown>>) => small.refused("ssm", "DescribeParameters", input);
      const byPath = [{ Key: "Path", Option: "Recursive", Values: ["/pay"] }];
      assert.match(refused({ ParameterFilters: byPath }).message, /models one ParameterFilter/);
      assert.match(refused({ Filters: [{ Key: "Name", Values: ["a"] }] }).message, /models ParameterFilters/);
      const many = [{ Key: "Name", Option: "Equals", Values: Array.from({ length: 51 }, (_, index) => `p${index}`) }];
      assert.equal(refused({ ParameterFilters: many }).code, "InvalidFilterValue");
      assert.equal(refused({ MaxResults: 51 }).code, "ValidationException");
    });

    it("which are overwritten only when asked, and deleted by name", () => {
      const small = withParameters(1);
      const put = { Name: "/pay/p0", Value: "other" };
      assert.equal(small.refused("ssm", "PutParameter", put).code, "ParameterAlreadyExists");
      assert.equal(small.call("ssm", "PutParameter", { ...put, Overwrite: true }).Version, 2);
      small.call("ssm", "DeleteParameter", { Name: "/pay/p0" });
      assert.equal(small.refused("ssm", "DeleteParameter", { Name: "/pay/p0" }).code, "ParameterNotFound");
      const odd = { Name: "a b", Type: "String", Value: "v" };
      assert.equal(small.refused("ssm", "PutParameter", odd).code, "ValidationException");
    });
  });
});
