// `run PLAN`: executes a plan, or goes on with it when its run directory holds an unfinished journal.
//
// Invariants
//   nothing that changes anything is sent before plan, fleet, account and lock are what they must be and the preflight lets it pass
//   however the run ends, the report of what is known so far is written

import path from "node:path";
import { openAws } from "../adapters/aws/open-aws";
import { rebuiltJournal } from "../adapters/files/rebuilt-journal";
import { prepareRunDirectory, runDirectoryFor } from "../adapters/files/run-directory";
import { openRunStore } from "../adapters/files/run-store";
import type { RunSettings } from "../core/machine/command";
import type { Plan } from "../core/model/plan";
import type { Preflight } from "../core/model/preflight";
import { type RunEnd, runPlan } from "../drive/run";
import { FargateCmkError } from "../errors";
import type { Clock } from "../ports/clock";
import type { JournalLine } from "../ports/run-store";
import { awsOptions } from "./aws-connection";
import { type CommandContext, EXIT, type GlobalOptions } from "./command-context";
import { commandsForRun, type RunCommands } from "./commands-for-run";
import { numberOf } from "./option-values";
import { exitCodeOf } from "./outcome-exit";
import { type PlanInputs, readPlanInputs } from "./plan-inputs";
import { preflightOfRun } from "./preflight-of-run";
import { waiversOf } from "./preflight-waivers";
import { runScreen } from "./run-screen";
import { writeRunReport } from "./write-run-report";

export interface RunOptions extends GlobalOptions {
  readonly plan: string;
  readonly fleet?: string;
  readonly runDir?: string;
  readonly accept?: readonly string[];
  readonly limit?: string;
  readonly only?: "failed";
  readonly onKeyTrouble?: RunSettings["onKeyTrouble"];
  readonly rebuild?: boolean;
}

const LIMIT = { option: "--limit", min: 1, max: 100_000 };

export async function runCommand(options: RunOptions, context: CommandContext): Promise<number> {
  const accept = waiversOf(options.accept);
  const settings = settingsOf(options);
  const inputs = await readPlanInputs(options, context.cwd);
  const { plan, planFile, planText, fleetText } = inputs;
  const directory = runDirectoryOf(plan, options.runDir, context.cwd);
  const region = options.region ?? plan.lane.region;
  const connection = await awsOptions({ ...options, region }, context);
  const aws = await openAws(connection);
  try {
    const identity = await aws.account.identity();
    checkAccount(plan, { account: identity.account, region: aws.region });
    await prepareRunDirectory({ directory, planText, fleetText });
    const rebuilt = await rebuiltJournal(directory, options.rebuild === true);
    const commands = commandsForRun({ planId: plan.planId, directory, planFile, cwd: context.cwd });
    const toAsk = { ...inputs, aws, identity, accept, directory, run: commands.run };
    const preflight = await preflightOfRun(toAsk, context);
    const { clock } = connection;
    const how = { settings, retryFailed: options.only === "failed", rebuilt };
    const caller = identity.principalArn;
    return await execute({ ...inputs, ...how, directory, clock, aws, caller, commands, preflight }, context);
  } finally {
    aws.close();
  }
}

interface Execution extends PlanInputs {
  readonly directory: string;
  readonly clock: Clock;
  readonly aws: Awaited<ReturnType<typeof openAws>>;
  readonly caller: string;
  readonly commands: RunCommands;
  /** Null when the journal holds it already. */
  readonly preflight: Preflight | null;
  readonly settings: RunSettings;
  readonly retryFailed: boolean;
  /** Why a new journal is begun; null when it is not. */
  readonly rebuilt: string | null;
}

function settingsOf({ onKeyTrouble = "rollback", limit }: RunOptions): RunSettings {
  return { onKeyTrouble, limit: limit === undefined ? null : numberOf(limit, LIMIT) };
}

async function execute(execution: Execution, context: CommandContext): Promise<number> {
  const { plan, fleet, directory, clock, aws, caller, commands, preflight, settings, retryFailed, rebuilt } = execution;
  const { store, repaired, clockBehindMs, release } = await openRunStore({ directory, clock });
  try {
    const lines = await store.read();
    announceStart({ plan, directory, lines, repaired, retryFailed }, context);
    if (clockBehindMs >= CLOCK_BEHIND_TOLD_MS) context.output.emit("run.clock-behind", { byMs: clockBehindMs });
    const screen = runScreen({ context, plan, fleet, directory, clock, commands, calls: () => aws.gate.counts() });
    const end = await runPlan({
      ecs: aws.ecs,
      account: aws.account,
      surroundings: aws.surroundings,
      store,
      clock,
      output: screen.output,
      plan,
      fleet,
      caller,
      toolVersion: context.toolVersion,
      repaired,
      ...(preflight === null ? {} : { preflight }),
      ...(rebuilt === null ? {} : { rebuilt }),
      settings,
      retryFailed,
      commands,
      signal: context.signal,
      onTurn: screen.show,
    }).finally(() => screen.leave());
    const next = end.state.status === "halted" ? `${commands.resume}, then ${commands.run}` : commands.run;
    await writeRunReport({ directory, store, state: end.state, callCounts: aws.gate.counts(), next }, context);
    return exitCodeAt(end);
  } finally {
    await release();
  }
}

/** A clock that is less behind the one that wrote the journal is not worth a word. */
const CLOCK_BEHIND_TOLD_MS = 1_000;

interface Start {
  readonly plan: Plan;
  readonly directory: string;
  readonly lines: readonly JournalLine[];
  readonly repaired: string | null;
  readonly retryFailed: boolean;
}

function announceStart(start: Start, { output }: CommandContext): void {
  const { plan, directory, lines, repaired, retryFailed } = start;
  if (repaired !== null)
    output.emit("journal.repaired", { file: path.join(directory, "journal.jsonl"), what: repaired });
  const isOver = lines.at(-1)?.event.kind === "finished";
  const finished = isOver && !(retryFailed && lines.some(({ event }) => event.kind === "failed"));
  if (lines.length > 0) output.emit("run.resumed", { planId: plan.planId, directory, events: lines.length, finished });
  else
    output.emit("run.started", {
      planId: plan.planId,
      directory,
      services: plan.services.length,
      waves: plan.waves.length,
    });
}

function exitCodeAt({ end, state }: RunEnd): number {
  if (end === "interrupted") return EXIT.interrupted;
  return end === "left" ? EXIT.workLeft : exitCodeOf(state.outcome);
}

function runDirectoryOf(plan: Plan, option: string | undefined, cwd: string): string {
  return option === undefined ? runDirectoryFor(plan.planId, cwd) : path.resolve(cwd, option);
}

function checkAccount(plan: Plan, here: { readonly account: string; readonly region: string }): void {
  const { account, region } = plan.lane;
  if (here.account === account && here.region === region) return;
  throw new FargateCmkError("wrong-account", {
    message: `the plan is for account ${account} in ${region}, the credentials are for ${here.account} in ${here.region}`,
    remedy: "give the --profile, --role-arn and --region of the account that was scanned",
  });
}
