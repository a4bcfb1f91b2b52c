// Whatever was thrown → an error of the registry, with an owner and a next step.
// Invariant: nothing is swallowed: what is not known is `internal` and keeps its cause.

import { CommanderError } from "commander";
import { awsFailureError } from "../drive/aws-failure-error";
import { FargateCmkError, internalError } from "../errors";
import { AwsFailure } from "../ports/aws-failure";

/** `help`: the command that explains how the one that was typed is used. */
export function toFargateCmkError(thrown: unknown, help = "fargate-cmk --help"): FargateCmkError {
  if (thrown instanceof FargateCmkError) return thrown;
  if (thrown instanceof AwsFailure) return awsFailureError(thrown);
  if (thrown instanceof CommanderError) return fromCommander(thrown, help);
  return internalError(thrown instanceof Error ? thrown.message : String(thrown), thrown);
}

/** Commander writes `error: unknown command 'plna'` and, on a line of its own, `(Did you mean plan?)`. */
function fromCommander({ message }: CommanderError, help: string): FargateCmkError {
  const [first = "", suggestion = ""] = message.split("\n");
  const meant = /^\((Did you mean .*\?)\)$/.exec(suggestion.trim())?.[1];
  return new FargateCmkError("usage", {
    message: first.replace(/^error: /, "").replace(/\.$/, ""),
    remedy: `${meant === undefined ? "" : `${meant} `}${help} shows what there is`,
  });
}
