// One verb of the command line as data: what `--help`, the parser and docs/cli.md are made from.
// Invariant: a verb's module is loaded only when the verb is called, so that `--help` stays quick.

import type { Yields } from "../adapters/terminal/terminal-output";
import type { CommandContext, GlobalOptions } from "./command-context";

export interface Verb {
  readonly name: string;
  readonly summary: string;
  readonly arguments: readonly VerbArgument[];
  readonly options: readonly VerbOption[];
  readonly example: string;
  readonly yields: Yields;
  /** Whether a call has something open that it closes on the first Ctrl-C; what tells of events always has. */
  readonly closes?: (options: VerbOptions) => boolean;
  load(): VerbAction;
}

export interface VerbArgument {
  /** In commander's notation, e.g. `<plan>` or `[fleet]`. */
  readonly notation: string;
  readonly description: string;
}

export interface VerbOption {
  /** In commander's notation, e.g. `--out <file>`. */
  readonly flags: string;
  readonly description: string;
  readonly default?: string;
  readonly choices?: readonly string[];
  readonly required?: boolean;
  /** Given several times, each with one value: a list. */
  readonly repeated?: boolean;
}

/** The global options, the verb's options by their camel-cased names, its arguments by the names in their notation. */
export type VerbOptions = GlobalOptions & Readonly<Record<string, unknown>>;

/** Each command declares the options that its row of the table gives it; values are text, lists of text, or flags. */
export type VerbAction = (options: never, context: CommandContext) => Promise<number>;
