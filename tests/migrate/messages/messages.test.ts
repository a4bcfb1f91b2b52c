// The registry of messages, and how a message reaches a terminal, a pipe or a program.

import assert from "node:assert/strict";
import { errorParagraph } from "../../../migrate/adapters/terminal/error-paragraph";
import { terminalFacts } from "../../../migrate/adapters/terminal/terminal-facts";
import { terminalOutput } from "../../../migrate/adapters/terminal/terminal-output";
import type { Plan } from "../../../migrate/core/model/plan";
import { ERRORS, FargateCmkError } from "../../../migrate/errors";
import { MESSAGES } from "../../../migrate/messages";

const AT = "2026-11-22T09:00:00.000Z";

describe("messages", () => {
  it("have codes of dotted lower-case words and a description without a full stop", () => {
    for (const [code, { description }] of Object.entries(MESSAGES)) {
      assert.match(code, /^[a-z]+(\.[a-z]+(-[a-z]+)*)+$/);
      assert.match(description, /^[^A-Z].*[^.]$/, code);
    }
  });

  it("are all in one registry with no code given twice by two families", () => {
    assert.ok(Object.keys(MESSAGES).length > 20);
    assert.equal(new Set(Object.keys(MESSAGES)).size, Object.keys(MESSAGES).length);
  });

  it("name a next step that a shell takes as it is, whatever the file is called", () => {
    const lane = { account: "111122223333", region: "eu-west-1", partition: "aws" } as const;
    const counts = { clusters: 1, services: 1, tasks: 2, unread: 0 };
    const data = { file: "my fleet.json", sha256: "ab", lane, readAt: AT, ...counts };
    assert.match(MESSAGES["scan.finished"].text(data), / Next: fargate-cmk plan 'my fleet\.json'$/);
  });

  it("go to stdout as text when they are results, to stderr when a command yields a value and they are not", () => {
    const said = collected({ yields: "value" });
    said.output.emit("scan.progressed", { stage: "clusters", done: 1, total: 2 });
    said.output.emit("page.rendered", { page: "the page\n" });
    assert.deepEqual(said.stdout, ["the page"]);
    assert.deepEqual(said.stderr, ["read clusters: 1 of 2"]);
  });

  it("go to stdout as they happen when a command tells of events, warnings to stderr", () => {
    const said = collected({ yields: "events" });
    said.output.emit("run.controlled", { request: "pause", onTheirWay: ["pay/api", "pay/web"] });
    said.output.emit("run.halted", { reason: "two failed", next: "resume", onTheirWay: [] });
    assert.deepEqual(said.stdout, [
      "paused as asked: nothing new is started. 2 services on their way (pay/api and pay/web), watched to the end",
    ]);
    assert.deepEqual(said.stderr, ["halted: two failed. Nothing is on its way. resume"]);
  });

  it("make one JSON line of a value, and leave the page for people out", () => {
    const said = collected({ yields: "value", json: true });
    said.output.emit("scan.progressed", { stage: "clusters", done: 1, total: 2 });
    said.output.emit("page.rendered", { page: "the page" });
    said.output.emit("run.asked", {
      planId: "3f9a1c77",
      request: "pause",
      file: "control.json",
      underWay: true,
      runCommand: "run",
    });
    assert.deepEqual(
      said.stdout.map((line) => JSON.parse(line)),
      [
        {
          v: 1,
          code: "run.asked",
          at: AT,
          data: { planId: "3f9a1c77", request: "pause", file: "control.json", underWay: true, runCommand: "run" },
        },
      ],
    );
    assert.deepEqual(said.stderr, ["read clusters: 1 of 2"]);
  });

  it("make a JSON line of each event, warnings too", () => {
    const said = collected({ yields: "events", json: true });
    said.output.emit("run.controlled", { request: "resume", onTheirWay: [] });
    said.output.emit("run.halted", { reason: "two failed", next: "resume", onTheirWay: [] });
    assert.deepEqual(
      said.stdout.map((line) => JSON.parse(line).code),
      ["run.controlled", "run.halted"],
    );
    assert.deepEqual(said.stderr, []);
  });

  it("that only programs read are never shown to people", () => {
    const said = collected({ yields: "value" });
    said.output.emit("plan.made", { file: "plan.json", plan: {} as Plan });
    assert.deepEqual([said.stdout, said.stderr], [[], []]);
  });

  it("are kept back by --quiet unless they are results", () => {
    const said = collected({ yields: "events", quiet: true });
    said.output.emit("run.controlled", { request: "resume", onTheirWay: [] });
    said.output.emit("run.halted", { reason: "two failed", next: "resume", onTheirWay: [] });
    said.output.emit("page.rendered", { page: "the page" });
    assert.deepEqual(said.stdout, ["the page"]);
    assert.deepEqual(said.stderr, []);
  });
});

describe("errors", () => {
  it("have an exit code of the table and a description without a full stop", () => {
    for (const [code, { exitCode, description }] of Object.entries(ERRORS)) {
      assert.match(code, /^[a-z]+(-[a-z]+)*$/);
      assert.ok(exitCode >= 1 && exitCode <= 5, code);
      assert.match(description, /^.*[^.]$/, code);
    }
  });

  it("are one paragraph that breaks at blanks only", () => {
    const error = new FargateCmkError("usage", { message: '--soak is "x"', remedy: "give a time such as 10m" });
    const style = { color: false, debug: false, width: 30 };
    assert.equal(errorParagraph(error, style), 'usage: --soak is "x". Give a\n  time such as 10m.');
    assert.equal(
      errorParagraph(error, { ...style, width: Number.POSITIVE_INFINITY }),
      'usage: --soak is "x". Give a time such as 10m.',
    );
  });

  it("show the stacks of their causes with --debug", () => {
    const error = new FargateCmkError("internal", { message: "m", remedy: "r", cause: new Error("beneath") });
    assert.match(
      errorParagraph(error, { color: false, debug: true, width: 80 }),
      /at .*\ncaused by Error: beneath\n\s+at /,
    );
  });
});

describe("terminal facts", () => {
  const screen = { isTTY: true, columns: 120, rows: 50 };

  it("are those of the screen", () => {
    const facts = terminalFacts({ stream: screen, env: {}, colorWanted: true });
    assert.deepEqual(facts, { isTTY: true, width: 120, height: 50, color: true });
  });

  it("are plain in a pipe, with --no-color, NO_COLOR, CI or a dumb terminal", () => {
    const plain = [
      { stream: {}, env: {}, colorWanted: true },
      { stream: screen, env: {}, colorWanted: false },
      { stream: screen, env: { NO_COLOR: "1" }, colorWanted: true },
      { stream: screen, env: { CI: "true" }, colorWanted: true },
      { stream: screen, env: { TERM: "dumb" }, colorWanted: true },
    ];
    for (const query of plain) assert.equal(terminalFacts(query).color, false, JSON.stringify(query));
    assert.equal(terminalFacts({ stream: screen, env: { NO_COLOR: "" }, colorWanted: true }).color, true);
  });
});

function collected(mode: { yields: "value" | "events"; json?: boolean; quiet?: boolean }) {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const output = terminalOutput({
    stdout: { write: (text) => void stdout.push(text) },
    stderr: { write: (text) => void stderr.push(text) },
    clock: { nowMs: () => Date.parse(AT) },
    json: false,
    quiet: false,
    color: false,
    ...mode,
  });
  return { output, stdout, stderr };
}
