// docs/runbook.md: every command in it is one that this program knows, with options that it has.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { buildProgram } from "../../../migrate/commands/program";
import { VERBS } from "../../../migrate/commands/verbs";

const TEXT = readFileSync(path.resolve("docs/runbook.md"), "utf8");

/** As typed: lines of shell blocks, and commands between backticks that are more than a verb's name. */
function commandsIn(text: string): readonly string[] {
  const typed = [...text.matchAll(/^(?:nohup )?(fargate-cmk [^\n>]*)/gm)].map(([, command]) => command ?? "");
  const inline = [...text.matchAll(/`(?:nohup )?(fargate-cmk \S+ [^`>]*)/g)].map(([, command]) => command ?? "");
  return [...typed, ...inline].map((command) => command.trim());
}

async function verbOf(command: string): Promise<string> {
  const called: string[] = [];
  const program = buildProgram({
    write: () => {},
    writeError: () => {},
    onCall: ({ verb }) => called.push(verb.name),
  });
  await program.parseAsync(command.split(/\s+/).slice(1), { from: "user" });
  assert.equal(called.length, 1, command);
  return called[0] ?? "";
}

describe("the runbook", () => {
  const commands = commandsIn(TEXT);

  it("has commands that this program takes as they stand", async () => {
    assert.ok(commands.length > 20);
    for (const command of commands) await verbOf(command);
  });

  it("leaves out no command of a run", async () => {
    const told = new Set(await Promise.all(commands.map(verbOf)));
    const ofRuns = [
      "scan",
      "plan",
      "preflight",
      "permissions",
      "run",
      "status",
      "pause",
      "resume",
      "approve",
      "abort",
      "verify",
      "report",
    ];
    assert.deepEqual(
      ofRuns.filter((verb) => !told.has(verb)),
      [],
    );
    assert.ok(ofRuns.every((verb) => VERBS.some(({ name }) => name === verb)));
  });

  it("names every option that steers a run", () => {
    const run = VERBS.find(({ name }) => name === "run")?.options ?? [];
    const flags = run.map(({ flags: text }) => text.split(" ")[0] ?? "");
    for (const flag of flags.filter((one) => !["--fleet", "--accept"].includes(one)))
      assert.ok(TEXT.includes(flag), flag);
    for (const flag of [
      "--rollback-inflight",
      "--watch",
      "--approve",
      "--gate-alarm",
      "--mutex-tag",
      "--wave-failures",
    ])
      assert.ok(TEXT.includes(flag), flag);
  });
});
