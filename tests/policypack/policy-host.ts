// Pulumi's own policy host on a pack, spoken to as the engine does: over gRPC, on the port that the host prints.
// Invariant: nothing is guessed about the pack; what comes back is what a preview would show.

import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  type AnalyzeDiagnostic,
  AnalyzeRequest,
  type AnalyzeResponse,
  type AnalyzerInfo,
  AnalyzerPropertyDependencies,
  AnalyzerProviderResource,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzerStackConfigureRequest,
  type AnalyzerStackConfigureResponse,
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
  EnforcementLevel,
  PolicyConfig,
  type PolicyNotApplicable,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

export interface HostResource {
  readonly type: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly region?: string;
  /** Property → URNs that it was made from. */
  readonly madeFrom?: Readonly<Record<string, readonly string[]>>;
}

export interface Diagnostic {
  readonly policy: string;
  readonly level: "advisory" | "mandatory";
  readonly message: string;
  readonly urn: string;
}

export interface Answer {
  readonly diagnostics: readonly Diagnostic[];
  readonly notApplicable: readonly { readonly policy: string; readonly reason: string }[];
}

export type Levels = Readonly<Record<string, { level?: "advisory" | "mandatory" | "disabled"; properties?: object }>>;

export interface PolicyHost {
  readonly stdout: string;
  info(): Promise<AnalyzerInfo.AsObject>;
  configure(levels: Levels): Promise<void>;
  analyze(resource: HostResource): Promise<Answer>;
  analyzeStack(resources: readonly HostResource[]): Promise<Answer>;
  stop(): void;
}

/**
 * Rejects with what the host said when it ends before it prints a port. `packFolder` is absolute; the host is that of the SDK which the
 * pack finds from there, as it is in a preview.
 */
export async function startPolicyHost(
  packFolder: string,
  operation: "preview" | "update" = "update",
): Promise<PolicyHost> {
  const program = createRequire(path.join(packFolder, "index.js")).resolve("@pulumi/pulumi/cmd/run-policy-pack");
  const child = spawn(process.execPath, [program, "127.0.0.1:1", packFolder], {
    cwd: packFolder,
    env: withoutRegion(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { port, client } = await reach(child, operation);
  return {
    stdout: port,
    info: async () => (await ask<AnalyzerInfo>((done) => client.getAnalyzerInfo(new Empty(), done))).toObject(),
    configure: async (levels) => {
      await ask<Empty>((done) => client.configure(configuration(levels), done));
    },
    analyze: async (resource) => answer(await ask((done) => client.analyze(analyzeRequest(resource), done))),
    analyzeStack: async (resources) => answer(await ask((done) => client.analyzeStack(stackRequest(resources), done))),
    stop: () => {
      client.close();
      child.kill();
    },
  };
}

/** The host's port, and a client on it. The host is ended when there is none: nobody else would know of it. */
async function reach(
  child: ChildProcess,
  operation: "preview" | "update",
): Promise<{ readonly port: string; readonly client: AnalyzerClient }> {
  try {
    const port = await firstLine(child);
    const client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
    const stack = new AnalyzerStackConfigureRequest().setStack("dev").setDryRun(operation === "preview");
    await ask<AnalyzerStackConfigureResponse>((done) => client.configureStack(stack, done));
    return { port, client };
  } catch (error) {
    child.kill();
    throw error;
  }
}

export function urnOf({ type, name }: Pick<HostResource, "type" | "name">): string {
  return `urn:pulumi:dev::shop::${type}::${name}`;
}

function withoutRegion(): NodeJS.ProcessEnv {
  const { AWS_REGION: _region, AWS_DEFAULT_REGION: _default, ...others } = process.env;
  return others;
}

function firstLine(child: ChildProcess): Promise<string> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error("the host has no output to read");
  let said = "";
  stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    createInterface({ input: stdout }).once("line", resolve);
    child.once("exit", (code) => reject(new Error(`the policy host ended with ${code}: ${said}`)));
  });
}

function ask<T>(call: (done: (error: ServiceError | null, response: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, response) => (error === null ? resolve(response) : reject(error)));
  });
}

function analyzeRequest(resource: HostResource): AnalyzeRequest {
  const request = new AnalyzeRequest();
  request.setType(resource.type).setUrn(urnOf(resource)).setName(resource.name);
  request.setProperties(struct(resource.properties)).setOptions(new AnalyzerResourceOptions());
  return request.setProvider(provider(resource));
}

function stackRequest(resources: readonly HostResource[]): AnalyzeStackRequest {
  return new AnalyzeStackRequest().setResourcesList(
    resources.map((resource) => {
      const one = new AnalyzerResource();
      one.setType(resource.type).setUrn(urnOf(resource)).setName(resource.name);
      one.setProperties(struct(resource.properties)).setOptions(new AnalyzerResourceOptions());
      one.setProvider(provider(resource));
      for (const [name, urns] of Object.entries(resource.madeFrom ?? {})) {
        one.getPropertydependenciesMap().set(name, new AnalyzerPropertyDependencies().setUrnsList([...urns]));
      }
      return one;
    }),
  );
}

function provider({ region }: HostResource): AnalyzerProviderResource {
  const one = new AnalyzerProviderResource().setType("pulumi:providers:aws").setName("default");
  return one
    .setUrn("urn:pulumi:dev::shop::pulumi:providers:aws::default")
    .setProperties(struct(region === undefined ? {} : { region }));
}

function configuration(levels: Levels): ConfigureAnalyzerRequest {
  const request = new ConfigureAnalyzerRequest();
  for (const [policy, { level = "mandatory", properties = {} }] of Object.entries(levels)) {
    const config = new PolicyConfig().setEnforcementlevel(LEVELS[level]).setProperties(struct(properties));
    request.getPolicyconfigMap().set(policy, config);
  }
  return request;
}

const LEVELS = {
  advisory: EnforcementLevel.ADVISORY,
  mandatory: EnforcementLevel.MANDATORY,
  disabled: EnforcementLevel.DISABLED,
};

function struct(value: object): Struct {
  return Struct.fromJavaScript(value as Record<string, JavaScriptValue>);
}

function answer(response: AnalyzeResponse): Answer {
  return {
    diagnostics: response.getDiagnosticsList().map(diagnostic),
    notApplicable: response.getNotApplicableList().map((one: PolicyNotApplicable) => ({
      policy: one.getPolicyName(),
      reason: one.getReason(),
    })),
  };
}

function diagnostic(one: AnalyzeDiagnostic): Diagnostic {
  const level = one.getEnforcementlevel() === EnforcementLevel.ADVISORY ? "advisory" : "mandatory";
  return { policy: one.getPolicyname(), level, message: one.getMessage(), urn: one.getUrn() };
}
