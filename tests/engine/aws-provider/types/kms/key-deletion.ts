// Deleting a key: its deletion is scheduled, and that is all that is waited for. A key that is gone or waits already is no error.

import { ScheduleKeyDeletionCommand } from "@aws-sdk/client-kms";
import { calling, isCode } from "../../call-error";
import type { PropertyMap } from "../../property-values";
import type { ResourceContext } from "../../resource-type";
import { numberOf } from "../../state-values";
import { describedKey, isPendingDeletion, type KeyKind } from "./key-calls";

export interface KeyDeletion {
  readonly kind: KeyKind;
  readonly id: string;
  readonly state: PropertyMap;
}

export async function deleteKey(context: ResourceContext, { kind, id, state }: KeyDeletion): Promise<void> {
  const days = numberOf(state.deletionWindowInDays);
  const input = { KeyId: id, ...(days === undefined ? {} : { PendingWindowInDays: days }) };
  try {
    const asked = context.aws.kms.send(new ScheduleKeyDeletionCommand(input));
    await calling(`deleting ${kind} (${id})`, "KMS: ScheduleKeyDeletion", asked);
  } catch (error) {
    if (isCode(error, "NotFoundException")) return;
    if (isCode(error, "KMSInvalidStateException") && error.said.includes("is pending deletion")) return;
    throw error;
  }
  const left = await describedKey(context, id);
  if (left !== null && !isPendingDeletion(left)) {
    throw new Error(`waiting for ${kind} (${id}) delete: unexpected state '${left.KeyState}'`);
  }
}
