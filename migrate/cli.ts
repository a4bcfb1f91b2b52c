// argv → command, error → exit code; nothing else.
//
// Invariants
//   a command's module is loaded only when it is called
//   the first Ctrl-C asks a command that has something open to stop, and ends any other; the second quits at once
//   a terminal that hangs up is as a first Ctrl-C, however often it is told; the process then dies of it
//   whatever goes wrong becomes one paragraph on stderr and an exit code of docs/cli.md

import { CommanderError } from "commander";
import { createSystemClock } from "./adapters/clocks/system-clock";
import { errorParagraph } from "./adapters/terminal/error-paragraph";
import { lineWriter } from "./adapters/terminal/line-writer";
import { terminalFacts } from "./adapters/terminal/terminal-facts";
import { type TerminalOutputOptions, terminalOutput } from "./adapters/terminal/terminal-output";
import { type CommandContext, EXIT, type GlobalOptions } from "./commands/command-context";
import { machineContext } from "./commands/machine-context";
import { buildProgram, type Call, GLOBAL_OPTIONS } from "./commands/program";
import { type LoadedSettings, loadSettings } from "./commands/settings/load-settings";
import { withOrigin } from "./commands/settings/with-origin";
import { toFargateCmkError } from "./commands/to-fargate-cmk-error";
import type { Verb } from "./commands/verb";
import { VERBS } from "./commands/verbs";
import type { Output } from "./ports/output";

const stdout = lineWriter(process.stdout);
const stderr = lineWriter(process.stderr);

/** Called by the launcher: runs this process's command line and leaves its exit code behind. */
export async function start(): Promise<void> {
  process.exitCode = await exitCodeOf(process.argv.slice(2));
  if (hasHungUp) dieOfHangUp();
}

let hasHungUp = false;

/** Node aborts at exit when it cannot give a terminal back that has gone away; a process that dies of its signal does not. */
function dieOfHangUp(): void {
  process.removeAllListeners("SIGHUP");
  process.kill(process.pid, "SIGHUP");
}

async function exitCodeOf(argv: readonly string[]): Promise<number> {
  const calls: Call[] = [];
  try {
    const program = buildProgram({
      write: (text) => stdout.write(text.trimEnd()),
      writeError: (text) => stderr.write(text.trimEnd()),
      onCall: (call) => calls.push(call),
    });
    await program.parseAsync([...argv], { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
    if (error instanceof CommanderError && error.code === "commander.help") return EXIT.usage;
    return explain(error, { output: outputFor(globalsIn(argv)), options: globalsIn(argv), help: helpFor(argv) });
  }
  const call = calls[0];
  return call === undefined ? EXIT.done : perform(call);
}

async function perform(call: Call): Promise<number> {
  try {
    const settings = await loadSettings(call, { cwd: process.cwd(), env: process.env, table: SETTINGS_TABLE });
    return await performWith(call.verb, settings);
  } catch (error) {
    return explain(error, { output: outputFor(call.options, { yields: call.verb.yields }), options: call.options });
  }
}

const SETTINGS_TABLE = { globals: GLOBAL_OPTIONS, verbs: VERBS };

async function performWith(verb: Verb, { options, origins, passedOver }: LoadedSettings): Promise<number> {
  const interruption = new AbortController();
  const output = outputFor(options, { yields: verb.yields });
  if (passedOver !== null) output.emit("settings.passed-over", { file: passedOver });
  if (origins.size > 0) output.emit("settings.used", { origins: Object.fromEntries(origins) });
  const hasSomethingOpen = verb.yields === "events" || verb.closes?.(options) === true;
  const interrupt = (): void => {
    if (interruption.signal.aborted || !hasSomethingOpen) process.exit(EXIT.interrupted);
    output.emit("command.interrupted", { command: verb.name });
    interruption.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, interrupt);
  process.on("SIGHUP", () => {
    // Without any terminal nothing hangs up: `nohup` asked for it to be ignored.
    if (!hasTerminal()) return;
    hasHungUp = true;
    if (!hasSomethingOpen) dieOfHangUp();
    // A shell that goes away may send it twice.
    else if (!interruption.signal.aborted) interrupt();
  });
  const eventOutput: CommandContext["eventOutput"] = (clock) =>
    outputFor(options, { yields: "events", clock, timed: true });
  try {
    return await verb.load()(
      options as never,
      machineContext({ output, eventOutput, options, signal: interruption.signal }),
    );
  } catch (error) {
    return explain(withOrigin(error, origins), { output, options });
  }
}

function hasTerminal(): boolean {
  return [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY === true);
}

type OutputStyle = Partial<Pick<TerminalOutputOptions, "yields" | "clock" | "timed">>;

function outputFor(options: GlobalOptions, style: OutputStyle = {}): Output {
  return terminalOutput({
    stdout,
    stderr,
    clock: createSystemClock(),
    yields: "value",
    ...style,
    json: options.json === true,
    quiet: options.quiet === true,
    color: errorFacts(options).color,
  });
}

interface Explanation {
  readonly output: Output;
  readonly options: GlobalOptions;
  readonly help?: string;
}

/** Once for people on stderr; with --json once more as a line on stdout. */
function explain(thrown: unknown, { output, options, help }: Explanation): number {
  const error = toFargateCmkError(thrown, help);
  const { code, owner, message, remedy, exitCode } = error;
  const { color, isTTY, width } = errorFacts(options);
  const style = { color, debug: options.debug === true, width: isTTY ? width : Number.POSITIVE_INFINITY };
  stderr.write(errorParagraph(error, style));
  if (options.json === true) output.emit("command.failed", { error: code, owner, message, remedy, exitCode });
  return exitCode;
}

function errorFacts(options: GlobalOptions) {
  return terminalFacts({ stream: process.stderr, env: process.env, colorWanted: options.color });
}

/** For a command line that could not be parsed: the help of the verb in it. */
function helpFor(argv: readonly string[]): string {
  const verb = VERBS.find(({ name }) => argv.includes(name));
  return ["fargate-cmk", ...(verb === undefined ? [] : [verb.name]), "--help"].join(" ");
}

/** For a command line that could not be parsed: what it wants all the same. */
function globalsIn(argv: readonly string[]): GlobalOptions {
  return { json: argv.includes("--json"), color: !argv.includes("--no-color"), debug: argv.includes("--debug") };
}
