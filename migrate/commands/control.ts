// `pause`, `resume` and `abort`: leave a request beside a run's journal; the run takes it up by itself.
// Invariant: nothing but control.json is written, and no lock is needed.

import path from "node:path";
import { writeControl } from "../adapters/files/control-file";
import { readHolder } from "../adapters/files/lock";
import { readRun } from "../adapters/files/read-run";
import { findRunDirectory } from "../adapters/files/run-directory";
import { foldRun } from "../core/machine/fold-run";
import { FargateCmkError } from "../errors";
import { type CommandContext, EXIT, type GlobalOptions } from "./command-context";
import { commandsForRun } from "./commands-for-run";

export interface ControlOptions extends GlobalOptions {
  readonly run: string;
}

export function controlCommand(request: "pause" | "resume" | "abort") {
  return async (options: ControlOptions, context: CommandContext): Promise<number> => {
    const directory = await findRunDirectory(options.run, context.cwd);
    const { plan, lines } = await readRun(directory);
    if (foldRun(plan, lines).status === "finished")
      throw new FargateCmkError("refused", {
        message: `run ${plan.planId.slice(0, 12)} is finished, so there is nothing to ${request}`,
        remedy: `see what it did: fargate-cmk report ${plan.planId.slice(0, 12)}`,
      });
    const file = await writeControl(directory, request, context.clock.nowMs());
    const underWay = (await readHolder(directory))?.mayLive ?? false;
    const planFile = path.join(directory, "plan.json");
    const { run } = commandsForRun({ planId: plan.planId, planFile, directory, cwd: context.cwd });
    context.output.emit("run.asked", { planId: plan.planId, request, file, underWay, runCommand: run });
    return EXIT.done;
  };
}
