// What an argument that names a KMS key may hold: an ARN, of a key that stands where the cluster does.
// Sources: Amazon ECS developer guide, fargate-create-storage-key, and ManagedStorageConfiguration in the ECS API Reference
// (documented): neither ephemeral storage nor EBS volumes take aliases or multi-Region keys; ExecuteCommandConfiguration says no such
// thing of ECS Exec. Keys of another account are neither allowed nor forbidden for ephemeral storage by any document, so they are
// refused there. A bare id is taken by ECS but answered as an ARN, which every later plan shows as a change (reported:
// hashicorp/terraform-provider-aws#45545).
//
// Invariant: what passes is an ARN with a Region and an account.

import { formatKeyReference, type KeyArn, parseKeyReference } from "../../domain/kms-key";
import { isProblem } from "../../domain/problem";
import type { AwsPlace } from "../aws-place";
import { ArgumentError } from "./argument-error";

/** The text itself. @throws ArgumentError for an alias, a bare id, and what is no key. */
export function checkedAnyKeyArn(argument: string, text: string): string {
  return formatKeyReference(readKeyArn(argument, text));
}

/** The same, for a single-Region key. @throws ArgumentError for a multi-Region key, too. */
export function checkedKeyArn(argument: string, text: string): string {
  const key = readKeyArn(argument, text);
  if (!key.keyId.startsWith("mrk-")) return text;
  throw new ArgumentError(argument, text, "a multi-Region key, which ECS does not take; give a single-Region key");
}

/** The text itself, once the key is known to be in the cluster's partition and Region. @throws ArgumentError, with what is wrong. */
export function checkedKeyRegion(argument: string, text: string, place: KeyPlace): string {
  const key = readKeyArn(argument, text);
  if (key.partition !== place.partition) {
    throw new ArgumentError(
      argument,
      text,
      `the key is in partition ${key.partition}, the cluster in ${place.partition}`,
    );
  }
  if (key.region === place.region) return text;
  throw new ArgumentError(
    argument,
    text,
    `the key is in ${key.region}, the cluster in ${place.region}; give a key of the cluster's Region`,
  );
}

/** The same, for a key that must be of the cluster's account, too. */
export function checkedKeyArnHere(argument: string, text: string, place: KeyPlace & Pick<AwsPlace, "account">): string {
  const key = readKeyArn(argument, checkedKeyRegion(argument, text, place));
  if (key.account === place.account) return text;
  throw new ArgumentError(
    argument,
    text,
    `the key is in account ${key.account}, the cluster in ${place.account}; ` +
      "AWS does not document keys of other accounts for ephemeral storage, give a key of the cluster's own account",
  );
}

type KeyPlace = Pick<AwsPlace, "partition" | "region">;

function readKeyArn(argument: string, text: string): KeyArn {
  // What an Input holds is not type-checked.
  const key = typeof text === "string" ? parseKeyReference(text) : null;
  if (key === null) throw new ArgumentError(argument, text, "give arn:aws:kms:REGION:ACCOUNT:key/ID");
  if (isProblem(key)) throw new ArgumentError(argument, text, `${key.what}; ${key.remedy}`);
  if (key.kind === "key-arn") return key;
  throw new ArgumentError(argument, text, "a bare key id, not an ARN; give arn:aws:kms:REGION:ACCOUNT:key/ID");
}
