// The policy documents of principals, wherever a type holds them: of its own, or in line at a role, a user or a group.
//
// Invariant: a document that is not known as a whole is left out. It is JSON made from ARNs that the update makes: nothing to speak of yet.
// Source: @pulumi/aws 7.48 and CloudFormation's types (documented). A service control policy grants nothing, and is none of these.

import { itemsAt } from "../block-at";
import { parseJsonText } from "../json-text";
import { type Look, lookAt, type Properties, unknownsIn } from "../look";
import {
  GROUP_POLICY,
  IAM_POLICY,
  NATIVE_GROUP,
  NATIVE_GROUP_POLICY,
  NATIVE_MANAGED_POLICY,
  NATIVE_ROLE,
  NATIVE_ROLE_POLICY,
  NATIVE_USER,
  NATIVE_USER_POLICY,
  ROLE,
  ROLE_POLICY,
  USER_POLICY,
} from "../resource-types";

interface Place {
  /** The top-level property. */
  readonly property: string;
  /** Set where that is a list: the name of the document in each entry. */
  readonly inEach?: string;
}

const AWS: Place = { property: "policy" };
const NATIVE: Place = { property: "policyDocument" };
const NATIVE_INLINE: Place = { property: "policies", inEach: "policyDocument" };

export const DOCUMENT_PLACES: Readonly<Record<string, Place>> = {
  [IAM_POLICY]: AWS,
  [ROLE_POLICY]: AWS,
  [USER_POLICY]: AWS,
  [GROUP_POLICY]: AWS,
  [ROLE]: { property: "inlinePolicies", inEach: "policy" },
  [NATIVE_MANAGED_POLICY]: NATIVE,
  [NATIVE_ROLE_POLICY]: NATIVE,
  [NATIVE_USER_POLICY]: NATIVE,
  [NATIVE_GROUP_POLICY]: NATIVE,
  [NATIVE_ROLE]: NATIVE_INLINE,
  [NATIVE_USER]: NATIVE_INLINE,
  [NATIVE_GROUP]: NATIVE_INLINE,
};

/** Documents as JSON values, all known and readable. */
export function documentsIn(type: string, properties: Properties): readonly unknown[] {
  const place = DOCUMENT_PLACES[type];
  if (place === undefined) return [];
  const { property, inEach } = place;
  if (inEach === undefined) return wholly(lookAt(properties, property));
  const list = itemsAt(properties, property);
  return list.state === "known" ? list.items.flatMap((entry) => wholly(lookAt(entry, inEach))) : [];
}

function wholly(look: Look): readonly unknown[] {
  const json = parseJsonText(look);
  return json.state === "known" && unknownsIn(json.value) === 0 ? [json.value] : [];
}
