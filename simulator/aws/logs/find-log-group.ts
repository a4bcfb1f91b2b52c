// Finding the log group that a caller means: by name, by ARN, or by a name that may be an ARN, as each operation allows.
// Source: CloudWatch Logs API reference (documented: ResourceNotFoundException; tagging takes the ARN without `:*`).

import { arnOrNull } from "../../world/arns";
import { AwsError, invalidParameter } from "../../world/aws-error";
import type { Lane } from "../../world/lane";
import type { LogGroup } from "../../world/log-group";

export function requireLogGroup(lane: Lane, name: string | undefined): LogGroup {
  const found = lane.logGroups.get(name ?? "");
  if (found !== undefined) return found;
  throw new AwsError("ResourceNotFoundException", "The specified log group does not exist.");
}

export function requireLogGroupOfArn(lane: Lane, arn: string | undefined): LogGroup {
  const parsed = arnOrNull(arn ?? "");
  if (parsed === null || parsed.service !== "logs" || !parsed.resource.startsWith(PREFIX)) {
    throw invalidParameter(`${arn} is not the ARN of a log group.`);
  }
  const name = parsed.resource.slice(PREFIX.length);
  if (name.includes(":")) throw invalidParameter(`${arn} must end with the name of the log group, without ":*".`);
  const isHere = parsed.account === lane.account && parsed.region === lane.region;
  return requireLogGroup(lane, isHere ? name : undefined);
}

/** Exactly one of the two may be given (documented for AssociateKmsKey and DisassociateKmsKey). */
export function requireLogGroupOfTarget(
  lane: Lane,
  target: { readonly logGroupName?: string | undefined; readonly resourceIdentifier?: string | undefined },
): LogGroup {
  const { logGroupName, resourceIdentifier } = target;
  if ((logGroupName === undefined) === (resourceIdentifier === undefined)) {
    throw invalidParameter("Specify either logGroupName or resourceIdentifier, and not both.");
  }
  if (resourceIdentifier?.includes(":query-result:")) {
    throw invalidParameter("The simulator does not model keys for the results of queries.");
  }
  return resourceIdentifier === undefined
    ? requireLogGroup(lane, logGroupName)
    : requireLogGroupOfArn(lane, resourceIdentifier);
}

const PREFIX = "log-group:";
