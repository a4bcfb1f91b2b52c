// What CreateCluster and UpdateCluster ask of the key for ephemeral storage.
// Source: "Customer managed keys for Fargate ephemeral storage", ECS developer guide (documented: symmetric, enabled,
// single-Region, no alias; checked through the caller's DescribeKey); usage and Region are inferred, and so are the texts.
// Invariants: what is stored is an ARN, whatever was sent (a bare id is echoed as the ARN: reported); key *policies* are not
// looked at here, they are met by the first task.

import type { ClusterConfiguration } from "@aws-sdk/client-ecs";
import { arnOrNull } from "../../world/arns";
import { AwsError, invalidParameter } from "../../world/aws-error";
import type { Key } from "../../world/key";
import { findKey } from "../kms/find-key";
import type { Context } from "../operation";

/** The configuration as it will be stored. Throws InvalidParameterException when the key will not do. */
export function checkedConfiguration(
  context: Context,
  configuration: ClusterConfiguration | undefined,
): ClusterConfiguration | undefined {
  const storage = configuration?.managedStorageConfiguration;
  const sent = storage?.fargateEphemeralStorageKmsKeyId;
  if (!sent) return configuration;
  const key = acceptableKey(context, sent);
  return {
    ...configuration,
    managedStorageConfiguration: { ...storage, fargateEphemeralStorageKmsKeyId: key.arn },
  };
}

function acceptableKey(context: Context, sent: string): Key {
  if (/(^|:)alias\//.test(sent)) throw refused(sent, "aliases are not supported");
  const arn = arnOrNull(sent);
  if (arn !== null && arn.region !== context.lane.region) throw refused(sent, "it is in another Region");
  const key = describedKey(context, sent);
  if (key.spec !== "SYMMETRIC_DEFAULT") throw refused(sent, "it is not a symmetric encryption key");
  if (key.usage !== "ENCRYPT_DECRYPT") throw refused(sent, `its key usage is ${key.usage}, not ENCRYPT_DECRYPT`);
  if (key.multiRegion) throw refused(sent, "multi-Region keys are not supported");
  if (key.state !== "Enabled") throw refused(sent, `its state is ${key.state}, not Enabled`);
  return key;
}

function describedKey(context: Context, sent: string): Key {
  try {
    return findKey(context, sent);
  } catch (error) {
    if (error instanceof AwsError && error.code === "NotFoundException") throw refused(sent, error.message);
    throw error;
  }
}

function refused(sent: string, why: string): AwsError {
  return invalidParameter(`Invalid fargateEphemeralStorageKmsKeyId ${sent}: ${why}.`);
}
