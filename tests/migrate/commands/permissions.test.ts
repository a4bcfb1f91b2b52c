// `permissions` as a person types it.

import assert from "node:assert/strict";
import { jsonLine, runCli } from "../cli/run-cli";

const WHERE = ["--account", "111122223333", "--region", "eu-west-1", "--cluster", "pay"];

describe("permissions", () => {
  it("prints a policy document and nothing else", async () => {
    const { exitCode, stdout, stderr } = await runCli(["permissions", "run", ...WHERE]);
    assert.deepEqual([exitCode, stderr], [0, ""]);
    assert.deepEqual(Object.keys(JSON.parse(stdout)), ["Version", "Statement"]);
    const environment = { env: { AWS_REGION: "us-east-1" } };
    assert.equal((await runCli(["permissions", "run", ...WHERE], environment)).stdout, stdout);
    assert.equal(
      (await runCli(["permissions", "run"], environment)).stdout,
      (await runCli(["permissions", "run"])).stdout,
    );
  });

  it("says with --format text what each is for and what goes unseen without it, in 80 columns", async () => {
    const { stdout } = await runCli(["permissions", "--format", "text", ...WHERE]);
    assert.match(stdout, /^scan needs 21 permissions in account 111122223333, eu-west-1, cluster pay\n/);
    assert.match(stdout, /\n {2}ecs:UpdateService\n {4}forces the new deployment.*\n {4}without it: /);
    assert.match(stdout, /\n {2}not in the policy\n/);
    assert.ok(stdout.split("\n").every((line) => line.length <= 80));
  });

  it("gives one value with --json: the policy, and every call with its reason", async () => {
    const { code, data } = jsonLine(await runCli(["permissions", "verify", "--json"]));
    assert.equal(code, "permissions.listed");
    assert.equal(data.policy.Version, "2012-10-17");
    assert.deepEqual(Object.keys(data.calls[0]), ["command", "operation", "need", "purpose", "without"]);
  });

  for (const [args, message] of [
    [
      ["plan"],
      /^usage: plan makes no call to AWS, so there is no policy that it needs\. Commands that do: scan, preflight, run/,
    ],
    [["rnu"], /^usage: there is no command "rnu"\. Commands that call AWS: scan, preflight, run, verify, attach\./],
    [["run", "--account", "12"], /^usage: --account is "12"\./],
    [["run", "--region", "Ireland"], /^usage: --region is "Ireland"\./],
    [["run", "--cluster", "a/b"], /^usage: --cluster is "a\/b"\./],
    [["attach", "--key", "alias/x"], /^usage: --key is "alias\/x"\./],
    [
      [
        "attach",
        "--region",
        "eu-west-1",
        "--key",
        "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      ],
      /Give a key of the account and Region that --account and --region name\./,
    ],
  ] as const)
    it(`refuses ${args.join(" ")}`, async () => {
      const { exitCode, stdout, stderr } = await runCli(["permissions", ...args]);
      assert.deepEqual([exitCode, stdout], [2, ""]);
      assert.match(stderr, message);
    });
});
