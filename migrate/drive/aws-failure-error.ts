// A failed call without which a command cannot go on, as the error that its operator reads.
// Invariant: the message names what was being done and what AWS said; the remedy names the permission when one was missing.

import { type ErrorCode, FargateCmkError } from "../errors";
import type { AwsFailure, AwsFailureKind } from "../ports/aws-failure";

/** `doing`: what the call was for, as what could not be done, e.g. `list the clusters`. */
export function awsFailureError(failure: AwsFailure, doing?: string): FargateCmkError {
  const { operation, code } = failure;
  const what = doing === undefined ? "" : `cannot ${doing}: `;
  const message = `${what}${operation} failed (${code}): ${awsSaid(failure)}`;
  return new FargateCmkError(codeOf(failure.kind), { message, remedy: remedyOf(failure), cause: failure });
}

/** The words of AWS or of the network alone, without the operation in front. */
export function awsSaid({ operation, message }: AwsFailure): string {
  return message.startsWith(`${operation}: `) ? message.slice(operation.length + 2) : message;
}

/** Failures after which no other call can succeed either. */
export function endsEverything({ kind }: AwsFailure): boolean {
  return kind === "expired-credentials" || kind === "no-credentials" || kind === "clock-off" || kind === "unreachable";
}

function codeOf(kind: AwsFailureKind): ErrorCode {
  switch (kind) {
    case "denied":
    case "expired-credentials":
    case "no-credentials":
    case "clock-off":
    case "unreachable":
      return kind;
    case "reset":
    case "timeout":
      return "unreachable";
    case "throttled":
    case "not-found":
    case "rejected":
    case "server":
      return "aws";
  }
}

function remedyOf({ kind, operation }: AwsFailure): string {
  switch (kind) {
    case "denied":
      return `allow ${operation} to the caller, then repeat the command`;
    case "expired-credentials":
      return "sign in again (e.g. aws sso login) or name other credentials with --profile, then repeat the command";
    case "no-credentials":
      return "set AWS_PROFILE or give --profile, or look without an account: fargate-cmk demo";
    case "clock-off":
      return "set this machine's clock (e.g. timedatectl set-ntp true, or its NTP service), then repeat the command";
    case "unreachable":
    case "reset":
    case "timeout":
      return "check --region, --endpoint-url (AWS_ENDPOINT_URL), the proxy and the network, then repeat the command";
    case "throttled":
      return "others use up the account's request rate: repeat the command when they are done";
    case "not-found":
      return "check the name, --region and --profile: what was asked about is not there";
    case "rejected":
      return "look at what AWS says; --debug shows more";
    case "server":
      return "repeat the command; if AWS goes on answering so, ask AWS Support with the code above";
  }
}
