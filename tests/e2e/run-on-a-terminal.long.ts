// A run as a person has it in front of them: on a real terminal, with keys, Ctrl-C and Ctrl-Z, a window that changes and hangs up.

import assert from "node:assert/strict";
import { aFleet } from "../../simulator/fleet-builder";
import type { TerminalSession } from "./terminal-session";
import { type WatchedAccount, withWatchedAccount } from "./watched-account";

const FLEET = aFleet()
  .key("pay-key", { clusters: ["pay"] })
  .cluster("pay", { key: "pay-key" })
  .service("api", { desired: 2 })
  .service("ledger", { desired: 2 })
  .build();
/** Old tasks leave the load balancer for minutes, so that there is time to press keys. */
const SLOW_FLEET = aFleet()
  .key("pay-key", { clusters: ["pay"] })
  .cluster("pay", { key: "pay-key" })
  .service("api", { desired: 2 })
  .behindLoadBalancer()
  .service("ledger", { desired: 2 })
  .behindLoadBalancer()
  .build();
const FLAGS = ["--soak", "20s", "--approve"];
const SLOWLY = { fleet: SLOW_FLEET, flags: FLAGS };
const GATED = { fleet: FLEET, flags: FLAGS };
const CTRL_C = "\u0003";
const CTRL_Z = "\u001a";
/** As a terminal's end is told of a process that died of it. */
const SIGHUP = 1;
const AS_A_SHELL_NEEDS_IT = { echo: true, lines: true };

