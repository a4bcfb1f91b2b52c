// Automatic rotation. Source: EnableKeyRotation, GetKeyRotationStatus, KMS API reference (documented): 90 to 2560 days, 365
// unless given, and only for symmetric keys with material that KMS made; of all others the status is always false.

import type {
  DisableKeyRotationRequest,
  EnableKeyRotationRequest,
  GetKeyRotationStatusRequest,
} from "@aws-sdk/client-kms";
import { AwsError } from "../../world/aws-error";
import type { Key } from "../../world/key";
import { instant } from "../instant";
import type { Context } from "../operation";
import { findKey } from "./find-key";
import { requireEnabled, requireUsable } from "./key-state-changes";

const PERIOD_DAYS = { least: 90, most: 2560, standard: 365 };
const DAY_MS = 86_400_000;

export function enableKeyRotation(context: Context, input: EnableKeyRotationRequest) {
  const key = findKey(context, input.KeyId);
  requireUsable(key);
  requireEnabled(key);
  requireRotatable(key);
  const days = input.RotationPeriodInDays ?? PERIOD_DAYS.standard;
  if (days < PERIOD_DAYS.least || days > PERIOD_DAYS.most) {
    throw new AwsError("ValidationException", `RotationPeriodInDays must be between 90 and 2560, not ${days}.`);
  }
  key.rotationPeriodDays = days;
  return {};
}

export function disableKeyRotation(context: Context, input: DisableKeyRotationRequest) {
  const key = findKey(context, input.KeyId);
  requireUsable(key);
  requireEnabled(key);
  requireRotatable(key);
  key.rotationPeriodDays = null;
  return {};
}

export function getKeyRotationStatus(context: Context, input: GetKeyRotationStatusRequest) {
  const key = findKey(context, input.KeyId);
  if (key.rotationPeriodDays === null) return { KeyId: key.id, KeyRotationEnabled: false };
  return {
    KeyId: key.id,
    KeyRotationEnabled: key.state !== "PendingDeletion",
    RotationPeriodInDays: key.rotationPeriodDays,
    NextRotationDate: instant(nextRotationMs(key, key.rotationPeriodDays, context.world.nowMs)),
  };
}

function nextRotationMs(key: Key, periodDays: number, nowMs: number): number {
  const periodMs = periodDays * DAY_MS;
  return key.createdAtMs + Math.ceil((nowMs - key.createdAtMs + 1) / periodMs) * periodMs;
}

function requireRotatable(key: Key): void {
  if (key.spec === "SYMMETRIC_DEFAULT" && key.origin === "AWS_KMS") return;
  throw new AwsError("UnsupportedOperationException", `${key.arn} does not support automatic key rotation.`);
}
