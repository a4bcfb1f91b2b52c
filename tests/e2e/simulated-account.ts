// A user's desk in front of a simulated AWS account: a directory, the command in processes of its own, and the truth to compare with.
// The simulator lives in the test's process on a clock that moves only when a run waits, so every scenario is quick and repeatable.

import assert from "node:assert/strict";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Fleet } from "../../domain/fleet";
import type { JournalEvent } from "../../migrate/core/model/journal-event";
import type { Plan } from "../../migrate/core/model/plan";
import type { Report, ReportedService } from "../../migrate/core/model/report";
import type { JournalLine } from "../../migrate/ports/run-store";
import { type Simulator, startSimulator } from "../../simulator/start-simulator";
import type { ServiceView, TaskView } from "../../simulator/world/world-view";
import { type CliEnd, endOf, runCli, startCli } from "../migrate/cli/run-cli";
import { type SdkClients, sdkClients } from "../simulator/sdk-clients";
import { type Gateway, openGateway } from "./gateway";

export interface AccountOptions {
  readonly fleet: Fleet;
  readonly seed?: number;
  /** How far reads may lag behind writes. */
  readonly readLagMaxMs?: number;
}

export type Environment = Readonly<Record<string, string>>;

/** A command that is under way. */
export interface Started {
  readonly child: ChildProcessWithoutNullStreams;
  readonly end: Promise<CliEnd>;
}

// The SDK in this process would announce the end of Node 20; the launcher keeps it quiet in the others.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

const NO_CREDENTIALS_ELSEWHERE = {
  AWS_SHARED_CREDENTIALS_FILE: "/nonexistent/credentials",
  AWS_CONFIG_FILE: "/nonexistent/config",
};

export async function withAccount(options: AccountOptions, use: (account: SimulatedAccount) => Promise<void>) {
  const account = await SimulatedAccount.open(options);
  try {
    await use(account);
    assert.deepEqual(account.simulator.defects(), [], "the simulator itself was wrong");
  } finally {
    await account.close();
  }
}

export class SimulatedAccount {
  readonly #children: Started[] = [];

  private constructor(
    readonly directory: string,
    readonly simulator: Simulator,
    readonly gateway: Gateway,
    readonly env: Environment,
  ) {}

  static async open({ fleet, seed = 7, readLagMaxMs = 0 }: AccountOptions): Promise<SimulatedAccount> {
    const directory = await mkdtemp(path.join(tmpdir(), "fargate-cmk-e2e-"));
    const simulator = await startSimulator({ fleet, seed, clock: { mode: "manual" }, readLagMaxMs });
    const gateway = await openGateway(simulator.endpoint);
    const credentials = { AWS_ACCESS_KEY_ID: fleet.lane.account, AWS_SECRET_ACCESS_KEY: "simulated" };
    const lane = { AWS_ENDPOINT_URL: gateway.endpoint, AWS_REGION: fleet.lane.region };
    return new SimulatedAccount(directory, simulator, gateway, {
      ...NO_CREDENTIALS_ELSEWHERE,
      ...credentials,
      ...lane,
    });
  }

