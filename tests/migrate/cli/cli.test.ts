// The command line as a person or a pipeline meets it: help, wrong input, exit codes, JSON lines.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { VERBS } from "../../../migrate/commands/verbs";
import { inTemporaryDirectory } from "../files/temporary-directory";
import { jsonLine, runCli } from "./run-cli";

describe("command line", () => {
  it("names every command in its help, on stdout, with exit code 0", async () => {
    const { exitCode, stdout, stderr } = await runCli(["--help"]);
    assert.equal(exitCode, 0);
    assert.equal(stderr, "");
    for (const { name } of VERBS) assert.match(stdout, new RegExp(`^  ${name}\\b`, "m"));
  });

  it("shows an example in the help of every command", async () => {
    for (const { name, example } of VERBS.slice(0, 3)) {
      const { exitCode, stdout } = await runCli([name, "--help"]);
      assert.equal(exitCode, 0);
      assert.ok(stdout.includes(`Example:\n  ${example}`), stdout);
    }
    for (const { name, example } of VERBS) assert.ok(example.startsWith(`fargate-cmk ${name}`));
  });

  it("tells its version, which is the package's", async () => {
    const { version } = JSON.parse(readFileSync(path.resolve("migrate/package.json"), "utf8"));
    assert.deepEqual(await runCli(["--version"]), { exitCode: 0, stdout: `${version}\n`, stderr: "" });
  });

  it("shows its help on stderr and fails when no command is given", async () => {
    const { exitCode, stdout, stderr } = await runCli([]);
    assert.equal(exitCode, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /^Usage: fargate-cmk/);
  });

  it("names the nearest command for one that does not exist", async () => {
    const { exitCode, stdout, stderr } = await runCli(["plna"]);
    assert.equal(exitCode, 2);
    assert.equal(stdout, "");
    assert.equal(stderr, "usage: unknown command 'plna'. Did you mean plan? fargate-cmk --help shows what there is.\n");
  });

  it("refuses an unknown option and a value that an option cannot have", async () => {
    const unknown = await runCli(["plan", "--sok", "10m"]);
    assert.equal(unknown.exitCode, 2);
    assert.match(unknown.stderr, /unknown option '--sok'.*Did you mean --soak\?/);
    const wrong = await runCli(["report", "3f9a", "--format", "pdf"]);
    assert.equal(wrong.exitCode, 2);
    assert.match(wrong.stderr, /'pdf' is invalid.*json, md/);
  });

  it("prints one JSON line for a failure with --json, and the paragraph on stderr", async () => {
    const end = await runCli(["status", "no-such-run", "--json"]);
    const { v, code, data } = jsonLine(end);
    assert.equal(end.exitCode, 2);
    assert.deepEqual(
      [v, code, data.error, data.owner, data.exitCode],
      [1, "command.failed", "not-a-run", "operator", 2],
    );
    assert.match(end.stderr, /^not-a-run: "no-such-run" is neither a run directory/);
  });

  it("shows a stack only with --debug", async () => {
    assert.doesNotMatch((await runCli(["status", "x"])).stderr, /\n\s+at /);
    assert.match((await runCli(["status", "x", "--debug"])).stderr, /\n\s+at /);
  });

  it("never prints a colour into a pipe", async () => {
    for (const args of [["--help"], ["status", "x"]]) {
      const { stdout, stderr } = await runCli(args, { env: { TERM: "xterm-256color" } });
      assert.ok(!`${stdout}${stderr}`.includes("\u001b"));
    }
  });

  it("ends quietly when the reader of its output has left", async () => {
    const { spawn } = await import("node:child_process");
    const script = `${process.execPath} ${path.join(__dirname, "start-cli.js")} --help | true`;
    const shell = spawn("sh", ["-c", script], { stdio: ["ignore", "inherit", "pipe"] });
    let stderr = "";
    shell.stderr.on("data", (text) => {
      stderr += text;
    });
    await new Promise((resolve) => shell.once("close", resolve));
    assert.equal(stderr, "");
  });

  it("says which file is missing and what to do", async () => {
    const { exitCode, stderr } = await runCli(["plan", "nowhere.json"]);
    assert.equal(exitCode, 2);
    assert.match(stderr, /^file-unreadable: cannot read .*nowhere\.json: it does not exist\. Check the path\./);
  });

  it("does not write over a file that is no fleet", () =>
    inTemporaryDirectory(async (cwd) => {
      await writeFile(path.join(cwd, "notes.json"), '{"mine":true}');
      const { exitCode, stderr } = await runCli(["scan", "--region", "eu-west-1", "--out", "notes.json"], { cwd });
      assert.equal(exitCode, 3);
      assert.match(stderr, /^refused: .*notes\.json is there already and is not a fleet/);
      assert.equal(await readFile(path.join(cwd, "notes.json"), "utf8"), '{"mine":true}');
    }));

  it("does not attach a key when nobody can be asked", async () => {
    const { exitCode, stderr } = await runCli(["attach", "pay", "1234abcd-12ab-34cd-56ef-1234567890ab"]);
    assert.equal(exitCode, 2);
    assert.match(stderr, /nobody can be asked.*Add --yes, or --dry-run/);
  });
});
