// What to type to take a run up again, for messages: paths as seen from the working directory, the run's id where that suffices.

import path from "node:path";
import { runDirectoryFor } from "../adapters/files/run-directory";
import { shellWord } from "../core/words/remedy-command";

export interface RunPlace {
  readonly planId: string;
  readonly planFile: string;
  readonly directory: string;
  readonly cwd: string;
}

export interface RunCommands {
  /** What to call the run in `status`, `pause`, `resume` and `abort`. */
  readonly reference: string;
  readonly run: string;
  /** Needed before `run` when the run was halted. */
  readonly resume: string;
}

export function commandsForRun({ planId, planFile, directory, cwd }: RunPlace): RunCommands {
  const typed = (file: string) => shellWord(path.relative(cwd, file) || ".");
  const isDefault = directory === runDirectoryFor(planId, cwd);
  const reference = isDefault ? planId.slice(0, 12) : typed(directory);
  return {
    reference,
    run: `fargate-cmk run ${typed(planFile)}${isDefault ? "" : ` --run-dir ${typed(directory)}`}`,
    resume: `fargate-cmk resume ${reference}`,
  };
}
