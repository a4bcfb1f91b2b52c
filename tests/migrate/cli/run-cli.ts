// Runs the command in a process of its own, as a person would, with an environment that holds nothing of AWS.

import assert from "node:assert/strict";
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import path from "node:path";

export interface CliEnd {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
}

export function startCli(args: readonly string[], { cwd, env }: CliOptions = {}): ChildProcessWithoutNullStreams {
  const [program = "", ...rest] = cliCommand(args);
  return spawn(program, rest, {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...plainEnvironment(), ...env },
  });
}

/** The command line that starts it, for whoever starts it some other way. */
export function cliCommand(args: readonly string[]): readonly string[] {
  return [process.execPath, path.join(__dirname, "start-cli.js"), ...args];
}

export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliEnd> {
  const child = startCli(args, options);
  child.stdin.end(options.stdin ?? "");
  return endOf(child);
}

export function endOf(child: ChildProcessWithoutNullStreams): Promise<CliEnd> {
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => {
      said[name] += text;
    });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ exitCode, ...said }));
  });
}

export interface JsonLine {
  readonly v: number;
  readonly code: string;
  readonly at: string;
  // Each test knows what the code that it asked for carries.
  // biome-ignore lint/suspicious/noExplicitAny: read by the test that expects it
  readonly data: any;
}

/** The lines of stdout, each of which must be JSON. */
export function jsonLines({ stdout }: CliEnd): readonly JsonLine[] {
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

/** The one line that a command which yields a value prints. */
export function jsonLine(end: CliEnd): JsonLine {
  const [line, ...more] = jsonLines(end);
  assert.ok(line !== undefined && more.length === 0, `not one JSON line: ${end.stdout}${end.stderr}`);
  return line;
}

/** This process's, without anything of AWS and of colours. */
export function plainEnvironment(): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS_|NO_COLOR|FORCE_COLOR|CI$)/.test(name));
  return { ...Object.fromEntries(kept), AWS_EC2_METADATA_DISABLED: "true" };
}
