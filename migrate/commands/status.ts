// `status`: how far a run is, told from its journal; beside a run that is under way or after it. With --watch until it ends.
// Invariant: reads files only, takes no lock, changes nothing; of AWS nothing is asked, of a simulator only its time.

import { findRunDirectory } from "../adapters/files/run-directory";
import { type CommandContext, EXIT, type GlobalOptions } from "./command-context";
import { commandsForRunIn } from "./commands-for-run";
import { runClock } from "./run-clock";
import { runStatus } from "./run-status";
import { watchRun } from "./watch-run";
import { WatchedRun } from "./watched-run";

export interface StatusOptions extends GlobalOptions {
  readonly run: string;
  readonly watch?: boolean;
}

export async function statusCommand(options: StatusOptions, context: CommandContext): Promise<number> {
  const directory = await findRunDirectory(options.run, context.cwd);
  if (options.watch === true) return watchRun(directory, options, context);
  const run = await WatchedRun.open(directory, context.clock);
  const clock = await runClock(options, context);
  await run.look();
  const commands = await commandsForRunIn(directory, run.plan.planId, context.cwd);
  const nowMs = clock.nowMs({ lastSeenMs: run.lastSeenMs, isWorkedOn: run.worker.kind !== "nobody" });
  context.output.emit("status.read", runStatus({ run, commands, nowMs }));
  return EXIT.done;
}
