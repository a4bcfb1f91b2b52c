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
  type GeneratePackageRequest,
  type GeneratePackageResponse,
  GetProgramDependenciesResponse,
  GetRequiredPackagesResponse,
  GetRequiredPluginsResponse,
  type InstallDependenciesRequest,
  type InstallDependenciesResponse,
  type LanguageHandshakeRequest,
  LanguageHandshakeResponse,
  type LinkRequest,
  type LinkResponse,
  type RunPluginRequest,
  type RunPluginResponse,
  type RunRequest,
  type RunResponse,
} from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { ChildProcesses } from "./child-processes";

/** What a language does in its own way. What it leaves out is answered UNIMPLEMENTED. */
export interface Language {
  readonly run: (request: RunRequest, engineAddress: string) => Promise<RunResponse>;
  readonly runPlugin?: (call: ServerWritableStream<RunPluginRequest, RunPluginResponse>) => Promise<void>;
  /** Writes the package that programs import, from a schema. */
  readonly generatePackage?: (request: GeneratePackageRequest) => GeneratePackageResponse;
  /** Names such packages where the program's dependencies stand. */
  readonly link?: (request: LinkRequest) => LinkResponse;
}

export interface LanguageRuntimeOptions {
  readonly language: Language;
  readonly children: ChildProcesses;
  /** Where the engine listens; a handshake may name it again. */
  readonly engineAddress: string;
}

export function languageRuntime(options: LanguageRuntimeOptions): UntypedServiceImplementation {
  const { children, engineAddress, language } = options;
  const { run, runPlugin, generatePackage, link } = language;
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
    run: unary((request: RunRequest) => run(request, engine)),
    ...(runPlugin === undefined
      ? {}
      : { runPlugin: (call: ServerWritableStream<RunPluginRequest, RunPluginResponse>) => void runPlugin(call) }),
    ...(generatePackage === undefined ? {} : { generatePackage: unary(generatePackage) }),
    ...(link === undefined ? {} : { link: unary(link) }),
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
