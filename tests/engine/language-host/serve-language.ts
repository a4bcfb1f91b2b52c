// Serves a language to the engine that started this process.
// Invariants
//   the first line on stdout is the port, nothing stands before it
//   it ends when the engine that started it is gone, and takes what it started along

import { Server, ServerCredentials } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { endWithParent } from "../end-with-parent";
import { ChildProcesses } from "./child-processes";
import { type Language, languageRuntime } from "./language-runtime";

const MESSAGE_MAX_BYTES = 400 * 1024 * 1024;

/** The engine's address is the last argument of this process. */
export function serveLanguage(languageOf: (children: ChildProcesses) => Language): void {
  const children = new ChildProcesses();
  endWithParent(() => children.endAll());
  const server = new Server({
    "grpc.max_receive_message_length": MESSAGE_MAX_BYTES,
    "grpc.max_send_message_length": MESSAGE_MAX_BYTES,
  });
  const engineAddress = process.argv.at(-1) ?? "";
  const runtime = languageRuntime({ children, engineAddress, language: languageOf(children) });
  server.addService(LanguageRuntimeService, runtime);
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) throw error;
    process.stdout.write(`${port}\n`);
  });
}
