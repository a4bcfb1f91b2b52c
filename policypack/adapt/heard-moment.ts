// Whether the engine previews or updates: it tells a pack before it asks it anything.
//
// Invariants
//   the engine's call counts; engines that do not make it, and those that start a pack without a language host, say it in the environment
//   who tells nothing, as `pulumi policy analyze` does, shows a state that was exported
// It listens where the host's request is decoded, as heard-configuration.ts does; a test through the real host pins it.
// Source: pulumi/pulumi, pkg/resource/plugin/analyzer_plugin.go (seen in 3.259): ConfigureStack.dryRun, PULUMI_DRY_RUN.

import { AnalyzerService, type IAnalyzerService_IConfigureStack } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import type { Moment } from "../rules/rule";

/** Has to be called before the pack is constructed. */
export function hearMoment(environment: NodeJS.ProcessEnv): () => Moment {
  let moment = MOMENTS[environment.PULUMI_DRY_RUN ?? environment.PULUMI_NODEJS_DRY_RUN ?? ""] ?? "state";
  const configureStack = AnalyzerService.configureStack as {
    requestDeserialize: IAnalyzerService_IConfigureStack["requestDeserialize"];
  };
  const decode = configureStack.requestDeserialize;
  configureStack.requestDeserialize = (bytes: Buffer): AnalyzerStackConfigureRequest => {
    const request = decode(bytes);
    moment = request.getDryRun() ? "preview" : "update";
    return request;
  };
  return () => moment;
}

const MOMENTS: Readonly<Record<string, Moment>> = { true: "preview", false: "update" };
