// CreateKey: symmetric keys, and the kinds that Fargate refuses, so that the refusal can be tried.
// Source: CreateKey, KMS API reference (documented). Without a policy the account's root may do everything (documented).

import type { CreateKeyRequest } from "@aws-sdk/client-kms";
import { kmsArn } from "../../world/arns";
import { AwsError } from "../../world/aws-error";
import { type Key, settledPolicy } from "../../world/key";
import { count } from "../../world/world-state";
import type { Context } from "../operation";
import { keyMetadata } from "./key-metadata";
import { requirePolicy } from "./key-policies";

export function createKey(context: Context, input: CreateKeyRequest) {
  const { world, lane } = context;
  if (input.Policy !== undefined) requirePolicy(context, input);
  const spec = input.KeySpec ?? input.CustomerMasterKeySpec ?? "SYMMETRIC_DEFAULT";
  const usage = input.KeyUsage ?? "ENCRYPT_DECRYPT";
  if (spec !== "SYMMETRIC_DEFAULT" && input.KeyUsage === undefined) {
    throw new AwsError("ValidationException", `You must specify a KeyUsage value for the ${spec} key spec.`);
  }
  const multiRegion = input.MultiRegion === true;
  const id = multiRegion ? `mrk-${world.identifiers.taskId()}` : world.identifiers.keyId();
  const key: Key = {
    id,
    arn: kmsArn(lane, `key/${id}`),
    account: lane.account,
    createdAtMs: world.nowMs,
    manager: "CUSTOMER",
    usage,
    spec,
    origin: input.Origin ?? "AWS_KMS",
    multiRegion,
    validToMs: null,
    description: input.Description ?? "",
    state: input.Origin === "EXTERNAL" ? "PendingImport" : "Enabled",
    ...settledPolicy(input.Policy ?? defaultPolicy(lane.partition, lane.account)),
    deletionAtMs: null,
    rotationPeriodDays: null,
    tags: Object.fromEntries((input.Tags ?? []).map((tag) => [tag.TagKey ?? "", tag.TagValue ?? ""])),
    grants: new Map(),
  };
  lane.keys.set(id, key);
  count(world, "keysCreated");
  return { KeyMetadata: keyMetadata(key) };
}

function defaultPolicy(partition: string, account: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Id: "key-default-1",
    Statement: [
      {
        Sid: "Enable IAM User Permissions",
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  });
}
