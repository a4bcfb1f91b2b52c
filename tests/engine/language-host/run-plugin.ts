// LanguageRuntime.RunPlugin: runs a policy pack or a component plugin that is written for Node.js and passes on what it prints.
// Invariants
//   the last message of the stream is the exit code
//   a cancelled stream ends the process: that is how the engine closes such a plugin

import { type ServerWritableStream, status } from "@grpc/grpc-js";
import { type RunPluginRequest, RunPluginResponse } from "@pulumi/pulumi/proto/language_pb";
import type { ChildProcesses, Ending } from "./child-processes";
import { pulumiModule } from "./pulumi-module";
import { runtimeEnvironment, runtimeOptions } from "./runtime-options";

export interface RunPluginOptions {
  readonly call: ServerWritableStream<RunPluginRequest, RunPluginResponse>;
  readonly children: ChildProcesses;
}

export async function runPlugin({ call, children }: RunPluginOptions): Promise<void> {
  const { request } = call;
  const options = runtimeOptions(request.getInfo());
  try {
    const { process: child, ending } = children.startNode([...options.nodeArgs, ...pluginArguments(request)], {
      cwd: isPolicyPack(request) ? folderOf(request) : request.getPwd(),
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...runtimeEnvironment(options), ...environmentOf(request.getEnvList()) },
    });
    call.on("cancelled", () => child.kill("SIGKILL"));
    child.stdout?.on("data", (text: Buffer) => call.write(saying((message) => message.setStdout(text))));
    child.stderr?.on("data", (text: Buffer) => call.write(saying((message) => message.setStderr(text))));
    const code = exitCode(await ending);
    call.write(saying((message) => message.setExitcode(code)));
    call.end();
  } catch (error) {
    // Not destroy(): gRPC sends the status of an error that is emitted, and nothing at all for a stream that is gone.
    call.emit("error", { code: status.UNKNOWN, details: String(error) });
  }
}

/** The script and its arguments: packs come after the engine's address, other plugins before it. */
export function pluginArguments(request: RunPluginRequest): readonly string[] {
  const folder = folderOf(request);
  return isPolicyPack(request)
    ? [pulumiModule("run-policy-pack", folder), ...request.getArgsList(), folder]
    : [pulumiModule("run-plugin", folder), folder, ...request.getArgsList()];
}

function isPolicyPack(request: RunPluginRequest): boolean {
  return request.getKind() === "analyzer";
}

function folderOf(request: RunPluginRequest): string {
  return request.getInfo()?.getProgramDirectory() || request.getProgram();
}

function environmentOf(assignments: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    assignments.map((assignment) => {
      const equals = assignment.indexOf("=");
      return [assignment.slice(0, equals), assignment.slice(equals + 1)];
    }),
  );
}

function saying(say: (message: RunPluginResponse) => void): RunPluginResponse {
  const message = new RunPluginResponse();
  say(message);
  return message;
}

function exitCode(ending: Ending): number {
  return ending.kind === "exited" ? ending.code : 1;
}