  async close(): Promise<void> {
    for (const { child } of this.#children) if (child.exitCode === null) child.kill("SIGKILL");
    await this.gateway.close();
    await this.simulator.close();
    await rm(this.directory, { recursive: true, force: true });
  }

  /** Runs a command to its end. */
  cli(...args: readonly string[]): Promise<CliEnd> {
    return this.cliWith({}, ...args);
  }

  cliWith(env: Environment, ...args: readonly string[]): Promise<CliEnd> {
    return runCli(args, { cwd: this.directory, env: { ...this.env, ...env } });
  }

  /** Starts a command and leaves it under way; it is ended with the account at the latest. */
  start(...args: readonly string[]): Started {
    const child = startCli(args, { cwd: this.directory, env: this.env });
    child.stdin.end();
    const started = { child, end: endOf(child) };
    this.#children.push(started);
    return started;
  }

  /** scan and plan, as a user does before a run; a soak is short unless `flags` say otherwise. */
  async planned(...flags: readonly string[]): Promise<Plan> {
    await this.expect(0, "scan", "--quiet");
    await this.expect(0, "plan", "--quiet", "--soak", "30s", ...flags);
    return this.plan();
  }

  /** Takes over fleet.json and plan.json of an account that is its twin: scanned at the same instant, they would be the same. */
  plannedAs(twin: SimulatedAccount): void {
    for (const name of ["fleet.json", "plan.json"]) copyFileSync(twin.file(name), this.file(name));
  }

  /** A command whose exit code is known; what it said is told when it is another. */
  async expect(exitCode: number, ...args: readonly string[]): Promise<CliEnd> {
    const end = await this.cli(...args);
    assert.equal(end.exitCode, exitCode, `fargate-cmk ${args.join(" ")}\n${end.stdout}${end.stderr}`);
    return end;
  }

  file(name: string): string {
    return path.join(this.directory, name);
  }

  plan(): Plan {
    return JSON.parse(readFileSync(this.file("plan.json"), "utf8"));
  }

  runDirectory(): string {
    return path.join(this.directory, "fargate-cmk-runs", this.plan().planId);
  }

  /** The lines so far; none when there is no journal yet. */
  journal(): readonly JournalLine[] {
    const file = path.join(this.runDirectory(), "journal.jsonl");
    if (!existsSync(file)) return [];
    const whole = readFileSync(file, "utf8").split("\n").slice(0, -1);
    return whole.map((line) => JSON.parse(line));
  }

  /** The events of a kind, with the services' names where they have one. */
  events<K extends JournalEvent["kind"]>(kind: K): readonly Extract<JournalEvent, { kind: K }>[] {
    return this.journal().flatMap(({ event }) =>
      event.kind === kind ? [event as Extract<JournalEvent, { kind: K }>] : [],
    );
  }

  async report(): Promise<Report> {
    return JSON.parse(await readFile(path.join(this.runDirectory(), "report.json"), "utf8"));
  }

  /** Service in the report, by `cluster/service`. */
  async reported(name: string): Promise<ReportedService> {
    const { services } = await this.report();
    const rows = services.filter((row) => `${row.clusterName}/${row.name}` === name);
    assert.equal(rows.length, 1, `${name} stands ${rows.length} times in the report`);
    return rows[0] ?? assert.fail();
  }

  /** The services as they really are, by `cluster/service`. */
  services(): ReadonlyMap<string, ServiceView> {
    const { lanes } = this.simulator.simulation.state();
    const clusters = lanes.flatMap((lane) => lane.clusters);
    return new Map(clusters.flatMap((cluster) => cluster.services.map((one) => [`${cluster.name}/${one.name}`, one])));
  }

  service(name: string): ServiceView {
    return this.services().get(name) ?? assert.fail(`there is no service ${name}`);
  }

  fault(fault: Readonly<Record<string, unknown>>): Promise<void> {
    return this.#steer("fault", fault);
  }

  advance(seconds: number): Promise<void> {
    return this.#steer("advance", { seconds });
  }

  /** As an operator of the simulator does it. */
  async #steer(route: string, body: Readonly<Record<string, unknown>>): Promise<void> {
    const url = new URL(`/_simulator/${route}`, this.simulator.endpoint);
    const answer = await fetch(url, { method: "POST", body: JSON.stringify(body) });
    assert.equal(answer.status, 200, await answer.text());
  }

  /** The real SDK on the same account, as whoever else works there. */
  async withSdk<T>(use: (clients: SdkClients) => Promise<T>): Promise<T> {
    const clients = sdkClients({ endpoint: this.simulator.endpoint });
    try {
      return await use(clients);
    } finally {
      clients.destroy();
    }
  }

  /** How often the simulator was asked for an operation, such as `ecs:UpdateService`, in all processes together. */
  calls(operation: string): number {
    // A name that the log never has would count nothing for ever.
    if (!/^[a-z0-9-]+:[A-Z]/.test(operation)) throw new Error(`${operation} names no service: give ecs:UpdateService`);
    return this.simulator.simulation.calls().byOperation[operation]?.calls ?? 0;
  }

  /**
   * Resolves when the run waits and `isMoment` holds. Until what is returned is called the process is stopped: it would take a
   * simulator that is silent for two seconds for gone.
   */
  moment(run: Started, isMoment: () => boolean): Promise<() => void> {
    const { hooks } = this.gateway;
    const came = new Promise<() => void>((resolve) => {
      hooks.before = ({ operation }) => {
        if (operation !== "advance" || !isMoment()) return "pass";
        hooks.before = () => "pass";
        run.child.kill("SIGSTOP");
        return new Promise((letGo) =>
          resolve(() => {
            run.child.kill("SIGCONT");
            letGo("pass");
          }),
        );
      };
    });
    return Promise.race([came, endedBefore(run, "the moment that the test waits for")]);
  }

  /** The first moment at which the journal holds such a line. */
  momentAfter(run: Started, isLine: (event: JournalEvent) => boolean): Promise<() => void> {
    return this.moment(run, () => this.journal().some(({ event }) => isLine(event)));
  }

  /** Looks at the truth before each request is answered; time passes only by requests, so nothing happens in between. */
  atEveryRequest(look: () => void): void {
    this.gateway.hooks.before = () => {
      look();
      return "pass";
    };
  }

  /** Holds the first such request at such a moment for ever, before AWS sees it or after AWS acted; resolves when it is held. */
  held(run: Started, side: "before" | "after", operation: string, isMoment = () => true): Promise<void> {
    const { hooks } = this.gateway;
    const came = new Promise<void>((resolve) => {
      hooks[side] = (passing) => {
        if (passing.operation !== operation || !isMoment()) return "pass";
        hooks[side] = () => "pass";
        resolve();
        return new Promise(() => {});
      };
    });
    return Promise.race([came, endedBefore(run, operation)]);
  }
}

async function endedBefore({ end }: Started, what: string): Promise<never> {
  const { exitCode, stdout, stderr } = await end;
  return assert.fail(`the command ended with ${exitCode} before ${what}\n${stdout}${stderr}`);
}

/** Tasks that hold a disk, draining ones included. */
export function live({ tasks }: ServiceView): readonly TaskView[] {
  return tasks.filter(({ lastStatus }) => lastStatus !== "STOPPED");
}

/** As `kill -9`: resolves when the process is gone. */
export async function kill({ child }: Started): Promise<void> {
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
}
