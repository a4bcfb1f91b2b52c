// LanguageRuntime.Run for Python: the program runs with the interpreter of its virtual environment.
// Invariant: exit code 32 means that the program's error has been reported already, as in the Node.js host.

import path from "node:path";
import type { RunRequest, RunResponse } from "@pulumi/pulumi/proto/language_pb";
import type { ChildProcesses } from "../../language-host/child-processes";
import { answerTo } from "../../language-host/run-program";

export interface RunPythonOptions {
  readonly request: RunRequest;
  readonly engineAddress: string;
  readonly children: ChildProcesses;
}

/** The script that runs a program: the argument that the launcher gives, before those of the engine. */
const execute = process.argv[2] ?? "";

export async function runPythonProgram({ request, engineAddress, children }: RunPythonOptions): Promise<RunResponse> {
  const folder = programFolder(request);
  const args = ["-u", execute, ...executeArguments(request, engineAddress)];
  const child = children.start(interpreterOf(request), args, {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env,
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    },
  });
  return answerTo(await child.ending);
}

/** The interpreter of `runtime: options: virtualenv:`, which is a folder of the project; python3 of the machine without one. */
export function interpreterOf(request: RunRequest): string {
  const info = request.getInfo();
  const options: Record<string, unknown> = info?.getOptions()?.toJavaScript() ?? {};
  const { virtualenv } = options;
  if (typeof virtualenv !== "string") return "python3";
  return path.resolve(info?.getRootDirectory() ?? "", virtualenv, "bin", "python");
}

/** The arguments of execute.py. */
export function executeArguments(request: RunRequest, engineAddress: string): readonly string[] {
  const named = {
    monitor: request.getMonitorAddress(),
    engine: engineAddress,
    organization: request.getOrganization(),
    project: request.getProject(),
    "root-directory": request.getInfo()?.getRootDirectory() ?? "",
    stack: request.getStack(),
    parallel: String(request.getParallel()),
  };
  return [
    ...Object.entries(named).flatMap(([name, value]) => [`--${name}`, value]),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    path.resolve(programFolder(request), request.getInfo()?.getEntryPoint() || "."),
  ];
}

function programFolder(request: RunRequest): string {
  return request.getInfo()?.getProgramDirectory() ?? request.getPwd();
}
