// Which KMS key of the stack a property names: by ARN, id or alias, or by what the property was made from.
//
// Invariants
//   a known value decides alone; two unknown values are never compared
//   an alias counts as the key that the same stack points it to; other aliases lead to no key
// Source: KMS API reference, DescribeKey.KeyId (documented): key id, key ARN, alias name and alias ARN name a key alike.

import { lookAt, textsAt } from "../look";
import type { StackSubject } from "../rule";
import { ALIAS_TYPES, isKey, keysCalled } from "../stack/keys-of-cluster";
import { inOrder, onceAStack, placesByText, typedOnceAStack, withUrns } from "../stack/once-a-stack";

export interface NamedKeys {
  /** References as known texts: ARNs or ids. */
  readonly texts: readonly string[];
  /** Keys of the stack: what the property may name. */
  readonly keys: readonly StackSubject[];
  /** Whether it can be no other than the one. */
  readonly isSure: boolean;
}

/** The properties of aliases that a rule has to read for this; of keys it reads `arn` and `keyId`. */
export const ALIAS_PROPERTIES: readonly string[] = ["name", "aliasName", "arn", "targetKeyId"];

/** `property` is a top-level one. */
export function namedKeys(subject: StackSubject, property: string, resources: readonly StackSubject[]): NamedKeys {
  const named = lookAt(subject.properties, property);
  const sources = subject.madeFrom[property] ?? [];
  const called =
    named.state === "known"
      ? inOrder(aliasesIn(resources), placesByAlias(resources).get(String(named.value)) ?? [])
      : withUrns(resources, sources).filter(({ type }) => ALIAS_TYPES.includes(type));
  const aliases = called.filter((one) => isNear(one, subject));
  const all = [
    directKeys(subject, property, resources),
    // An alias leads to a key, never to another alias.
    ...aliases.map((alias) => directKeys(alias, "targetKeyId", resources)),
  ];
  const keys = [...new Set(all.flatMap((one) => one.keys))];
  return { texts: all.flatMap((one) => one.texts), keys, isSure: aliases.length <= 1 && keys.length <= 1 };
}

function directKeys(
  subject: StackSubject,
  property: string,
  resources: readonly StackSubject[],
): Omit<NamedKeys, "isSure"> {
  const named = lookAt(subject.properties, property);
  if (named.state === "absent") return { texts: [], keys: [] };
  if (named.state === "known") {
    const text = String(named.value);
    return { texts: [text], keys: keysCalled(text, resources, ["arn", "keyId"]) };
  }
  const sources = subject.madeFrom[property] ?? [];
  return { texts: [], keys: withUrns(resources, sources).filter(isKey) };
}

/** Aliases of one name may exist in every Region. */
function isNear(alias: StackSubject, { region }: StackSubject): boolean {
  return region.state !== "known" || alias.region.state !== "known" || alias.region.value === region.value;
}

const aliasesIn = typedOnceAStack(ALIAS_TYPES);

const placesByAlias = onceAStack((resources) =>
  placesByText(aliasesIn(resources), ({ properties }) => textsAt(properties, ["name", "aliasName", "arn"])),
);
