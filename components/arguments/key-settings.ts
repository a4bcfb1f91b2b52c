// The settings of a key that a component makes, and what holds for their values.
// Sources: CreateKey, EnableKeyRotation and ScheduleKeyDeletion (AWS KMS API Reference, documented).
//
// Invariants
//   a setting that is left out has the safest value: protected, rotated every year, thirty days to change one's mind
//   the tag by which guardrails find the key is on every key and cannot be overwritten

import type * as pulumi from "@pulumi/pulumi";
import { ArgumentError } from "./argument-error";

export interface KeySettings {
  /**
   * Name of an alias for the key, for people, with or without the prefix `alias/`; Fargate itself takes no alias. It decides whether
   * an alias is created, so it has to be known before anything is. By default there is none.
   * @default no alias
   */
  aliasName?: string | undefined;
  /**
   * Description of the key. By default it says what the key is for.
   * @default "Ephemeral storage of Amazon ECS tasks on AWS Fargate"
   */
  description?: pulumi.Input<string> | undefined;
  /**
   * ARNs of the roles and users that administer the key, and nobody else. Administrators cannot use the key. Who deploys must be
   * among them, by the role's own ARN and not by its session's: the deployment is refused otherwise. A role of IAM Identity Center
   * gets its permissions whatever the suffix of its name. By default the account's IAM policies decide who administers the key.
   * @default the account's IAM policies decide
   */
  administratorArns?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /**
   * ARNs of further roles and users that create or update clusters with the key: ECS checks the key with their credentials, so they
   * may describe it. By default nobody beyond the administrators may.
   * @default nobody beyond the administrators
   */
  clusterOperatorArns?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /**
   * Days between the order to delete the key and its deletion, 7 to 30. Whatever the key encrypted is lost with it. By default 30.
   * @default 30
   */
  deletionWindowInDays?: pulumi.Input<number> | undefined;
  /**
   * Days between two automatic rotations of the key's material, 90 to 2560. The ARN stays the same and nothing is redeployed. By
   * default 365.
   * @default 365
   */
  rotationPeriodInDays?: pulumi.Input<number> | undefined;
  /**
   * Whether Pulumi refuses to delete the key until it is unprotected with `pulumi state unprotect`. It has to be known before anything
   * is created, and it decides alone about the key, whatever the component's own option `protect` is. By default true.
   * @default true
   */
  protect?: boolean | undefined;
}

/** Marks the keys that hold up ephemeral storage, so that guardrails can keep them from being disabled or deleted. */
export const PURPOSE_TAG = "fargate-cmk:purpose";
export const PURPOSE_EPHEMERAL_STORAGE = "ephemeral-storage";

export const DEFAULT_DESCRIPTION = "Ephemeral storage of Amazon ECS tasks on AWS Fargate";
export const DEFAULT_DELETION_WINDOW_DAYS = 30;
export const DEFAULT_ROTATION_PERIOD_DAYS = 365;

/** @throws ArgumentError outside of 7 to 30 whole days. */
export function checkedDeletionWindow(days: number): number {
  return checkedDays("deletionWindowInDays", days, { min: 7, max: 30 });
}

/** @throws ArgumentError outside of 90 to 2560 whole days. */
export function checkedRotationPeriod(days: number): number {
  return checkedDays("rotationPeriodInDays", days, { min: 90, max: 2560 });
}

/** @throws ArgumentError when the purpose tag is given another value. */
export function withPurposeTag(tags: Readonly<Record<string, string>>): Record<string, string> {
  const given = tags[PURPOSE_TAG];
  if (given !== undefined && given !== PURPOSE_EPHEMERAL_STORAGE) {
    throw new ArgumentError(`tags["${PURPOSE_TAG}"]`, given, "guardrails find the key by this tag, leave it out");
  }
  return { ...tags, [PURPOSE_TAG]: PURPOSE_EPHEMERAL_STORAGE };
}

function checkedDays(
  argument: string,
  days: number,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  if (Number.isInteger(days) && days >= min && days <= max) return days;
  throw new ArgumentError(argument, days, `KMS takes ${min} to ${max} whole days`);
}
