// pulumirpc.LanguageRuntime, as far as `pulumi up`, `preview`, `destroy`, `refresh`, policy packs and component plugins call it.
//
// Invariants
//   no plugin is named as required: what the tests need is on PATH or in the project, and nothing is ever downloaded
//   dependencies are never installed: programs under test use the packages of this repository
//   calls that are not served here are answered UNIMPLEMENTED by gRPC

import { readFileSync } from "node:fs";
import {
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import {
  AboutResponse,
  GetProgramDependenciesResponse,
  GetRequiredPackagesResponse,
  GetRequiredPluginsResponse,
  type InstallDependenciesRequest,
  type InstallDependenciesResponse,
  type LanguageHandshakeRequest,
  LanguageHandshakeResponse,
  type RunPluginRequest,
  type RunPluginResponse,
  type RunRequest,
} from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { ChildProcesses } from "./child-processes";
import { runPlugin } from "./run-plugin";
import { runProgram } from "./run-program";

export interface LanguageRuntimeOptions {
  readonly children: ChildProcesses;
  /** Where the engine listens; a handshake may name it again. */
  readonly engineAddress: string;
}

export function languageRuntime({ children, engineAddress }: LanguageRuntimeOptions): UntypedServiceImplementation {
  let engine = engineAddress;
  return {
    handshake: unary((request: LanguageHandshakeRequest) => {
      engine = request.getEngineAddress() || engine;
      return new LanguageHandshakeResponse();
    }),
    getPluginInfo: unary(() => new PluginInfo().setVersion(pulumiVersion())),
    getRequiredPlugins: unary(() => new GetRequiredPluginsResponse()),
    getRequiredPackages: unary(() => new GetRequiredPackagesResponse()),
    getProgramDependencies: unary(() => new GetProgramDependenciesResponse()),
    about: unary(() => new AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
    installDependencies: (call: ServerWritableStream<InstallDependenciesRequest, InstallDependenciesResponse>) =>
      call.end(),
    run: unary((request: RunRequest) => runProgram({ request, engineAddress: engine, children })),
    runPlugin: (call: ServerWritableStream<RunPluginRequest, RunPluginResponse>) => void runPlugin({ call, children }),
    cancel: unary(() => {
      children.endAll();
      return new Empty();
    }),
  };
}

/** A handler from a function that answers or throws. */
function unary<Request, Response>(answer: (request: Request) => Response | Promise<Response>) {
  return (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): void => {
    Promise.resolve()
      .then(() => answer(call.request))
      .then(
        (response) => callback(null, response),
        (error: unknown) => callback({ code: status.UNKNOWN, details: String(error) }),
      );
  };
}

function pulumiVersion(): string {
  const manifest = readFileSync(require.resolve("@pulumi/pulumi/package.json"), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