describe("a run on a terminal", function () {
  this.timeout(60_000);

  it("shows one calm block, says yes at the gate by a key, and a second terminal shows the same to the end", () =>
    withWatchedAccount(GATED, async (account) => {
      const run = account.terminal(["run", "plan.json"]);
      await run.shows(/1 canary/);
      const watch = account.terminal(["status", account.id(), "--watch"]);
      await run.shows(/y yes to wave 2/);
      await watch.shows(/fargate-cmk approve \w{12}/);
      assert.doesNotMatch(watch.screen(), /y yes|calls/);
      run.press("y");
      assert.deepEqual([await run.ended, await watch.ended], [0, 0]);
      for (const session of [run, watch]) {
        assert.deepEqual(wavesOn(session), ["1 canary ██████████  1/1  proved", "2 first 5 % ██████████  1/1  proved"]);
        assert.match(session.everything(), /run \w{6} · 111122223333 eu-west-1 +finished in \d+ min\n/);
        assert.equal(headsOn(session), 1);
        assert.deepEqual(session.mode, AS_A_SHELL_NEEDS_IT);
      }
      assert.match(run.everything(), /run \w{6} finished: everything planned is proved in/);
      assert.match(watch.everything(), /run \w{6} finished, all proved after .* Report: /);
    }));

  it("pauses, goes on, explains, asks before it aborts and rolls back, all by keys through the one control file", () =>
    withWatchedAccount(SLOWLY, async (account) => {
      const run = account.terminal(["run", "plan.json"]);
      await run.shows(/1 on its way/);
      run.press("qx");
      run.press("p");
      await run.shows(/in, paused\n[\s\S]*p go on/);
      run.press("?");
      await run.shows(/After the last wave|Wave 2 opens when/);
      run.press("?p");
      await run.shows(/p pause/);
      run.press("a");
      await run.shows(/abort: a again, r to also roll back what is on its way/);
      run.press("x");
      await run.shows(/p pause/);
      assert.deepEqual(requests(account), ["pause", "resume"]);
      run.press("ar");
      assert.equal(await run.ended, 4);
      assert.deepEqual(requests(account), ["pause", "resume", "abort-and-roll-back"]);
      assert.match(run.everything(), /aborted after/);
      assert.deepEqual(run.mode, AS_A_SHELL_NEEDS_IT);
    }));

  it("closes its journal at Ctrl-C, which a raw terminal makes no signal of, and quits at once at the second", () =>
    withWatchedAccount(SLOWLY, async (account) => {
      const first = account.terminal(["run", "plan.json"]);
      await first.shows(/1 on its way/);
      first.press(CTRL_C);
      assert.equal(await first.ended, 130);
      assert.deepEqual(account.events().at(-1)?.kind, "paused");
      assert.match(
        first.everything(),
        /Stopping\. Ctrl-C again quits at once\.\n[\s\S]*to go on: fargate-cmk run plan\.json/,
      );
      assert.equal(headsOn(first), 1);
      assert.deepEqual(first.mode, AS_A_SHELL_NEEDS_IT);
      const second = account.terminal(["run", "plan.json"]);
      await second.shows(/p pause/);
      second.press(CTRL_C + CTRL_C);
      assert.equal(await second.ended, 130);
      assert.deepEqual(second.mode, AS_A_SHELL_NEEDS_IT);
    }));

  it("gives the terminal back while it is suspended, and draws anew when it goes on", () =>
    withWatchedAccount(SLOWLY, async (account) => {
      const run = account.terminal(["run", "plan.json"]);
      await run.shows(/1 on its way/);
      assert.deepEqual(await run.readMode(), { echo: false, lines: false });
      run.press(CTRL_Z);
      await run.until("the run is suspended", () => run.stops === 1);
      assert.deepEqual(await run.readMode(), AS_A_SHELL_NEEDS_IT);
      run.signal("SIGCONT");
      await run.until("the block stands there anew", () => headsOn(run) === 2);
      assert.deepEqual(await run.readMode(), { echo: false, lines: false });
      run.press("y?");
      await run.shows(/\? back/);
      run.signal("SIGTERM");
      assert.equal(await run.ended, 130);
      assert.deepEqual([run.mode, account.events().at(-1)?.kind], [AS_A_SHELL_NEEDS_IT, "paused"]);
    }));

  it("goes on in the background of a shell, quietly, and comes back to the front", () =>
    withWatchedAccount(SLOWLY, async (account) => {
      const shell = account.shell();
      shell.press(`${process.execPath} ${cliPath()} run plan.json\n`);
      await shell.shows(/1 on its way/);
      shell.press(CTRL_Z);
      await shell.shows(/Stopped/);
      shell.press("bg\n");
      await shell.until("the run closes its first wave", () =>
        account.events().some(({ kind }) => kind === "wave-closed"),
      );
      assert.equal(headsOn(shell), 1);
      shell.press("fg\n");
      await shell.shows(/y yes to wave 2/);
      shell.press(`y`);
      await shell.until("the yes is taken", () => requests(account).includes("approve"));
      shell.press(CTRL_C);
      await shell.shows(/to go on: fargate-cmk run plan\.json/);
      shell.press("exit\n");
      await shell.ended;
    }));

  it("pauses when its terminal hangs up, and takes no harm from a watcher's", () =>
    withWatchedAccount(SLOWLY, async (account) => {
      const run = account.terminal(["run", "plan.json"]);
      await run.shows(/1 on its way/);
      const watch = account.terminal(["status", account.id(), "--watch"]);
      await watch.shows(/1 on its way/);
      watch.hangUp();
      assert.equal(await watch.ended, -SIGHUP);
      assert.notEqual(account.events().at(-1)?.kind, "paused");
      run.hangUp();
      assert.equal(await run.ended, -SIGHUP);
      assert.equal(account.events().at(-1)?.kind, "paused");
    }));

  it("stands right after every change of the window", () =>
    withWatchedAccount(SLOWLY, async (account) => {
      const run = account.terminal(["run", "plan.json"], { width: 120, height: 40 });
      await run.shows(/1 on its way/);
      for (const [width, height] of [
        [60, 15],
        [200, 50],
        [80, 24],
      ] as const) {
        const before = run.written.length;
        run.resize(width, height);
        await run.until("the block is drawn anew", () => run.written.slice(before).includes("?"));
        await run.shows(/what happens now/);
        assert.equal(headsOn(run), 1, run.everything());
        for (const line of run.screen().split("\n")) assert.ok(line.length <= width);
      }
    }));

  it("is plain lines in CI and on a dumb terminal: no block, no colour, nothing that moves", async () => {
    const plainly = (env: Readonly<Record<string, string>>) =>
      withWatchedAccount({ fleet: FLEET, flags: ["--soak", "0"] }, async (account) => {
        const run = account.terminal(["run", "plan.json"], undefined, env);
        assert.equal(await run.ended, 0);
        assert.doesNotMatch(run.written, new RegExp(String.fromCharCode(27)));
        assert.match(run.written, /^\d\d:\d\d:\d\d pay\/\w+ proved: 2 tasks on …\/key\//m);
      });
    await Promise.all([plainly({ CI: "true" }), plainly({ TERM: "dumb" })]);
  });
});

function wavesOn(session: TerminalSession): readonly string[] {
  const lines = session.everything().split("\n");
  return lines
    .filter((line) => /^ {2}\d .*░|^ {2}\d .*█/.test(line))
    .map((line) => line.trim().replace(/ {2,}(?=█)/, " "));
}

/** How many blocks stand on the screen and above it. */
function headsOn(session: TerminalSession): number {
  return session.everything().match(/^run \w{6} .*(?: in, |finished in|aborted after)/gm)?.length ?? 0;
}

function requests(account: WatchedAccount): readonly string[] {
  return account.events().flatMap((event) => (event.kind === "control" ? [event.request] : []));
}

function cliPath(): string {
  return require.resolve("../migrate/cli/start-cli");
}
