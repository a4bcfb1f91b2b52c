// Runs one `pulumi` command to its end, or to its limit.
// Invariants
//   a command that outlives its limit or its project is ended, first so that it can clean up, then for good
//   no command outlives the process that runs the tests

import { type ChildProcess, spawn } from "node:child_process";

export interface PulumiCommand {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly limitMs: number;
  /** Ends the command early. */
  readonly signal: AbortSignal;
}

export interface PulumiOutput {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How long the engine may take to close its plugins after it was asked to stop. */
const CLOSING_MS = 10_000;

const running = new Set<ChildProcess>();

process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Resolves with the exit code, whatever it is. Rejects when the command cannot be started or was ended from here. */
export async function runPulumi({ args, env, limitMs, signal }: PulumiCommand): Promise<PulumiOutput> {
  signal.throwIfAborted();
  const child = spawn(pulumiCli(), args, { env, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output.stderr += text;
  });
  const end = endEarly(child, { limitMs, signal });
  try {
    const status = await statusOf(child);
    if (end.reason() === null) return { status, ...output };
  } finally {
    end.clear();
    running.delete(child);
  }
  throw new Error(`pulumi ${args.join(" ")} ${end.reason()}; it said:\n${output.stdout}${output.stderr}`);
}

/** The same output when the command ended well; throws with all that it said when not. */
export function succeeded<Output extends PulumiOutput>(output: Output): Output {
  if (output.status === 0) return output;
  throw new Error(`pulumi ended with ${output.status}; it said:\n${output.stdout}${output.stderr}`);
}

/** The CLI that `npm run test:engine` found or built. */
export function pulumiCli(environment: NodeJS.ProcessEnv = process.env): string {
  const cli = environment.FARGATE_CMK_PULUMI;
  if (cli !== undefined && cli !== "") return cli;
  throw new Error("FARGATE_CMK_PULUMI names no Pulumi CLI: run these tests with `npm run test:engine`, which sets it");
}

function statusOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}

/** Ends the command when its time is up or the signal says so; `reason` is null as long as neither happened. */
function endEarly(child: ChildProcess, { limitMs, signal }: Pick<PulumiCommand, "limitMs" | "signal">) {
  let reason: string | null = null;
  let closing: NodeJS.Timeout | undefined;
  const end = (why: string) => {
    if (reason !== null) return;
    reason = why;
    child.kill("SIGINT");
    closing = setTimeout(() => child.kill("SIGKILL"), CLOSING_MS);
  };
  const limit = setTimeout(() => end(`took longer than ${limitMs} ms`), limitMs);
  const onAbort = () => end("was ended with its project");
  signal.addEventListener("abort", onAbort, { once: true });
  const clear = () => {
    clearTimeout(limit);
    clearTimeout(closing);
    signal.removeEventListener("abort", onAbort);
  };
  return { reason: () => reason, clear };
}
