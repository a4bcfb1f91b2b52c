// `demo`: the whole story on the embedded AWS, told with the commands that a user has, each in a process of its own.
//
// Invariants
//   every step is a command that can be typed; the demo only starts the simulator and says what comes next
//   time is the simulator's: it moves when the run waits, so an hour of deployments takes seconds
//   the exit code is 0 only when every step ended as the story says (a failed service is part of it)

import { spawn } from "node:child_process";
import path from "node:path";
import { demoFleet } from "../../simulator/demo-fleet";
import { startSimulator } from "../../simulator/start-simulator";
import { prepareDemoDirectory } from "../adapters/files/demo-directory";
import { type CommandContext, EXIT, type GlobalOptions } from "./command-context";
import { numberOf } from "./option-values";

const SEED_MAX = 2 ** 31 - 1;

export interface DemoOptions extends GlobalOptions {
  readonly seed?: string;
  readonly out?: string;
}

export async function demoCommand(options: DemoOptions, context: CommandContext): Promise<number> {
  const seed = numberOf(options.seed ?? "1", { option: "--seed", min: 0, max: SEED_MAX });
  const directory = await prepareDemoDirectory(options.out, context.cwd);
  const fleet = demoFleet({ seed });
  const simulator = await startSimulator({ fleet, seed, clock: { mode: "manual" }, readLagMaxMs: READ_LAG_MAX_MS });
  try {
    context.output.emit("demo.started", { seed, endpoint: simulator.endpoint, directory });
    for (const step of story(directory)) {
      context.output.emit("demo.step", { title: step.title, command: ["fargate-cmk", ...step.args].join(" ") });
      const exitCode = await typed(step.args, { context, endpoint: simulator.endpoint, region: fleet.lane.region });
      if (context.signal.aborted) return EXIT.interrupted;
      if (!step.exitCodes.includes(exitCode)) return exitCode;
    }
    context.output.emit("demo.finished", { directory, report: path.join(directory, "report.md") });
    return EXIT.done;
  } finally {
    await simulator.close();
  }
}

/** Reads lag behind writes in the demo as they do in AWS. */
const READ_LAG_MAX_MS = 2_000;

interface Step {
  readonly title: string;
  readonly args: readonly string[];
  readonly exitCodes: readonly number[];
}

function story(directory: string): readonly Step[] {
  const file = (name: string) => path.join(directory, name);
  return [
    {
      title: "What runs there, and on which key?",
      args: ["scan", "--out", file("fleet.json")],
      exitCodes: [EXIT.done],
    },
    {
      title: "What would a run do, what not, and why?",
      args: ["plan", file("fleet.json"), "--out", file("plan.json"), "--order", "tag:tier=dev,staging,prod"],
      exitCodes: [EXIT.done],
    },
    {
      title: "Redeploy in waves and prove every task. (One service cannot start its new tasks.)",
      args: ["run", file("plan.json"), "--run-dir", directory],
      exitCodes: [EXIT.done, EXIT.unproved],
    },
    {
      title: "And now? What every running task says, asked anew.",
      args: ["verify"],
      exitCodes: [EXIT.done],
    },
  ];
}

interface Typing {
  readonly context: CommandContext;
  readonly endpoint: string;
  readonly region: string;
}

/** Runs one command as if it had been typed, on this terminal. */
function typed(args: readonly string[], { context, endpoint, region }: Typing): Promise<number> {
  const launcher = process.argv[1] ?? "fargate-cmk";
  const flags = [...(context.json ? ["--json"] : []), ...(context.quiet ? ["--quiet"] : [])];
  const child = spawn(process.execPath, [launcher, ...args, ...flags], {
    cwd: context.cwd,
    stdio: "inherit",
    env: { ...withoutAws(context.env), ...SIMULATED_CREDENTIALS, AWS_REGION: region, AWS_ENDPOINT_URL: endpoint },
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? EXIT.interrupted));
  });
}

/** Any credentials do for the simulator; real ones never reach it. */
const SIMULATED_CREDENTIALS = { AWS_ACCESS_KEY_ID: "111122223333", AWS_SECRET_ACCESS_KEY: "simulated" };

function withoutAws(env: CommandContext["env"]): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("AWS_")));
}
