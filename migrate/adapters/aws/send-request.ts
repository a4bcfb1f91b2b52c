// How every adapter of this folder sends: through the gate, with the SDK's errors translated.
// Invariant: no client is called but through here, so nothing escapes the pacing, the counting and the time limit.

import type { CallDescription, CallGate } from "../../ports/call-gate";
import { toAwsFailure } from "./to-aws-failure";

export interface SendOptions {
  readonly abortSignal: AbortSignal;
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
    return gate.pass(call, async (abortSignal) => {
      try {
        return await send({ abortSignal });
      } catch (error) {
        throw toAwsFailure(error, call);
      }
    });
  };
}
