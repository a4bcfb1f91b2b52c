// A run that is watched from elsewhere: by a second terminal, a pipe, a program.

import assert from "node:assert/strict";
import { aFleet } from "../../simulator/fleet-builder";
import { withWatchedAccount } from "./watched-account";

const FLEET = aFleet()
  .key("pay-key", { clusters: ["pay"] })
  .cluster("pay", { key: "pay-key" })
  .service("api", { desired: 2 })
  .service("ledger", { desired: 2 })
  .build();
const GATED = { fleet: FLEET, flags: ["--soak", "20s", "--approve"] };
const CTRL_C = "\u0003";

describe("a run that is watched", function () {
  this.timeout(60_000);

  it("tells nobody works on it, and how to go on, once; and goes on watching whoever takes it up", () =>
    withWatchedAccount(GATED, async (account) => {
      const run = account.start("run", "plan.json");
      const isUnderWay = () => account.events().some(({ kind }) => kind === "progressed");
      await account.until(isUnderWay);
      run.child.kill("SIGKILL");
      await run.end;
      const watch = account.terminal(["status", account.id(), "--watch"]);
      await watch.shows(/no process works on it; to go on:\s+fargate-cmk run plan\.json\n/);
      const piped = account.start("status", account.id(), "--watch");
      await new Promise((resolve) => piped.child.stderr.once("data", resolve));
      const again = account.start("run", "plan.json");
      await watch.shows(/waits for a yes/);
      assert.doesNotMatch(watch.screen(), /no process/);
      await account.expect(0, "approve", account.id());
      assert.deepEqual([(await again.end).exitCode, await watch.ended], [0, 0]);
      const { stderr, exitCode } = await piped.end;
      assert.equal(exitCode, 0);
      assert.equal(stderr.match(/no process works on run \w{6}; to go on: fargate-cmk run plan\.json/g)?.length, 1);
    }));

  it("is told in a pipe by the lines of the run itself, time first, and with --json by the same codes", () =>
    withWatchedAccount(GATED, async (account) => {
      const run = account.start("run", "plan.json", "--json");
      await account.until(() => account.events().length >= 3);
      const lines = account.start("status", account.id(), "--watch");
      const json = account.start("status", account.id(), "--watch", "--json");
      const isAtGate = () => account.events().some(({ kind }) => kind === "wave-closed");
      await account.until(isAtGate);
      const refused = await account.expect(3, "resume", account.id());
      assert.match(refused.stderr, /^refused: run \w{12} is neither paused nor halted\./);
      await account.expect(0, "approve", account.id());
      const [own, plain, seen] = await Promise.all([run.end, lines.end, json.end]);
      assert.deepEqual([own.exitCode, plain.exitCode, seen.exitCode], [0, 0, 0]);
      const ofRun = messages(own.stdout);
      const ofWatch = messages(seen.stdout);
      assert.deepEqual([ofWatch[0]?.code, ofWatch.at(-1)?.code], ["status.read", "status.ended"]);
      const events = ofWatch.slice(1, -1);
      assert.ok(events.length >= 6, seen.stdout);
      const told = ofRun.filter(({ code }) => code !== "run.finished").map(asText);
      assert.deepEqual(events.map(asText), told.slice(-events.length));
      const eventLines = plain.stdout.split("\n").filter((line) => /^\d\d:\d\d:\d\d /.test(line));
      assert.ok(
        eventLines.some((line) => /^\d\d:\d\d:\d\d pay\/\w+ proved: 2 tasks on …\/key\/\w+, \d m \d\d s$/.test(line)),
      );
      assert.match(plain.stdout, /\nrun \w{6} finished, all proved after /);
    }));

  it("ends its watching with 130 at Ctrl-C, and nothing else", () =>
    withWatchedAccount(GATED, async (account) => {
      const run = account.terminal(["run", "plan.json"]);
      await run.shows(/1 canary/);
      const watch = account.terminal(["status", account.id(), "--watch"]);
      await watch.shows(/1 canary/);
      watch.press(CTRL_C);
      assert.equal(await watch.ended, 130);
      assert.deepEqual(watch.mode, { echo: true, lines: true });
      await run.shows(/y yes to wave 2/);
      const { stdout } = await account.expect(0, "status", account.id());
      assert.match(
        stdout,
        /gate +wave 2 (opens when the soak is over|waits for a yes).* its yes may be given: fargate-cmk approve/,
      );
      assert.match(stdout, /held by +process \d+ on .*, heard of at /);
    }));

  it("does not mind a hangup where there is no terminal, as nohup asks for", () =>
    withWatchedAccount({ fleet: FLEET, flags: ["--soak", "0"] }, async (account) => {
      const run = account.start("run", "plan.json");
      await account.until(() => account.events().length >= 3);
      run.child.kill("SIGHUP");
      assert.equal((await run.end).exitCode, 0);
    }));
});

interface Message {
  readonly code: string;
  readonly at: string;
  readonly data: unknown;
}

function messages(stdout: string): readonly Message[] {
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

function asText({ code, data }: Message): string {
  return `${code} ${JSON.stringify(data)}`;
}
