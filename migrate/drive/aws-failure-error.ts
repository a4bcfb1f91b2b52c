// A failed call without which a command cannot go on, as the error that its operator reads.
// Invariant: the message names what was being done and what AWS said; the remedy names the permission when one was missing.

import { type ErrorCode, FargateCmkError } from "../errors";
import type { AwsFailure, AwsFailureKind } from "../ports/aws-failure";

/** `doing`: what the call was for, e.g. `listing the clusters`. */
export function awsFailureError(failure: AwsFailure, doing: string): FargateCmkError {
  const message = `${doing} failed: ${failure.message}`;
  return new FargateCmkError(codeOf(failure.kind), { message, remedy: remedyOf(failure), cause: failure });
}

/** Failures after which no other call can succeed either. */
export function endsEverything({ kind }: AwsFailure): boolean {
  return kind === "expired-credentials" || kind === "no-credentials" || kind === "unreachable";
}

function codeOf(kind: AwsFailureKind): ErrorCode {
  switch (kind) {
    case "denied":
    case "expired-credentials":
    case "no-credentials":
    case "unreachable":
      return kind;
    default:
      return "aws";
  }
}

function remedyOf({ kind, operation }: AwsFailure): string {
  switch (kind) {
    case "denied":
      return `allow ${operation} to the caller, then repeat the command`;
    case "expired-credentials":
    case "no-credentials":
      return "sign in again (e.g. aws sso login) or name other credentials with --profile, then repeat the command";
    case "unreachable":
      return "check the network, --region and AWS_ENDPOINT_URL, then repeat the command";
    case "throttled":
      return "others use up the account's request rate: repeat the command when they are done";
    default:
      return "repeat the command; if AWS goes on answering so, ask AWS Support with the code above";
  }
}
