// Test tooling, not part of the product: a Node.js language host for the Pulumi engine.
//
// Pulumi ships its own, `pulumi-language-nodejs`, beside its CLI, but as no registry package; a machine that built the CLI from source
// lacks it. This one does what the tests need of it and no more. A real one on PATH is used instead: see engine-environment.ts.
//
// Invariants
//   the first line on stdout is the port, nothing stands before it
//   it ends when the engine that started it is gone, and takes what it started along

import { Server, ServerCredentials } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { endWithParent } from "../end-with-parent";
import { ChildProcesses } from "./child-processes";
import { languageRuntime } from "./language-runtime";

const MESSAGE_MAX_BYTES = 400 * 1024 * 1024;

const children = new ChildProcesses();
endWithParent(() => children.endAll());

const server = new Server({
  "grpc.max_receive_message_length": MESSAGE_MAX_BYTES,
  "grpc.max_send_message_length": MESSAGE_MAX_BYTES,
});
server.addService(LanguageRuntimeService, languageRuntime({ children, engineAddress: process.argv.at(-1) ?? "" }));
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  process.stdout.write(`${port}\n`);
});
