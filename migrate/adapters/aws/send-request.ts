// How every adapter of this folder sends: through the gate, with the SDK's errors translated.
// Invariant: no client is called but through here, so nothing escapes the pacing, the counting and the time limit.

import type { CallDescription, CallGate } from "../../ports/call-gate";
import { type Exchange, newExchange } from "./exchange";
import { toAwsFailure } from "./to-aws-failure";

/** Given to the SDK with every command, which hands it through to its request handler as it is. */
export interface SendOptions {
  readonly abortSignal: AbortSignal;
  /** @throws AwsFailure when the request must not leave any more */
  readonly lastCheck: () => void;
  readonly exchange: Exchange;
}

export interface Request {
  readonly service: CallDescription["service"];
  readonly operation: string;
  /** False unless said: then an uncertain outcome is never followed by a second sending. */
  readonly mutating?: boolean;
  /** Not sent after this instant of the run's clock. */
  readonly notAfterMs?: number;
}

/** @throws AwsFailure of the last attempt */
export type SendRequest = <T>(request: Request, send: (options: SendOptions) => Promise<T>) => Promise<T>;

export function requestsThrough(gate: CallGate): SendRequest {
  return ({ mutating = false, ...request }, send) => {
    const call: CallDescription = { ...request, mutating };
    return gate.pass(call, async (abortSignal, lastCheck) => {
      const exchange = newExchange();
      try {
        return await send({ abortSignal, lastCheck, exchange });
      } catch (error) {
        throw toAwsFailure(error, call, exchange);
      }
    });
  };
}
