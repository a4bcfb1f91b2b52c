// What an argument that names a KMS key may hold: the ARN of a single-Region key, and for ephemeral storage one of the cluster's own
// account and Region.
// Sources: Amazon ECS developer guide, fargate-create-storage-key (documented): no aliases, no multi-Region keys. Keys of another
// account are neither allowed nor forbidden by any document, so they are refused. A bare id is taken by ECS but answered as an ARN,
// which every later plan shows as a change (reported: hashicorp/terraform-provider-aws#45545).
//
// Invariant: what passes is an ARN with a Region and an account.

import { formatKeyReference, type KeyArn, parseKeyReference } from "../domain/kms-key";
import { isProblem } from "../domain/problem";
import { ArgumentError } from "./argument-error";
import type { AwsPlace } from "./aws-place";

/** The text itself. @throws ArgumentError for an alias, a bare id, a multi-Region key, and what is no key. */
export function checkedKeyArn(argument: string, text: string): string {
  return formatKeyReference(readKeyArn(argument, text));
}

/** The same, for a key that must stand where the cluster does. @throws ArgumentError, with the place that is wrong. */
export function checkedKeyArnHere(argument: string, text: string, place: AwsPlace): string {
  const key = readKeyArn(argument, text);
  if (key.partition !== place.partition) {
    throw new ArgumentError(
      argument,
      text,
      `the key is in partition ${key.partition}, the cluster in ${place.partition}`,
    );
  }
  if (key.region !== place.region) {
    throw new ArgumentError(
      argument,
      text,
      `the key is in ${key.region}, the cluster in ${place.region}; give a key of the cluster's Region`,
    );
  }
  if (key.account === place.account) return text;
  throw new ArgumentError(
    argument,
    text,
    `the key is in account ${key.account}, the cluster in ${place.account}; ` +
      "AWS does not document keys of other accounts for ephemeral storage, give a key of the cluster's own account",
  );
}

function readKeyArn(argument: string, text: string): KeyArn {
  const key = parseKeyReference(text);
  if (isProblem(key)) throw new ArgumentError(argument, text, `${key.what}; ${key.remedy}`);
  if (key.kind === "key-id") {
    throw new ArgumentError(argument, text, "a bare key id, not an ARN; give arn:aws:kms:REGION:ACCOUNT:key/ID");
  }
  if (key.keyId.startsWith("mrk-")) {
    throw new ArgumentError(argument, text, "a multi-Region key, which ECS does not take; give a single-Region key");
  }
  return key;
}
