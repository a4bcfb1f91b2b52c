// Arguments about an existing key that contradict each other, or those about a key that is created.
// Invariant: an argument that would do nothing is refused, not ignored.

import * as pulumi from "@pulumi/pulumi";
import { ArgumentError } from "../arguments/argument-error";
import type { KeySettings } from "../arguments/key-settings";
import { plainBoolean } from "../arguments/plain-argument";
import type { ExistingKeySettings } from "./existing-key-settings";

/** @throws ArgumentError for the first contradiction. */
export function refuseContradictions(args: ExistingKeySettings & KeySettings): void {
  const isElsewhere = plainBoolean("allowKeyOfAnotherAccount", args.allowKeyOfAnotherAccount) === true;
  if (args.existingKeyArn === undefined) {
    refuseWithoutKey(args, isElsewhere);
    return;
  }
  refuseKeySettings(args);
  if (isElsewhere && args.existingKeyPolicy === undefined) {
    const remedy = "the policy of such a key cannot be read from this account; give it as existingKeyPolicy";
    throw new ArgumentError("allowKeyOfAnotherAccount", true, remedy);
  }
}

function refuseWithoutKey({ existingKeyPolicy }: ExistingKeySettings, isElsewhere: boolean): void {
  if (existingKeyPolicy !== undefined) {
    throw new ArgumentError("existingKeyPolicy", "given", "there is no existingKeyArn that it is the policy of");
  }
  if (!isElsewhere) return;
  throw new ArgumentError("allowKeyOfAnotherAccount", true, "there is no existingKeyArn that it is about");
}

function refuseKeySettings(args: KeySettings): void {
  for (const argument of KEY_SETTINGS) {
    if (args[argument] === undefined) continue;
    const value = pulumi.Output.isInstance(args[argument]) ? "set" : args[argument];
    throw new ArgumentError(argument, value, "existingKeyArn is given and no key is created, leave one of the two out");
  }
}

const KEY_SETTINGS: readonly (keyof KeySettings)[] = [
  "aliasName",
  "description",
  "administratorArns",
  "clusterOperatorArns",
  "deletionWindowInDays",
  "rotationPeriodInDays",
  "protect",
];
