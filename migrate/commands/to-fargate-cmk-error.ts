// Whatever was thrown → an error of the registry, with an owner and a next step.
// Invariant: nothing is swallowed: what is not known is `internal` and keeps its cause.

import { CommanderError } from "commander";
import { type ErrorCode, FargateCmkError, internalError } from "../errors";
import { AwsFailure, type AwsFailureKind } from "../ports/aws-failure";

export function toFargateCmkError(thrown: unknown): FargateCmkError {
  if (thrown instanceof FargateCmkError) return thrown;
  if (thrown instanceof AwsFailure) return fromAws(thrown);
  if (thrown instanceof CommanderError) return fromCommander(thrown);
  return internalError(thrown instanceof Error ? thrown.message : String(thrown), thrown);
}

const AWS_KINDS: Readonly<Record<AwsFailureKind, { readonly code: ErrorCode; readonly remedy: string }>> = {
  throttled: { code: "aws", remedy: "wait a minute, then run the same command again" },
  denied: { code: "denied", remedy: "add that action to the caller's permissions" },
  "expired-credentials": {
    code: "expired-credentials",
    remedy: "renew the credentials, then run the same command again",
  },
  "no-credentials": {
    code: "no-credentials",
    remedy: "set AWS_PROFILE or give --profile, or look without an account: fargate-cmk demo",
  },
  "not-found": { code: "aws", remedy: "scan again: what was asked about is gone" },
  rejected: { code: "aws", remedy: "look at what AWS says; --debug shows more" },
  server: { code: "aws", remedy: "run the same command again; health.aws.amazon.com shows known trouble" },
  unreachable: { code: "unreachable", remedy: "check --region, --endpoint-url, proxy and network" },
  reset: { code: "unreachable", remedy: "check proxy and network, then run the same command again" },
  timeout: { code: "unreachable", remedy: "check proxy and network, then run the same command again" },
};

function fromAws(failure: AwsFailure): FargateCmkError {
  const { code, remedy } = AWS_KINDS[failure.kind];
  const message = `${failure.operation} failed: ${failure.code}: ${failure.message}`;
  return new FargateCmkError(code, { message, remedy, cause: failure });
}

/** Commander writes `error: unknown command 'plna'` and, on a line of its own, `(Did you mean plan?)`. */
function fromCommander({ message }: CommanderError): FargateCmkError {
  const [first = "", suggestion = ""] = message.split("\n");
  const meant = /^\((Did you mean .*\?)\)$/.exec(suggestion.trim())?.[1];
  return new FargateCmkError("usage", {
    message: first.replace(/^error: /, "").replace(/\.$/, ""),
    remedy:
      meant === undefined
        ? "fargate-cmk --help shows what there is"
        : `${meant} fargate-cmk --help shows what there is`,
  });
}
