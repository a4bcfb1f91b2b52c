// What to type to take a run up again, for messages: paths as seen from the working directory, the run's id where that suffices.

import path from "node:path";
import { readTextFile, readTextFileIfAny } from "../adapters/files/read-text-file";
import { runDirectoryFor } from "../adapters/files/run-directory";
import { shellWord } from "../core/words/remedy-command";

export interface RunPlace {
  readonly planId: string;
  readonly planFile: string;
  readonly directory: string;
  readonly cwd: string;
}

export interface RunCommands {
  /** What to call the run in `status`, `pause`, `resume`, `approve` and `abort`. */
  readonly reference: string;
  readonly run: string;
  /** Needed before `run` when the run was halted. */
  readonly resume: string;
  /** Says yes to the next wave. */
  readonly approve: string;
}

/** For whoever has only the run's directory: the plan file in the working directory where it is the same, else the run's own copy. */
export async function commandsForRunIn(directory: string, planId: string, cwd: string): Promise<RunCommands> {
  const own = path.join(directory, "plan.json");
  const here = path.join(cwd, "plan.json");
  const [ownText, hereText] = [await readTextFile(own), await readTextFileIfAny(here)];
  return commandsForRun({ planId, planFile: ownText === hereText ? here : own, directory, cwd });
}

export function commandsForRun({ planId, planFile, directory, cwd }: RunPlace): RunCommands {
  const typed = (file: string) => shellWord(path.relative(cwd, file) || ".");
  const isDefault = directory === runDirectoryFor(planId, cwd);
  const reference = isDefault ? planId.slice(0, 12) : typed(directory);
  return {
    reference,
    run: `fargate-cmk run ${typed(planFile)}${isDefault ? "" : ` --run-dir ${typed(directory)}`}`,
    resume: `fargate-cmk resume ${reference}`,
    approve: `fargate-cmk approve ${reference}`,
  };
}
