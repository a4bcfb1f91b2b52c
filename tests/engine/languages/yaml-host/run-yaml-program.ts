// LanguageRuntime.Run for YAML: a Node.js program that reads Pulumi.yaml and registers what stands there.

import path from "node:path";
import type { RunRequest, RunResponse } from "@pulumi/pulumi/proto/language_pb";
import type { ChildProcesses } from "../../language-host/child-processes";
import { programConfig } from "../../language-host/program-config";
import { pulumiModule } from "../../language-host/pulumi-module";
import { answerTo, runArguments } from "../../language-host/run-program";

export interface RunYamlOptions {
  readonly request: RunRequest;
  readonly engineAddress: string;
  readonly children: ChildProcesses;
}

export async function runYamlProgram({ request, engineAddress, children }: RunYamlOptions): Promise<RunResponse> {
  const program = request.clone();
  program.getInfo()?.setEntryPoint(path.join(__dirname, "yaml-program.js"));
  const child = children.startNode([pulumiModule("run", __dirname), ...runArguments(program, engineAddress)], {
    cwd: request.getInfo()?.getProgramDirectory() ?? request.getPwd(),
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env,
      PULUMI_NODEJS_TYPESCRIPT: "false",
      PULUMI_CONFIG: programConfig(request.getConfigMap().entries()),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    },
  });
  return answerTo(await child.ending);
}
