// LanguageRuntime.Run: runs a Pulumi program to its end.
// Invariants
//   what the program prints goes to this process's output, which the engine shows
//   exit code 32 means that the program's error has been reported already, any other but 0 that it has not

import { type RunRequest, RunResponse } from "@pulumi/pulumi/proto/language_pb";
import type { ChildProcesses, Ending } from "./child-processes";
import { programConfig } from "./program-config";
import { pulumiModule } from "./pulumi-module";
import { runtimeEnvironment, runtimeOptions } from "./runtime-options";

/** cmd/run's exit code after it has told the user what is wrong. */
const ALREADY_REPORTED = 32;

export interface RunProgramOptions {
  readonly request: RunRequest;
  readonly engineAddress: string;
  readonly children: ChildProcesses;
}

export async function runProgram({ request, engineAddress, children }: RunProgramOptions): Promise<RunResponse> {
  const folder = request.getInfo()?.getProgramDirectory() ?? request.getPwd();
  const options = runtimeOptions(request.getInfo());
  const child = children.startNode(
    [...options.nodeArgs, pulumiModule("run", folder), ...runArguments(request, engineAddress)],
    {
      cwd: folder,
      stdio: ["ignore", "inherit", "inherit"],
      env: {
        ...process.env,
        ...runtimeEnvironment(options),
        PULUMI_CONFIG: programConfig(request.getConfigMap().entries()),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
      },
    },
  );
  return answerTo(await child.ending);
}

/** The arguments of @pulumi/pulumi/cmd/run. */
export function runArguments(request: RunRequest, engineAddress: string): readonly string[] {
  const info = request.getInfo();
  const named = {
    monitor: request.getMonitorAddress(),
    engine: engineAddress,
    organization: request.getOrganization(),
    project: request.getProject(),
    "root-directory": info?.getRootDirectory() ?? "",
    stack: request.getStack(),
    pwd: info?.getProgramDirectory() ?? request.getPwd(),
    parallel: String(request.getParallel()),
  };
  return [
    ...Object.entries(named).flatMap(([name, value]) => (value === "" ? [] : [`--${name}`, value])),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    info?.getEntryPoint() || ".",
    ...request.getArgsList(),
  ];
}

export function answerTo(ending: Ending): RunResponse {
  const response = new RunResponse();
  switch (ending.kind) {
    case "exited":
      if (ending.code === ALREADY_REPORTED) response.setBail(true);
      else if (ending.code !== 0) response.setError(`Program exited with non-zero exit code: ${ending.code}`);
      return response;
    case "signalled":
      response.setError(`Program was ended by ${ending.signal}`);
      return response;
    case "notStarted":
      response.setError(`Program could not be started: ${ending.error.message}`);
      return response;
  }
}
