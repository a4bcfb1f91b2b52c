// A proxy between the provider and the simulator that writes down every call of AWS in its order: the simulator itself only
// counts. The simulator's own routes pass through unrecorded.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface RecordedCall {
  /** E.g. `ecs:UpdateCluster`. */
  readonly name: string;
  /** What was sent; the form's fields for STS and EC2. */
  readonly input: Readonly<Record<string, unknown>>;
}

export interface RecordingProxy {
  readonly endpoint: string;
  /** The calls since the last time it was asked. */
  take(): readonly RecordedCall[];
  close(): Promise<void>;
}

const SERVICES: Readonly<Record<string, string>> = {
  AmazonEC2ContainerServiceV20141113: "ecs",
  Logs_20140328: "logs",
  TrentService: "kms",
};

export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const calls: RecordedCall[] = [];
  const server = createServer((incoming, reply) => {
    forward({ incoming, reply, target, calls }).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = (): Promise<void> => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take: () => calls.splice(0),
    close,
  };
}

interface Forward {
  readonly incoming: IncomingMessage;
  readonly reply: ServerResponse;
  readonly target: string;
  readonly calls: RecordedCall[];
}

async function forward({ incoming, reply, target, calls }: Forward): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString("utf8");
  const path = incoming.url ?? "/";
  if (!path.startsWith("/_simulator/")) calls.push(callOf(String(incoming.headers["x-amz-target"] ?? ""), body));
  const { connection: _, "content-length": __, host: ___, ...headers } = incoming.headers;
  const answer = await fetch(`${target}${path}`, {
    method: incoming.method ?? "GET",
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    ...(body === "" ? {} : { body }),
  });
  const { "content-length": ____, ...kept } = Object.fromEntries(answer.headers);
  reply.writeHead(answer.status, kept);
  reply.end(Buffer.from(await answer.arrayBuffer()));
}

function callOf(target: string, body: string): RecordedCall {
  const [service = "", operation = ""] = target.split(".");
  if (service !== "") {
    return { name: `${SERVICES[service] ?? service}:${operation}`, input: JSON.parse(body) as RecordedCall["input"] };
  }
  const form = Object.fromEntries(new URLSearchParams(body));
  return { name: `query:${form.Action}`, input: form };
}
