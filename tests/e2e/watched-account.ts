// A user's desk before a simulated account whose time runs ahead of the wall clock, for what is watched and steered while it goes on.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Fleet } from "../../domain/fleet";
import type { JournalEvent } from "../../migrate/core/model/journal-event";
import { type Simulator, startSimulator } from "../../simulator/start-simulator";
import { type CliEnd, endOf, plainEnvironment, runCli, startCli } from "../migrate/cli/run-cli";
import { inTemporaryDirectory } from "../migrate/files/temporary-directory";
import type { Started } from "./simulated-account";
import { TerminalSession } from "./terminal-session";

/** Simulated seconds a second: a deployment of two minutes takes two seconds. */
const SPEED = 60;
const LOOK_MS = 50;
const LOOKS_MAX = 600;

export interface ScreenSize {
  readonly width: number;
  readonly height: number;
}

export interface WatchedAccount {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly simulator: Simulator;
  /** A command to its end, whose exit code is known. */
  expect(exitCode: number, ...args: readonly string[]): Promise<CliEnd>;
  /** A command in a pipe that is left under way. */
  start(...args: readonly string[]): Started;
  /** A command on a terminal of its own. */
  terminal(args: readonly string[], size?: ScreenSize, more?: Readonly<Record<string, string>>): TerminalSession;
  /** A shell with job control on a terminal. */
  shell(): TerminalSession;
  /** The beginning of the id of the run that was planned. */
  id(): string;
  events(): readonly JournalEvent[];
  /** Looks until it is so; what other processes do tells nobody. */
  until(isSo: () => boolean): Promise<void>;
}

/** Scanned and planned with these flags. */
export function withWatchedAccount(
  { fleet, flags = [] }: { readonly fleet: Fleet; readonly flags?: readonly string[] },
  use: (account: WatchedAccount) => Promise<void>,
): Promise<void> {
  return inTemporaryDirectory(async (cwd) => {
    const simulator = await startSimulator({ fleet, seed: 3, clock: { mode: "scaled", speed: SPEED } });
    const sessions: TerminalSession[] = [];
    const started: Started[] = [];
    const account = accountOf({ cwd, simulator, fleet, sessions, started });
    try {
      const files = await planned(account, fleet, flags);
      for (const [name, text] of Object.entries(files)) await writeFile(path.join(cwd, name), text);
      await use(account);
      assert.deepEqual(simulator.defects(), [], "the simulator itself was wrong");
    } finally {
      for (const { child } of started) child.kill("SIGKILL");
      await Promise.all([...sessions.map((session) => session.close()), ...started.map(({ end }) => end)]);
      await simulator.close();
    }
  });
}

const plannedBefore = new Map<Fleet, Map<string, Readonly<Record<string, string>>>>();

/** Scan and plan are the same for every account of a fleet that begins at the same instant, so they are made once. */
async function planned(
  { cwd, expect }: WatchedAccount,
  fleet: Fleet,
  flags: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const ofFleet = plannedBefore.get(fleet) ?? new Map<string, Readonly<Record<string, string>>>();
  const known = ofFleet.get(flags.join(" "));
  if (known !== undefined) return known;
  await expect(0, "scan", "--quiet");
  await expect(0, "plan", "--quiet", ...flags);
  const text = (name: string) => readFileSync(path.join(cwd, name), "utf8");
  const files = { "fleet.json": text("fleet.json"), "plan.json": text("plan.json") };
  plannedBefore.set(fleet, ofFleet.set(flags.join(" "), files));
  return files;
}

interface Parts {
  readonly cwd: string;
  readonly simulator: Simulator;
  readonly fleet: Fleet;
  readonly sessions: TerminalSession[];
  readonly started: Started[];
}

function accountOf({ cwd, simulator, fleet, sessions, started }: Parts): WatchedAccount {
  const aws = {
    AWS_ACCESS_KEY_ID: fleet.lane.account,
    AWS_SECRET_ACCESS_KEY: "simulated",
    AWS_REGION: fleet.lane.region,
    AWS_ENDPOINT_URL: simulator.endpoint,
  };
  const env = { ...(plainEnvironment() as Record<string, string>), ...aws, TERM: "xterm" };
  const kept = (session: TerminalSession) => {
    sessions.push(session);
    return session;
  };
  const runs = path.join(cwd, "fargate-cmk-runs");
  return {
    cwd,
    env,
    simulator,
    async expect(exitCode, ...args) {
      const end = await runCli(args, { cwd, env });
      assert.equal(end.exitCode, exitCode, `fargate-cmk ${args.join(" ")}\n${end.stdout}${end.stderr}`);
      return end;
    },
    start(...args) {
      const child = startCli(args, { cwd, env });
      child.stdin.end();
      const one = { child, end: endOf(child) };
      started.push(one);
      return one;
    },
    terminal: (args, size = { width: 80, height: 24 }, more = {}) =>
      kept(TerminalSession.cli(args, { cwd, env: { ...env, ...more }, ...size })),
    shell: () =>
      kept(TerminalSession.of(["bash", "--norc", "--noprofile", "-i"], { cwd, env, width: 100, height: 30 })),
    id: () => JSON.parse(readFileSync(path.join(cwd, "plan.json"), "utf8")).planId.slice(0, 12),
    events() {
      const file = existsSync(runs) ? path.join(runs, readdirSync(runs)[0] ?? "", "journal.jsonl") : "";
      if (!existsSync(file)) return [];
      return readFileSync(file, "utf8")
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line).event);
    },
    async until(isSo) {
      for (let look = 0; !isSo(); look += 1) {
        assert.ok(look < LOOKS_MAX, "it has not come about");
        await setTimeout(LOOK_MS);
      }
    },
  };
}
