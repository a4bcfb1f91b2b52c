// The names that a configuration has at its top. A policy of the host sees what stands under its own name only, so a misspelt rule
// would be configured without a word.
//
// Invariants
//   nothing but the names is taken, and nothing of the call is changed
//   where the host stops calling this, no name is known, and nothing else depends on it: a rule asks the host for its own configuration
// It listens where the host's request is decoded, which is the one place of Pulumi's SDK that a pack can reach; a test through the
// real host pins it.

import { AnalyzerService, type IAnalyzerService_IConfigure } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { ConfigureAnalyzerRequest } from "@pulumi/pulumi/proto/analyzer_pb";

/** Has to be called before the pack is constructed. */
export function hearConfiguration(): () => readonly string[] {
  let names: readonly string[] = [];
  const configure = AnalyzerService.configure as {
    requestDeserialize: IAnalyzerService_IConfigure["requestDeserialize"];
  };
  const decode = configure.requestDeserialize;
  configure.requestDeserialize = (bytes: Buffer): ConfigureAnalyzerRequest => {
    const request = decode(bytes);
    names = [...request.getPolicyconfigMap().keys()];
    return request;
  };
  return () => names;
}
