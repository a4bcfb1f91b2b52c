// `pause`, `resume`, `approve` and `abort`: leave a request beside a run's journal; the run takes it up by itself.
//
// Invariants
//   nothing but control.json is written, and no lock is needed
//   a request that would mean nothing is refused with what the run is at, so that nobody waits for it

import { readControl, writeControl } from "../adapters/files/control-file";
import { readHolder } from "../adapters/files/lock";
import { readRun } from "../adapters/files/read-run";
import { findRunDirectory } from "../adapters/files/run-directory";
import { foldRun } from "../core/machine/fold-run";
import type { RunRequestWord } from "../core/model/journal-event";
import { FargateCmkError } from "../errors";
import { type Refusal, refusalOf } from "../render/request-refusals";
import { type CommandContext, EXIT, type GlobalOptions } from "./command-context";
import { commandsForRunIn } from "./commands-for-run";

export interface ControlOptions extends GlobalOptions {
  readonly run: string;
  readonly rollbackInflight?: boolean;
}

export function controlCommand(verb: "pause" | "resume" | "approve" | "abort") {
  return async (options: ControlOptions, context: CommandContext): Promise<number> => {
    const request: RunRequestWord =
      verb === "abort" && options.rollbackInflight === true ? "abort-and-roll-back" : verb;
    const directory = await findRunDirectory(options.run, context.cwd);
    const { plan, lines } = await readRun(directory);
    const commands = await commandsForRunIn(directory, plan.planId, context.cwd);
    const underWay = (await readHolder(directory))?.mayLive ?? false;
    const pending = await readControl(directory);
    const refusal = refusalOf({ request, pending, state: foldRun(plan, lines), underWay, commands });
    if (refusal !== null) throw refused(plan.planId, refusal);
    const file = await writeControl(directory, request, context.clock.nowMs());
    context.output.emit("run.asked", { planId: plan.planId, request, file, underWay, runCommand: commands.run });
    return EXIT.done;
  };
}

function refused(planId: string, { isAt, remedy }: Refusal): FargateCmkError {
  return new FargateCmkError("refused", { message: `run ${planId.slice(0, 12)} ${isAt}`, remedy });
}
