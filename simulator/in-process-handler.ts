// The front for SDK clients in the same process: a `requestHandler` that answers from the simulation, with no socket.
// Invariants
//   the client's own protocol code runs on both sides of it, so what passes here passes over HTTP
//   a lost answer costs its client the time limit in simulated time, and no real time

import type { Simulation } from "./simulation";
import { Wire } from "./wire/wire";
import type { WireRequest, WireResponse } from "./wire/wire-message";

export interface InProcessHandlerOptions {
  readonly simulation: Simulation;
  readonly defaultAccount?: string;
  /** After how many simulated milliseconds a client gives up on a lost answer, when it sets no limit itself. */
  readonly requestTimeoutMs?: number;
}

/** The parts of the SDK's HTTP request that are used here. */
interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface SdkResponse {
  readonly response: {
    readonly statusCode: number;
    readonly headers: Record<string, string>;
    readonly body: Uint8Array;
  };
}

export interface InProcessHandler {
  readonly metadata: { readonly handlerProtocol: string };
  handle(request: SdkRequest, options?: { readonly requestTimeout?: number }): Promise<SdkResponse>;
  /** What of the simulator itself was wrong so far: empty in a right one. */
  defects(): readonly string[];
  destroy(): void;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
}

const REQUEST_TIMEOUT_MS = 30_000;

export function inProcessHandler(options: InProcessHandlerOptions): InProcessHandler {
  const { simulation, requestTimeoutMs = REQUEST_TIMEOUT_MS } = options;
  const wire = new Wire(options);
  return {
    metadata: { handlerProtocol: "http/1.1" },
    handle: async (request, limits) => {
      const answer = wire.answer(wireRequestOf(request));
      switch (answer.kind) {
        case "answered":
          if (answer.afterMs > 0) await simulation.clock.sleep(answer.afterMs);
          return sdkResponse(answer.response);
        case "reset":
          throw connectionError("ECONNRESET", "socket hang up");
        case "lost":
          await simulation.clock.sleep(limits?.requestTimeout ?? requestTimeoutMs);
          throw connectionError("TimeoutError", "the answer did not arrive within the request timeout");
      }
    },
    defects: () => wire.defects(),
    destroy: () => {},
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
  };
}

function wireRequestOf({ method, path, headers, body }: SdkRequest): WireRequest {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { method, path, headers: Object.fromEntries(entries), body: textOf(body) };
}

function textOf(body: unknown): string {
  if (typeof body === "string") return body;
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : "";
}

function sdkResponse({ status, headers, body, bytes }: WireResponse): SdkResponse {
  const content = bytes ?? new Uint8Array(Buffer.from(body, "utf8"));
  return { response: { statusCode: status, headers: { ...headers }, body: content } };
}

/** As Node.js and the SDK's own handler shape them: a code for a reset, a name for a time-out. */
function connectionError(codeOrName: string, message: string): Error {
  const error = new Error(message);
  return codeOrName === "TimeoutError"
    ? Object.assign(error, { name: codeOrName })
    : Object.assign(error, { code: codeOrName });
}
