// Stands between the command and the simulator, so that a test can act at an exact request: hold it for ever, break the connection
// before or after AWS acted, or make something happen in the account just then. The commands know only its address.
//
// Invariants
//   without a hook every request and every answer passes through unchanged
//   time in the simulator moves only by requests that pass here, so whatever a hook does happens at one instant of the run

import { createServer, type IncomingMessage, type ServerResponse, request as send } from "node:http";
import type { AddressInfo } from "node:net";

export interface Passing {
  /** The API's name, e.g. `UpdateService`, or the simulator's route, e.g. `advance`. */
  readonly operation: string;
  readonly body: string;
}

/** "reset" breaks the connection; a promise that never resolves holds the request. */
export type Hook = (passing: Passing) => Promise<"pass" | "reset"> | "pass" | "reset";

export interface Hooks {
  /** Before the simulator sees the request. */
  before: Hook;
  /** After the simulator acted, before the answer goes back. */
  after: Hook;
}

export interface Gateway {
  readonly endpoint: string;
  readonly hooks: Hooks;
  close(): Promise<void>;
}

const PASS: Hook = () => "pass";

export async function openGateway(simulator: string): Promise<Gateway> {
  const hooks: Hooks = { before: PASS, after: PASS };
  const server = createServer((incoming, reply) => {
    pass({ incoming, reply, simulator, hooks }).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen({ host: "127.0.0.1", port: 0 }, resolve));
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, hooks, close };
}

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly reply: ServerResponse;
  readonly simulator: string;
  readonly hooks: Hooks;
}

async function pass({ incoming, reply, simulator, hooks }: Exchange): Promise<void> {
  const body = await bodyOf(incoming);
  const passing = { operation: operationOf(incoming), body: body.toString("utf8") };
  if ((await hooks.before(passing)) === "reset") return breakOff(incoming);
  const answer = await forwarded(incoming, body, simulator);
  if ((await hooks.after(passing)) === "reset") return breakOff(incoming);
  reply.writeHead(answer.status, answer.headers);
  reply.end(answer.body);
}

function breakOff({ socket }: IncomingMessage): void {
  socket.resetAndDestroy();
}

function operationOf({ headers, url = "" }: IncomingMessage): string {
  const target = headers["x-amz-target"];
  return typeof target === "string" ? target.slice(target.indexOf(".") + 1) : url.slice(url.lastIndexOf("/") + 1);
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function forwarded({ method = "", url = "", headers }: IncomingMessage, body: Buffer, simulator: string) {
  return new Promise<{ status: number; headers: IncomingMessage["headers"]; body: Buffer }>((resolve, reject) => {
    const onward = send(new URL(url, simulator), { method, headers }, (answer) => {
      bodyOf(answer).then(
        (read) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: read }),
        reject,
      );
    });
    onward.once("error", reject);
    onward.end(body);
  });
}
