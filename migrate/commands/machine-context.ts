// The context of a command in a real process: its terminal, environment and working directory.
// Invariant: the only file that hands process-wide things to commands.

import { createSystemClock } from "../adapters/clocks/system-clock";
import { confirmed, standardInputText } from "../adapters/terminal/standard-input";
import { terminalFacts } from "../adapters/terminal/terminal-facts";
import type { Output } from "../ports/output";
import type { CommandContext, GlobalOptions } from "./command-context";
import { toolVersion } from "./tool-version";

export interface MachineContextOptions {
  readonly output: Output;
  readonly eventOutput: CommandContext["eventOutput"];
  readonly options: GlobalOptions;
  readonly signal: AbortSignal;
}

export function machineContext({ output, eventOutput, options, signal }: MachineContextOptions): CommandContext {
  return {
    output,
    eventOutput,
    clock: createSystemClock(),
    env: process.env,
    cwd: process.cwd(),
    stdin: {
      isTTY: process.stdin.isTTY === true,
      text: () => standardInputText(process.stdin),
      confirm: (question) => confirmed({ input: process.stdin, output: process.stderr, question }),
    },
    stdout: terminalFacts({ stream: process.stdout, env: process.env, colorWanted: options.color }),
    json: options.json === true,
    quiet: options.quiet === true,
    signal,
    toolVersion: toolVersion(),
  };
}
