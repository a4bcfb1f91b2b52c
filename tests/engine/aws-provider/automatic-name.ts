// The physical name of a resource whose program gives none: the logical name, a dash and seven hex digits, as pulumi-aws does.
// Invariants: a name once given stays until the resource is replaced; the stack's autonaming settings win over the pattern.

import { createHash, randomBytes } from "node:crypto";

export type Autonaming =
  | { readonly mode: "standard" }
  | { readonly mode: "propose" | "enforce"; readonly name: string }
  | { readonly mode: "disable" };

export interface NameRequest {
  readonly urn: string;
  readonly prefix: string;
  readonly autonaming: Autonaming;
  /** From the engine, the same for the same plan; empty when it gives none. */
  readonly randomSeed: Uint8Array;
}

const HEX_DIGITS = 7;

/** Null when the settings say that names must be given. */
export function automaticName({ urn, prefix, autonaming, randomSeed }: NameRequest): string | null {
  switch (autonaming.mode) {
    case "disable":
      return null;
    case "enforce":
      return autonaming.name;
    case "propose":
      return `${prefix}${autonaming.name}`;
    case "standard":
      return `${prefix}${logicalName(urn)}-${hexOf(urn, randomSeed)}`;
  }
}

export function logicalName(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

function hexOf(urn: string, randomSeed: Uint8Array): string {
  const seed = randomSeed.length > 0 ? randomSeed : randomBytes(16);
  return createHash("sha256").update(seed).update(urn).digest("hex").slice(0, HEX_DIGITS);
}
