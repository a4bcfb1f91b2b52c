// The front for other processes: an HTTP server that speaks for AWS at one endpoint (AWS_ENDPOINT_URL), and for the steering
// routes below /_simulator/.
//
// Invariants
//   it listens on loopback unless told otherwise; any access key is welcome, so it must not be reachable by strangers
//   whatever arrives, the server stays up: sizes, headers, connections and waiting times are bounded
//   close() ends every connection, also those whose answer is "lost"

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Simulation } from "./simulation";
import { STEERING_PREFIX, type SteeringOptions, steer } from "./steering";
import { Wire } from "./wire/wire";
import type { WireRequest, WireResponse } from "./wire/wire-message";

export interface HttpServerOptions {
  readonly simulation: Simulation;
  readonly worldOf: SteeringOptions["worldOf"];
  /** The account of access keys that name none. */
  readonly defaultAccount?: string;
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** Default: 0, which picks a free one. */
  readonly port?: number;
}

export interface SimulatorServer {
  /** E.g. `http://127.0.0.1:40123`: what goes into AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  readonly port: number;
  /** What of the simulator itself was wrong so far: empty in a right one. */
  defects(): readonly string[];
  close(): Promise<void>;
}

/** A fleet of 10,000 services with 50,000 tasks is about 66 MB of JSON (measured); calls of AWS are far smaller. */
const STATE_BODY_MAX_BYTES = 256 * 1024 * 1024;
const CALL_BODY_MAX_BYTES = 1024 * 1024;
const HEADERS_MAX_BYTES = 32 * 1024;
const CONNECTIONS_MAX = 1_024;
const RECEIVE_MAX_MS = 30_000;

/** Resolves when it listens; rejects when the port is taken or may not be used. */
export async function startHttpServer(options: HttpServerOptions): Promise<SimulatorServer> {
  const { simulation, worldOf, defaultAccount, host = "127.0.0.1", port = 0 } = options;
  const wire = new Wire({ simulation, ...(defaultAccount === undefined ? {} : { defaultAccount }) });
  const steering: SteeringOptions = { simulation, worldOf, defects: () => wire.defects() };
  const server = createServer(
    { maxHeaderSize: HEADERS_MAX_BYTES, requestTimeout: RECEIVE_MAX_MS },
    (incoming, reply) => {
      serve({ incoming, reply, wire, steering }).catch(() => incoming.socket.destroy());
    },
  );
  server.maxConnections = CONNECTIONS_MAX;
  server.on("clientError", (_error, socket) => {
    if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
  });
  await listen(server, host, port);
  const { port: bound } = server.address() as AddressInfo;
  const shownHost = host.includes(":") ? `[${host}]` : host;
  return {
    endpoint: `http://${shownHost}:${bound}`,
    port: bound,
    defects: () => wire.defects(),
    close: () => close(server),
  };
}

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly reply: ServerResponse;
  readonly wire: Wire;
  readonly steering: SteeringOptions;
}

async function serve({ incoming, reply, wire, steering }: Exchange): Promise<void> {
  const isSteering = (incoming.url ?? "").startsWith(STEERING_PREFIX);
  const body = await bodyOf(incoming, isSteering ? STATE_BODY_MAX_BYTES : CALL_BODY_MAX_BYTES);
  if (body === null)
    return send(reply, { status: 413, headers: { connection: "close" }, body: "the body is too large" });
  const request = requestOf(incoming, body);
  if (isSteering) return send(reply, steer(request, steering));
  const answer = wire.answer(request);
  switch (answer.kind) {
    case "answered":
      if (answer.afterMs > 0) await steering.simulation.clock.sleep(answer.afterMs);
      return send(reply, answer.response);
    case "reset":
      incoming.socket.resetAndDestroy();
      return;
    case "lost":
      // Nothing is ever sent: the client's own time limit ends it, or close().
      return;
  }
}

/** The whole body as text, or null when it is larger than allowed. */
async function bodyOf(incoming: IncomingMessage, maxBytes: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function requestOf(incoming: IncomingMessage, body: string): WireRequest {
  const entries = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
  return { method: incoming.method ?? "", path: incoming.url ?? "", headers: Object.fromEntries(entries), body };
}

function send(reply: ServerResponse, { status, headers, body, bytes }: WireResponse): void {
  const content = bytes ?? Buffer.from(body, "utf8");
  reply.writeHead(status, { ...headers, "content-length": content.length });
  reply.end(content);
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
