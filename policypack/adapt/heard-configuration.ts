// The names that a configuration has at its top. A policy of the host sees what stands under its own name only, so a misspelt rule
// would be configured without a word.
//
// Invariants
//   nothing but the names is taken
//   where the host stops calling this, no name is known, and nothing else depends on it: a rule asks the host for its own configuration
// A test through the real host pins it.

import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { hearCall } from "./heard-call";

/** Has to be called before the pack is constructed. */
export function hearConfiguration(): () => readonly string[] {
  let names: readonly string[] = [];
  hearCall(AnalyzerService.configure, (request) => {
    names = [...request.getPolicyconfigMap().keys()];
  });
  return () => names;
}
