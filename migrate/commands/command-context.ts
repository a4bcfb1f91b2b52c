// What a command gets from the shell around it: where to print, the time, the environment, the terminal's facts.
//
// Invariants
//   a command returns an exit code and never ends the process
//   a command that is given an aborted signal closes what it has open and returns EXIT.interrupted

import type { TerminalFacts } from "../adapters/terminal/terminal-facts";
import type { Clock } from "../ports/clock";
import type { Output } from "../ports/output";

export const EXIT = {
  /** Done, and proved where there was something to prove. */
  done: 0,
  internal: 1,
  /** Wrong usage or bad input. */
  usage: 2,
  refused: 3,
  /** Paused or stopped with work left. */
  workLeft: 4,
  /** Finished, with failed or unproved services. */
  unproved: 5,
  interrupted: 130,
} as const;

export interface CommandContext {
  readonly output: Output;
  /** For what happens in a run, a line an event, each with its instant on that clock. */
  readonly eventOutput: (clock: Pick<Clock, "nowMs">) => Output;
  /** This machine's clock. What waits for AWS takes its clock from chooseClock instead. */
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relative paths are resolved against it. */
  readonly cwd: string;
  readonly stdin: {
    readonly isTTY: boolean;
    /** Everything on standard input, as UTF-8. */
    text(): Promise<string>;
    /** Asks a person; false on anything but yes. Only to be called when isTTY. */
    confirm(question: string): Promise<boolean>;
  };
  readonly stdout: TerminalFacts;
  /** Whether stdout carries JSON lines. */
  readonly json: boolean;
  readonly quiet: boolean;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  readonly toolVersion: string;
}

/** Options that every command takes. */
export interface GlobalOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly color: boolean;
  readonly debug?: boolean;
  readonly region?: string;
  readonly profile?: string;
  readonly roleArn?: string;
  readonly endpointUrl?: string;
}
