// `run PLAN`: executes a plan, or goes on with it when its run directory holds an unfinished journal.
//
// Invariants
//   nothing is sent to AWS before the plan, its fleet, the account and the lock are what they must be
//   however the run ends, the report of what is known so far is written

import path from "node:path";
import type { Fleet } from "../../domain/fleet";
import { openAws } from "../adapters/aws/open-aws";
import { readTextFile, readTextFileIfAny } from "../adapters/files/read-text-file";
import { prepareRunDirectory, runDirectoryFor } from "../adapters/files/run-directory";
import { openRunStore } from "../adapters/files/run-store";
import { sha256Hex } from "../core/canonical-json";
import { parseFleet } from "../core/model/parse-fleet";
import { parsePlan } from "../core/model/parse-plan";
import type { Plan } from "../core/model/plan";
import { type RunEnd, runPlan } from "../drive/run";
import { FargateCmkError } from "../errors";
import type { Clock } from "../ports/clock";
import type { JournalLine } from "../ports/run-store";
import { awsOptions } from "./aws-connection";
import { type CommandContext, EXIT, type GlobalOptions } from "./command-context";
import { commandsForRun } from "./commands-for-run";
import { runScreen } from "./run-screen";
import { writeRunReport } from "./write-run-report";

export interface RunOptions extends GlobalOptions {
  readonly plan: string;
  readonly fleet?: string;
  readonly runDir?: string;
}

export async function runCommand(options: RunOptions, context: CommandContext): Promise<number> {
  const planFile = path.resolve(context.cwd, options.plan);
  const inputs = await readInputs(planFile, options.fleet, context.cwd);
  const directory = runDirectoryOf(inputs.plan, options.runDir, context.cwd);
  const region = options.region ?? inputs.plan.lane.region;
  const connection = await awsOptions({ ...options, region }, context);
  const aws = await openAws(connection);
  try {
    const identity = await aws.account.identity();
    checkAccount(inputs.plan, { account: identity.account, region: aws.region });
    await prepareRunDirectory({ directory, planText: inputs.planText, fleetText: inputs.fleetText });
    const { clock } = connection;
    return await execute({ ...inputs, directory, clock, aws, caller: identity.principalArn, planFile }, context);
  } finally {
    aws.close();
  }
}

interface Inputs {
  readonly plan: Plan;
  readonly planText: string;
  readonly fleet: Fleet;
  readonly fleetText: string;
}

interface Execution extends Inputs {
  readonly directory: string;
  readonly planFile: string;
  readonly clock: Clock;
  readonly aws: Awaited<ReturnType<typeof openAws>>;
  readonly caller: string;
}

async function execute(execution: Execution, context: CommandContext): Promise<number> {
  const { plan, fleet, directory, clock, aws, caller } = execution;
  const { store, repaired, release } = await openRunStore({ directory, clock });
  try {
    const lines = await store.read();
    announceStart({ plan, directory, lines, repaired }, context);
    const { planId } = plan;
    const commands = commandsForRun({ planId, directory, planFile: execution.planFile, cwd: context.cwd });
    const { reference } = commands;
    const screen = runScreen({ context, plan, clock, reference, calls: () => aws.gate.counts() });
    const end = await runPlan({
      ecs: aws.ecs,
      account: aws.account,
      store,
      clock,
      output: screen.output,
      plan,
      fleet,
      caller,
      toolVersion: context.toolVersion,
      repaired,
      resumeCommand: commands.run,
      resumeHalted: `To go on all the same: ${commands.resume}, then ${commands.run}`,
      signal: context.signal,
      onTurn: screen.show,
    });
    screen.leave();
    const next = end.state.status === "halted" ? `${commands.resume}, then ${commands.run}` : commands.run;
    await writeRunReport({ directory, store, state: end.state, callCounts: aws.gate.counts(), next }, context);
    return exitCodeOf(end);
  } finally {
    await release();
  }
}

interface Start {
  readonly plan: Plan;
  readonly directory: string;
  readonly lines: readonly JournalLine[];
  readonly repaired: string | null;
}

function announceStart(start: Start, { output }: CommandContext): void {
  const { plan, directory, lines, repaired } = start;
  if (repaired !== null)
    output.emit("journal.repaired", { file: path.join(directory, "journal.jsonl"), what: repaired });
  const finished = lines.at(-1)?.event.kind === "finished";
  if (lines.length > 0) output.emit("run.resumed", { planId: plan.planId, directory, events: lines.length, finished });
  else
    output.emit("run.started", {
      planId: plan.planId,
      directory,
      services: plan.services.length,
      waves: plan.waves.length,
    });
}

function exitCodeOf({ end, state }: RunEnd): number {
  if (end === "interrupted") return EXIT.interrupted;
  if (end === "left" || state.outcome === "aborted") return EXIT.workLeft;
  return state.outcome === "proved" ? EXIT.done : EXIT.unproved;
}

async function readInputs(planFile: string, fleetOption: string | undefined, cwd: string): Promise<Inputs> {
  const shown = path.relative(cwd, planFile);
  const planText = await readTextFile(planFile, shown);
  const plan = parsePlan(planText, shown);
  const fleetFile =
    fleetOption === undefined ? await fleetBeside(planFile, plan.fleet.file) : path.resolve(cwd, fleetOption);
  const fleetShown = path.relative(cwd, fleetFile);
  const fleetText = await readTextFile(fleetFile, fleetShown);
  if (sha256Hex(fleetText) !== plan.fleet.sha256) throw otherFleet(plan, fleetShown);
  return { plan, planText, fleet: parseFleet(fleetText, fleetShown), fleetText };
}

/** Where the plan says, or beside it: a run directory keeps its fleet as fleet.json whatever it was called before. */
async function fleetBeside(planFile: string, named: string): Promise<string> {
  const folder = path.dirname(planFile);
  const asNamed = path.resolve(folder, named);
  return (await readTextFileIfAny(asNamed)) === null ? path.join(folder, "fleet.json") : asNamed;
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

function otherFleet(plan: Plan, fleetFile: string): FargateCmkError {
  return new FargateCmkError("plan-mismatch", {
    message: `${fleetFile} is not the fleet that plan ${plan.planId.slice(0, 6)} was made from`,
    remedy: "give that fleet with --fleet, or make a new plan: fargate-cmk plan",
  });
}
