// One HTTP request and one HTTP response, as far as the AWS protocols care.
// Invariant: header names are in lower case.

export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** In the place of `body` where the protocol is not text. */
  readonly bytes?: Uint8Array;
}
