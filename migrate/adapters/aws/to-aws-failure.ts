// What the AWS SDK and Node's network throw, translated into our one kind of failure.
//
// Invariants
//   `unreachable`, `throttled`, `denied`, `rejected`, … say that AWS did nothing: only what is certain gets such a kind
//   what is not understood counts as `reset`: AWS may have acted
//   a signature of another time is the clock's fault, never that of the credentials or of a permission
//   Node's codes are looked at before the SDK's names: the SDK renames ECONNRESET, EPIPE and ETIMEDOUT to TimeoutError

import { AwsFailure, type AwsFailureKind } from "../../ports/aws-failure";
import type { CallDescription } from "../../ports/call-gate";
import { type Exchange, newExchange } from "./exchange";
import { refusedForTime } from "./refused-for-time";

/** The members of a thrown value that are looked at; any of them may be missing. */
interface ThrownByAws {
  readonly name?: string;
  readonly message?: string;
  readonly code?: unknown;
  readonly syscall?: string;
  readonly errors?: readonly unknown[];
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** `exchange`: what the request and its answer said of time; without it, nothing is known of that. */
export function toAwsFailure(thrown: unknown, call: CallDescription, exchange: Exchange = newExchange()): AwsFailure {
  if (thrown instanceof AwsFailure) return thrown;
  const error: ThrownByAws = typeof thrown === "object" && thrown !== null ? thrown : { message: String(thrown) };
  const operation = `${call.service}:${call.operation}`;
  const code = codeOf(error);
  const said = saidBy(error) || code;
  const refused = refusedForTime({ code, said, exchange });
  // What came too late may be sent again, as what was throttled: both did nothing, and both are everyone's.
  const refusedKind = refused?.kind === "too-late" ? "throttled" : refused?.kind;
  const kind = refusedKind ?? kindOf(error, code);
  return new AwsFailure({ kind, operation, code, message: `${operation}: ${refused?.message ?? said}`, cause: thrown });
}

/** Without the full stop that AWS ends most of its messages with: ours stand inside longer sentences. */
function saidBy({ message = "" }: ThrownByAws): string {
  return message.trim().replace(/\.+$/, "");
}

function codeOf({ code, name }: ThrownByAws): string {
  if (typeof code === "string" && code !== "") return code;
  return name === undefined || name === "" ? "UnknownError" : name;
}

function kindOf(error: ThrownByAws, code: string): AwsFailureKind {
  return networkKind(error, code) ?? credentialsKind(error, code) ?? codeKind(code) ?? statusKind(error) ?? "reset";
}

/** Codes of failures that happen before a connection stands. */
const NEVER_SENT: readonly string[] = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ERR_INVALID_URL"];
const CONNECTING: readonly string[] = ["connect", "getaddrinfo"];
const BROKEN_OFF: readonly string[] = ["ECONNRESET", "EPIPE", "ECONNABORTED", "ERR_STREAM_PREMATURE_CLOSE"];
/** The SDK's own words when its connection time limit passes before a socket is connected; it has no code for that. */
const NOT_CONNECTED = /did not establish a connection/;

function networkKind(error: ThrownByAws, code: string): AwsFailureKind | null {
  if (neverSent(error, code)) return "unreachable";
  if (BROKEN_OFF.includes(code)) return "reset";
  if (code === "ETIMEDOUT" || code === "TimeoutError" || code === "AbortError") return "timeout";
  return null;
}

/** A failed attempt at several addresses (AggregateError) was never sent when none of its parts was. */
function neverSent(error: ThrownByAws, code: string): boolean {
  if (error.errors !== undefined && error.errors.length > 0) {
    return error.errors.every((part) => neverSent(part as ThrownByAws, codeOf(part as ThrownByAws)));
  }
  if (NEVER_SENT.includes(code)) return true;
  if (error.syscall !== undefined && CONNECTING.includes(error.syscall)) return true;
  return code === "TimeoutError" && NOT_CONNECTED.test(error.message ?? "");
}

const NO_CREDENTIALS: readonly string[] = ["CredentialsProviderError", "TokenProviderError", "ProviderError"];
const NO_LONGER_VALID: readonly string[] = [
  "UnrecognizedClientException",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "SignatureDoesNotMatch",
  "AuthFailure",
  "RequestExpired",
];

function credentialsKind({ message }: ThrownByAws, code: string): AwsFailureKind | null {
  if (NO_CREDENTIALS.includes(code)) return /expired/i.test(message ?? "") ? "expired-credentials" : "no-credentials";
  if (/^ExpiredToken/.test(code) || NO_LONGER_VALID.includes(code)) return "expired-credentials";
  if (/^MissingAuthenticationToken/.test(code)) return "no-credentials";
  return null;
}

/** AWS's codes for "too many requests": all of them say that nothing was done. */
const THROTTLED: readonly string[] = [
  "Throttling",
  "ThrottlingException",
  "ThrottledException",
  "RequestThrottled",
  "RequestThrottledException",
  "RequestLimitExceeded",
  "TooManyRequestsException",
  "SlowDown",
];
const DENIED = /^(AccessDenied|UnauthorizedOperation|Unauthorized|NotAuthorized)/;

function codeKind(code: string): AwsFailureKind | null {
  if (THROTTLED.includes(code)) return "throttled";
  if (DENIED.test(code)) return "denied";
  return /NotFound/.test(code) ? "not-found" : null;
}

function statusKind({ $metadata }: ThrownByAws): AwsFailureKind | null {
  const status = $metadata?.httpStatusCode;
  if (status === undefined) return null;
  if (status === 429) return "throttled";
  if (status === 403) return "denied";
  if (status >= 400 && status < 500) return "rejected";
  // An answer that came with 200 and could not be read is as doubtful as a 500: AWS acted, or may have.
  return "server";
}
