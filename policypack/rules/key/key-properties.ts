// What the six types of KMS keys call the same things, and what a program gave of them.
//
// Invariant: the provider computes what a program leaves out, so before the key exists it is unknown, not absent. The engine keeps a
//   list of sources for an unknown value that the program gave, even if nothing on it is visible, and none for one that was left out
//   (seen with Pulumi 3.259, with resources, with `get` and with values inside values).

import { type Look, lookAt } from "../look";
import {
  EXTERNAL_KEY,
  KEY,
  NATIVE_KEY,
  NATIVE_REPLICA_KEY,
  REPLICA_EXTERNAL_KEY,
  REPLICA_KEY,
} from "../resource-types";
import type { Rule, StackSubject } from "../rule";

export interface KeyProperties {
  readonly enabled: string;
  readonly policy: string;
  readonly spec: string;
  /** The days between the order to delete a key and its deletion. */
  readonly window: string;
}

export function keyProperties(type: string): KeyProperties {
  return BY_TYPE[type] ?? PROVIDER;
}

/** As lookAt for a top-level property, and what the program left to the provider is absent. */
export function givenAt({ properties, madeFrom }: StackSubject, property: string): Look {
  const look = lookAt(properties, property);
  return look.state === "unknown" && !Object.hasOwn(madeFrom, property) ? { state: "absent" } : look;
}

/** What a rule reads of keys: the properties of these meanings, besides `more` of every key. */
export function keyReads(meanings: readonly (keyof KeyProperties)[], more: readonly string[]): Rule["reads"] {
  return Object.fromEntries(
    Object.entries(BY_TYPE).map(([type, names]) => [type, [...more, ...meanings.map((meaning) => names[meaning])]]),
  );
}

const PROVIDER: KeyProperties = {
  enabled: "enabled",
  policy: "policy",
  spec: "keySpec",
  window: "deletionWindowInDays",
};
const NATIVE: KeyProperties = { ...PROVIDER, policy: "keyPolicy", window: "pendingWindowInDays" };

const BY_TYPE: Readonly<Record<string, KeyProperties>> = {
  [KEY]: { ...PROVIDER, enabled: "isEnabled", spec: "customerMasterKeySpec" },
  [EXTERNAL_KEY]: PROVIDER,
  [REPLICA_KEY]: PROVIDER,
  [REPLICA_EXTERNAL_KEY]: PROVIDER,
  [NATIVE_KEY]: NATIVE,
  [NATIVE_REPLICA_KEY]: NATIVE,
};
