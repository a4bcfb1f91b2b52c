// What went wrong with one call to AWS, in our nouns. Adapters translate SDK and network errors into this, nobody else does.
//
// Invariant: `mayHaveActed` is false only when AWS certainly did nothing. A mutating call for which it is true is in doubt
// and is never sent again blindly.

export type AwsFailureKind =
  | "throttled"
  | "denied"
  | "expired-credentials"
  | "no-credentials"
  /** AWS refused the signature because this machine's clock is wrong. */
  | "clock-off"
  | "not-found"
  | "rejected"
  | "server"
  | "unreachable"
  | "reset"
  | "timeout";

export interface AwsFailureDetails {
  readonly kind: AwsFailureKind;
  /** e.g. `ecs:UpdateService`: also the IAM action that was missing when the kind is `denied`. */
  readonly operation: string;
  /** AWS's error code, or the network's (`ECONNRESET`). */
  readonly code: string;
  readonly message: string;
  readonly cause?: unknown;
}

export class AwsFailure extends Error {
  readonly kind: AwsFailureKind;
  readonly operation: string;
  readonly code: string;

  constructor(details: AwsFailureDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "AwsFailure";
    this.kind = details.kind;
    this.operation = details.operation;
    this.code = details.code;
  }

  /** Whether AWS may have acted on the call although no good answer came back. */
  get mayHaveActed(): boolean {
    return this.kind === "server" || this.kind === "reset" || this.kind === "timeout";
  }
}
