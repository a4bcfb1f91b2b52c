// Whether the engine previews or updates: it tells a pack before it asks it anything.
//
// Invariants
//   the engine's call counts; engines that do not make it, and those that start a pack without a language host, say it in the environment
//   who tells nothing, as `pulumi policy analyze` does, shows a state that was exported
// A test through the real host pins it.
// Source: pulumi/pulumi, pkg/resource/plugin/analyzer_plugin.go (seen in 3.259): ConfigureStack.dryRun, PULUMI_DRY_RUN.

import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { Moment } from "../rules/rule";
import { hearCall } from "./heard-call";

/** Has to be called before the pack is constructed. */
export function hearMoment(environment: NodeJS.ProcessEnv): () => Moment {
  let moment = MOMENTS[environment.PULUMI_DRY_RUN ?? environment.PULUMI_NODEJS_DRY_RUN ?? ""] ?? "state";
  hearCall(AnalyzerService.configureStack, (request) => {
    moment = request.getDryRun() ? "preview" : "update";
  });
  return () => moment;
}

const MOMENTS: Readonly<Record<string, Moment>> = { true: "preview", false: "update" };
