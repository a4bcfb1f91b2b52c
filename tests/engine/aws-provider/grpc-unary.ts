// A gRPC handler from a function that answers or throws.

import type { ServerUnaryCall, sendUnaryData } from "@grpc/grpc-js";
import { type ErrorDetails, engineError } from "./provider-errors";

export function unary<Request, Response>(answer: (request: Request) => Response | Promise<Response>) {
  return (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): void => {
    Promise.resolve()
      .then(() => answer(call.request))
      .then(
        (response) => callback(null, response),
        (error: unknown) => callback(error instanceof EncodedError ? error.encoded : engineError(error)),
      );
  };
}

/** Awaits what a handler asked for; an error gets these details, which only the handler knows. */
export async function described<T>(details: ErrorDetails, doing: Promise<T>): Promise<T> {
  try {
    return await doing;
  } catch (error) {
    throw new EncodedError(engineError(error, details));
  }
}

/** An error whose message for the engine is made already. */
class EncodedError extends Error {
  readonly encoded: ReturnType<typeof engineError>;

  constructor(encoded: ReturnType<typeof engineError>) {
    super(encoded.message);
    this.encoded = encoded;
  }
}
