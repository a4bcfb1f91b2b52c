// The command line as commander sees it, made from the table of verbs.
// Invariant: building it loads no command; a wrong command line throws and prints nothing by itself.

import { Argument, Command, Option } from "commander";
import { toolVersion } from "./tool-version";
import type { Verb, VerbOption, VerbOptions } from "./verb";
import { VERBS } from "./verbs";

/** What was called, with what. */
export interface Call {
  readonly verb: Verb;
  readonly options: VerbOptions;
  /** Members of `options` that stand on the command line; the others are the table's defaults. */
  readonly typed: ReadonlySet<string>;
}

export interface ProgramOptions {
  /** For help and version texts that were asked for. */
  write(text: string): void;
  /** For the help that a command line without a command gets. */
  writeError(text: string): void;
  onCall(call: Call): void;
}

export const GLOBAL_OPTIONS: readonly VerbOption[] = [
  { flags: "--region <region>", description: "AWS Region (default: AWS_REGION)" },
  { flags: "--profile <name>", description: "profile of the AWS configuration files" },
  { flags: "--role-arn <arn>", description: "role to assume first" },
  {
    flags: "--endpoint-url <url>",
    description: "another AWS endpoint, such as a simulator (default: AWS_ENDPOINT_URL)",
  },
  {
    flags: "--config <file>",
    description: "settings: any option but a few, by its name (default: fargate-cmk.yaml in this directory, if any)",
  },
  { flags: "--no-config", description: "read no settings file" },
  { flags: "--json", description: "JSON lines on stdout, one value or one line an event" },
  { flags: "--quiet", description: "results and errors only" },
  { flags: "--no-color", description: "plain text; NO_COLOR does the same" },
  { flags: "--debug", description: "stacks with errors" },
];

export const EXIT_CODES = `Exit codes:
  0    done, and proved where there is something to prove
  1    a mistake of this program, or AWS failed
  2    wrong usage or bad input
  3    refused: stale plan, lock held, a change that would do harm
  4    paused or stopped with work left
  5    finished with failed or unproved services
  130  interrupted`;

export function buildProgram({ write, writeError, onCall }: ProgramOptions): Command {
  const program = new Command("fargate-cmk")
    .description("Puts a customer managed KMS key under the ephemeral storage of ECS tasks on Fargate, and proves it.")
    .version(toolVersion(), "--version", "the version of this program")
    .helpOption("--help", "this text")
    .helpCommand("help [command]", "how to use a command")
    .showSuggestionAfterError(true)
    .configureOutput({ writeOut: write, writeErr: writeError, outputError: () => undefined })
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .addHelpText("after", `\n${EXIT_CODES}\n\nFirst look, without an AWS account: fargate-cmk demo`);
  for (const option of GLOBAL_OPTIONS) program.addOption(toOption(option));
  for (const verb of VERBS) addVerb(program, verb, onCall);
  return program;
}

function addVerb(program: Command, verb: Verb, onCall: ProgramOptions["onCall"]): void {
  const command = program
    .command(verb.name)
    .summary(verb.summary)
    .description(`${capital(verb.summary)}.`);
  for (const { notation, description } of verb.arguments) command.addArgument(new Argument(notation, description));
  for (const option of verb.options) command.addOption(toOption(option));
  command.addHelpText("after", `\nExample:\n  ${verb.example}`);
  command.action((...given: readonly unknown[]) => {
    const named = verb.arguments.map(({ notation }, index) => [notation.slice(1, -1), given[index]] as const);
    const args = Object.fromEntries(named.filter(([, value]) => value !== undefined));
    const options: VerbOptions = { ...command.optsWithGlobals<VerbOptions>(), ...args };
    const isTyped = (member: string): boolean => command.getOptionValueSourceWithGlobals(member) === "cli";
    onCall({ verb, options, typed: new Set(Object.keys(options).filter(isTyped)) });
  });
}

function toOption({ flags, description, default: value, choices, required, repeated }: VerbOption): Option {
  const option = new Option(flags, description);
  if (value !== undefined) option.default(value);
  if (choices !== undefined) option.choices([...choices]);
  if (required === true) option.makeOptionMandatory();
  if (repeated === true) option.argParser((text, before: readonly string[] | undefined) => [...(before ?? []), text]);
  return option;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
