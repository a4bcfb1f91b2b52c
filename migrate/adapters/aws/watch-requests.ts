// Stands between the SDK and the network: the last place before a request's bytes leave this process, and the first that sees the answer.
//
// Invariants
//   a request is asked for once more whether it may still leave, after the SDK found credentials and signed: that may take long,
//   and a process may be stopped meanwhile
//   requests that are none of ours (the SDK's own for credentials) pass unchanged

import type { Exchange } from "./exchange";
import type { SendOptions } from "./send-request";

/** What is needed of a client of the SDK; its request handler is its own, shared with no other client. */
export interface WatchedClient {
  readonly config: { readonly requestHandler: RequestHandler };
}

interface RequestHandler {
  handle(request: Signed, options?: object): Promise<{ response: Answered }>;
}

interface Signed {
  readonly headers: Readonly<Record<string, string>>;
}

interface Answered {
  readonly headers: Readonly<Record<string, string>>;
}

export function watchRequests({ config: { requestHandler } }: WatchedClient): void {
  const handle = requestHandler.handle.bind(requestHandler);
  requestHandler.handle = async (request, options) => {
    const { lastCheck, exchange } = (options ?? {}) as Partial<SendOptions>;
    lastCheck?.();
    const answer = await handle(request, options);
    if (exchange !== undefined) note(exchange, request, answer.response);
    return answer;
  };
}

function note(exchange: Exchange, request: Signed, answer: Answered): void {
  exchange.signedAtMs = instantOf(request.headers["x-amz-date"]);
  exchange.awsAtMs = instantOf(answer.headers.date);
  exchange.answeredAtMs = Date.now();
}

/** `20261122T150000Z`, or as HTTP writes it; null for anything else. */
function instantOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const basic = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  const readable = basic === null ? text : `${basic[1]}-${basic[2]}-${basic[3]}T${basic[4]}:${basic[5]}:${basic[6]}Z`;
  const ms = Date.parse(readable);
  return Number.isNaN(ms) ? null : ms;
}
