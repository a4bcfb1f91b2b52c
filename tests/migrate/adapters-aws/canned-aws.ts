// An HTTP server that answers AWS's JSON protocol with what a test cans, and keeps every request. For failures of the network,
// which no model of AWS needs to know.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface CannedRequest {
  /** E.g. `UpdateService`. */
  readonly operation: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export type CannedAnswer =
  | { readonly kind: "reply"; readonly body: object }
  | { readonly kind: "error"; readonly status: number; readonly code: string }
  | { readonly kind: "reset" }
  | { readonly kind: "silence" }
  | { readonly kind: "garbage" };

export interface CannedAws {
  readonly endpoint: string;
  readonly requests: readonly CannedRequest[];
  close(): Promise<void>;
}

export async function startCannedAws(answer: (request: CannedRequest) => CannedAnswer): Promise<CannedAws> {
  const requests: CannedRequest[] = [];
  const server = createServer((incoming, response) => {
    void serve(incoming, response, (request) => {
      requests.push(request);
      return answer(request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function serve(
  incoming: IncomingMessage,
  response: ServerResponse,
  answer: (request: CannedRequest) => CannedAnswer,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const operation =
    String(incoming.headers["x-amz-target"] ?? "")
      .split(".")
      .at(-1) ?? "";
  const given = answer({ operation, body: JSON.parse(Buffer.concat(chunks).toString("utf8") || "{}") });
  const headers = { "content-type": "application/x-amz-json-1.1" };
  switch (given.kind) {
    case "reply":
      response.writeHead(200, headers).end(JSON.stringify(given.body));
      return;
    case "error":
      response.writeHead(given.status, headers).end(JSON.stringify({ __type: given.code, message: "canned" }));
      return;
    case "garbage":
      response.writeHead(200, headers).end('{"service": {"serviceName": "tr');
      return;
    case "reset":
      incoming.socket.resetAndDestroy();
      return;
    case "silence":
      return;
  }
}
