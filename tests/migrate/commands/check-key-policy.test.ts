// check-key-policy end to end, on documents as people have them.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { jsonLine, runCli } from "../cli/run-cli";
import { inTemporaryDirectory } from "../files/temporary-directory";

const ASK = ["--account", "111122223333", "--cluster", "pay", "--region", "eu-west-1"];

describe("check-key-policy", () => {
  it("exits 0 for the documented policy and names the deciding statements", async () => {
    const { exitCode, stdout, stderr } = await runCli(["check-key-policy", "-", ...ASK], { stdin: policyFor("pay") });
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout, /^allowed: /);
    assert.match(stdout, /GenerateDataKeyWithoutPlaintext, dry run and real\s+allowed by GenerateForFargate\n/);
    assert.match(stdout, /CreateGrant, dry run and real\s+allowed by GrantForFargate\n/);
  });

  it("exits 5 for a policy of another cluster and says what to change", async () => {
    const { exitCode, stdout } = await runCli(["check-key-policy", "-", ...ASK], { stdin: policyFor("example") });
    assert.equal(exitCode, 5);
    assert.match(stdout, /^not allowed: /);
    assert.match(stdout, /→ .*pay/);
  });

  it("reads a file as aws kms get-key-policy writes it, and prints exactly one JSON line", () =>
    inTemporaryDirectory(async (cwd) => {
      await writeFile(path.join(cwd, "reply.json"), `\ufeff${JSON.stringify({ Policy: policyFor("pay") })}`);
      const end = await runCli(["check-key-policy", "reply.json", ...ASK, "--json"], { cwd });
      const { code, data } = jsonLine(end);
      assert.equal(end.exitCode, 0);
      assert.deepEqual(
        [code, data.allowed, data.clusterName, data.account],
        ["policy.checked", true, "pay", "111122223333"],
      );
    }));

  it("warns of a policy that lets Fargate in together with everyone else", async () => {
    const open = { Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" };
    const stdin = JSON.stringify({ Version: "2012-10-17", Statement: [open] });
    const { exitCode, stdout } = await runCli(["check-key-policy", "-", ...ASK], { stdin });
    assert.equal(exitCode, 0);
    assert.match(stdout, /^allowed: [\s\S]*Not Fargate alone: the key is open to everyone\.\n {2}statement 1: /);
  });

  it("refuses what is no policy, and an account that is none", async () => {
    const broken = await runCli(["check-key-policy", "-", ...ASK], { stdin: '{"Version":' });
    assert.equal(broken.exitCode, 2);
    assert.match(broken.stderr, /^not-json: standard input is not JSON/);
    const list = await runCli(["check-key-policy", "-", ...ASK], { stdin: "[1]" });
    assert.equal(list.exitCode, 2);
    assert.match(list.stderr, /^not-a-policy: standard input: the policy is not a JSON object: \[1\]\. Give a policy/);
    const empty = await runCli(["check-key-policy", "-", ...ASK], { stdin: "" });
    assert.match(empty.stderr, /^not-json: standard input is not JSON: it is empty\./);
    const key = await runCli(["check-key-policy", "-", ...ASK, "--key", "alias/pay"], { stdin: policyFor("pay") });
    assert.equal(key.exitCode, 2);
    assert.match(key.stderr, /--key is "alias\/pay"/);
    const account = await runCli(["check-key-policy", "-", "--account", "4711", "--cluster", "pay"], { stdin: "{}" });
    assert.equal(account.exitCode, 2);
    assert.match(account.stderr, /--account is "4711"/);
  });
});

function policyFor(cluster: string): string {
  const equal = {
    "kms:EncryptionContext:aws:ecs:clusterAccount": ["111122223333"],
    "kms:EncryptionContext:aws:ecs:clusterName": [cluster],
  };
  const fargate = { Effect: "Allow", Principal: { Service: "fargate.amazonaws.com" }, Resource: "*" };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        ...fargate,
        Sid: "GenerateForFargate",
        Action: "kms:GenerateDataKeyWithoutPlaintext",
        Condition: { StringEquals: equal },
      },
      {
        ...fargate,
        Sid: "GrantForFargate",
        Action: "kms:CreateGrant",
        Condition: { StringEquals: equal, "ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt"] } },
      },
    ],
  });
}
