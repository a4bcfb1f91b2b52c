// The key of a log group: AssociateKmsKey, DisassociateKmsKey, and the check that CreateLogGroup makes too.
// Sources: CloudWatch Logs API reference (documented: an ARN of a symmetric key; InvalidParameterException when the key does
// not exist or is disabled); that a key policy without CloudWatch Logs is refused alike, and both texts, are reported
// (hashicorp/terraform-provider-aws#29282, hashicorp/terraform#24194). AccessDeniedException is reported there as well.
// Invariant: a key that is already associated is not looked at again; only a new association is checked.

import type { AssociateKmsKeyRequest, DisassociateKmsKeyRequest } from "@aws-sdk/client-cloudwatch-logs";
import { arnOrNull } from "../../world/arns";
import { invalidParameter } from "../../world/aws-error";
import { keyOfArn } from "../../world/launch-key-check";
import { mayLogsUse } from "../../world/log-group-key-check";
import type { Context } from "../operation";
import { requireLogGroupOfTarget } from "./find-log-group";

export function associateKmsKey(context: Context, input: AssociateKmsKeyRequest) {
  const logGroup = requireLogGroupOfTarget(context.lane, input);
  logGroup.kmsKeyArn = requireUsableKey(context, logGroup.arn, input.kmsKeyId ?? "");
  return {};
}

export function disassociateKmsKey({ lane }: Context, input: DisassociateKmsKeyRequest) {
  requireLogGroupOfTarget(lane, input).kmsKeyArn = null;
  return {};
}

/** The key's ARN. Throws InvalidParameterException unless CloudWatch Logs can encrypt this log group with it. */
export function requireUsableKey({ world, lane }: Context, logGroupArn: string, reference: string): string {
  const arn = arnOrNull(reference);
  if (arn === null || arn.service !== "kms" || !arn.resource.startsWith("key/")) {
    throw invalidParameter(`The specified KMS Key Id could not be found. ${reference} is not the ARN of a key.`);
  }
  const key = arn.region === lane.region ? keyOfArn(world, reference) : null;
  const isFit = key !== null && key.state === "Enabled" && key.spec === "SYMMETRIC_DEFAULT";
  if (isFit && mayLogsUse(world, { key, logGroupArn, place: lane })) return key.arn;
  throw invalidParameter(`The specified KMS key does not exist or is not allowed to be used with Arn '${logGroupArn}'`);
}
