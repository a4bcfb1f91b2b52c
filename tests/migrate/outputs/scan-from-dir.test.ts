import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseFleet } from "../../../migrate/core/model/parse-fleet";
import { jsonLine, runCli } from "../cli/run-cli";
import { fileOf } from "./output-files";
import { wholeAccount } from "./small-account";

describe("scan --from-dir", () => {
  let cwd: string;

  before(async () => {
    cwd = await mkdtemp(path.join(tmpdir(), "fargate-cmk-test-"));
    await mkdir(path.join(cwd, "audit", "ecs"), { recursive: true });
    for (const [name, replies] of Object.entries(wholeAccount()))
      await writeFile(path.join(cwd, "audit", "ecs", `${name}.json`), fileOf(name, replies, "utf16le").bytes);
  });

  after(() => rm(cwd, { recursive: true, force: true }));

  /** An endpoint that nobody answers at: a call to AWS would fail. */
  const run = (...args: readonly string[]) => runCli(args, { cwd, env: { AWS_ENDPOINT_URL: "http://127.0.0.1:9" } });

  it("writes a fleet without a call or credentials, and plan goes on from it", async () => {
    const end = await run("scan", "--from-dir", "audit");
    assert.equal(end.exitCode, 0, end.stderr);
    assert.equal(
      end.stdout,
      "111122223333 eu-west-1: 1 cluster, 1 service, 1 task, from 12 files as of 2026-05-01T10:00:00Z.\n" +
        "Written to fleet.json. Next: fargate-cmk plan fleet.json\n",
    );
    parseFleet(await readFile(path.join(cwd, "fleet.json"), "utf8"), "fleet.json");
    const planned = await run("plan", "fleet.json");
    assert.match(planned.stdout, /to redeploy +1 service/);
  });

  it("names what was skipped and what is unknown, for people and in one JSON value", async () => {
    await mkdir(path.join(cwd, "poor"));
    await writeFile(path.join(cwd, "poor", "denied.json"), DENIED);
    await writeFile(path.join(cwd, "poor", "s.json"), fileOf("s", wholeAccount().service ?? []).bytes);
    const end = await run("scan", "--from-dir", "poor", "--out", "poor.json");
    assert.equal(end.exitCode, 0, end.stderr);
    assert.match(end.stdout, /^Not read \(1\)\n {2}denied\.json\n {4}it holds an error of the AWS CLI: AccessDenied/m);
    assert.match(end.stdout, /^ {6}aws ecs describe-clusters --region eu-west-1 /m);
    assert.match(end.stdout, / [1-9] things unknown, from 2 files/);
    const { code, data } = jsonLine(await run("scan", "--from-dir", "poor", "--out", "poor.json", "--json"));
    assert.equal(code, "scan.finished");
    assert.equal(data.outputs.skipped[0].file, "denied.json");
    assert.equal(data.outputs.unknown.length, data.unread);
    for (const { command } of data.outputs.unknown) assert.match(command, /^aws [a-z0-9-]+ (list|describe|get)-/);
  });

  for (const [what, args, said] of [
    ["a folder that is not there", ["none"], /^file-unreadable: cannot read none: it does not exist/],
    ["a file", ["fleet.json"], /^file-unreadable: cannot read fleet\.json: it is not a folder/],
    ["an empty folder", ["empty"], /^no-outputs: empty tells of no cluster, service or task: it holds no file/],
    ["an AWS option", ["audit", "--region", "eu-west-1"], /^usage: --region has no use with --from-dir/],
    ["another cluster", ["audit", "--cluster", "pey"], /^no-such-cluster: .*pey.*audit tells of pay/],
    ["a time that nobody can read", ["audit", "--read-at", "noon"], /^usage: --read-at is "noon"/],
  ] as const)
    it(`ends with a clear error for ${what}`, async () => {
      await mkdir(path.join(cwd, "empty"), { recursive: true });
      const { exitCode, stderr, stdout } = await run("scan", "--out", "other.json", "--from-dir", ...args);
      assert.deepEqual([exitCode, stdout], [2, ""]);
      assert.match(stderr, said);
    });

  it("is what --read-at and --configurations-included need", async () => {
    for (const args of [["--read-at", "2026-05-01T00:00:00Z"], ["--configurations-included"]]) {
      const { exitCode, stderr } = await run("scan", ...args);
      assert.equal(exitCode, 2);
      assert.match(stderr, new RegExp(`^usage: ${args[0]} is given without --from-dir`));
    }
  });
});

const DENIED = "\nAn error occurred (AccessDeniedException) when calling the DescribeTasks operation: not authorized\n";
