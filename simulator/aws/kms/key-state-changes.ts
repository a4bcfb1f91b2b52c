// The states of a key and what changes them.
// Source: "Key states of AWS KMS keys", KMS developer guide (documented): which call is allowed in which state.

import type {
  CancelKeyDeletionRequest,
  DisableKeyRequest,
  EnableKeyRequest,
  ScheduleKeyDeletionRequest,
} from "@aws-sdk/client-kms";
import { AwsError } from "../../world/aws-error";
import type { Key, KeyState } from "../../world/key";
import { scheduleKeyDeletionIn } from "../../world/key-deletion";
import { instantOrNothing } from "../instant";
import type { Context } from "../operation";
import { findKey } from "./find-key";

const WINDOW_DAYS_LEAST = 7;
const WINDOW_DAYS_MOST = 30;
/** As KMS words them ("Key states of AWS KMS keys", table details). */
const STATES_SAID: Partial<Record<KeyState, string>> = {
  PendingDeletion: "is pending deletion",
  PendingImport: "is pending import",
};

export function enableKey(context: Context, input: EnableKeyRequest) {
  const key = findKey(context, input.KeyId);
  requireUsable(key);
  key.state = "Enabled";
  return {};
}

export function disableKey(context: Context, input: DisableKeyRequest) {
  const key = findKey(context, input.KeyId);
  requireUsable(key);
  key.state = "Disabled";
  return {};
}

export function scheduleKeyDeletion(context: Context, input: ScheduleKeyDeletionRequest) {
  const key = findKey(context, input.KeyId);
  if (key.state === "PendingDeletion") throw invalidState(key);
  const days = input.PendingWindowInDays ?? WINDOW_DAYS_MOST;
  if (days < WINDOW_DAYS_LEAST || days > WINDOW_DAYS_MOST) {
    throw new AwsError("ValidationException", `PendingWindowInDays must be between 7 and 30, not ${days}.`);
  }
  scheduleKeyDeletionIn(context.world, key, days);
  return {
    KeyId: key.arn,
    DeletionDate: instantOrNothing(key.deletionAtMs),
    KeyState: key.state,
    PendingWindowInDays: days,
  };
}

export function cancelKeyDeletion(context: Context, input: CancelKeyDeletionRequest) {
  const key = findKey(context, input.KeyId);
  if (key.state !== "PendingDeletion") throw invalidState(key);
  key.state = "Disabled";
  key.deletionAtMs = null;
  return { KeyId: key.arn };
}

/** Refuses keys that wait for their deletion or their material. */
export function requireUsable(key: Key): void {
  if (key.state === "PendingDeletion" || key.state === "PendingImport") throw invalidState(key);
}

/** Refuses keys that wait for their deletion. */
export function requireNotPendingDeletion(key: Key): void {
  if (key.state === "PendingDeletion") throw invalidState(key);
}

/** Refuses keys that are disabled: their rotation cannot be changed. */
export function requireEnabled(key: Key): void {
  if (key.state === "Disabled") throw new AwsError("DisabledException", `${key.arn} is disabled.`);
}

function invalidState(key: Key): AwsError {
  return new AwsError(
    "KMSInvalidStateException",
    `${key.arn} ${STATES_SAID[key.state] ?? `is in state ${key.state}`}.`,
  );
}
