// Whether a key that exists is of a kind and in a state that Fargate can use.
// Sources: Amazon ECS developer guide, fargate-create-storage-key (documented): symmetric, enabled, not multi-Region; AWS KMS developer
// guide, "Key states of AWS KMS keys", and KeyMetadata in the KMS API Reference (documented). That a key to encrypt storage is for
// ENCRYPT_DECRYPT is inferred.
//
// Invariants
//   what cannot be repaired, the kind of key, is told before its state, which can
//   a kind, usage or state that is not known here is refused with its name, never taken for a good one

/** What the AWS provider's `aws.kms.getKey` answers, as far as it is judged. Dates are RFC 3339, or empty. */
export interface KeyFacts {
  /** CUSTOMER or AWS. */
  readonly keyManager: string;
  /** SYMMETRIC_DEFAULT, RSA_2048, HMAC_256, … */
  readonly keySpec: string;
  /** ENCRYPT_DECRYPT, SIGN_VERIFY, GENERATE_VERIFY_MAC, KEY_AGREEMENT. */
  readonly keyUsage: string;
  readonly keyState: string;
  readonly multiRegion: boolean;
  /** AWS_KMS, EXTERNAL, AWS_CLOUDHSM, EXTERNAL_KEY_STORE. */
  readonly origin: string;
  /** When the key is deleted; only while it is PendingDeletion. */
  readonly deletionDate: string;
  /** When imported key material expires. */
  readonly validTo: string;
}

/** What keeps Fargate from using the key, with the next step; null when nothing does. */
export function keyStateObjection(key: KeyFacts): string | null {
  return kindObjection(key) ?? stateObjection(key);
}

/** What may keep Fargate from using the key, now or later; null when nothing is known to. */
export function keyStateDoubt({ origin, validTo }: KeyFacts): string | null {
  if (origin === "AWS_CLOUDHSM" || origin === "EXTERNAL_KEY_STORE") {
    return "a key of a custom key store, which no AWS document names for Fargate's storage; prove it with one task first";
  }
  const day = dayOf(validTo);
  if (day === null) return null;
  return `its imported key material expires on ${day}, and no task starts after that; import it again before, or let it not expire`;
}

function kindObjection({ keyManager, keySpec, keyUsage, multiRegion }: KeyFacts): string | null {
  if (keyManager === "AWS") return `a key that AWS manages, whose policy nobody can change; ${GIVE_ANOTHER}`;
  if (keyManager !== "CUSTOMER") return `a key whose manager is ${shown(keyManager)}; ${GIVE_ANOTHER}`;
  if (keySpec.startsWith("HMAC_")) return `an HMAC key (${keySpec}), which encrypts nothing; ${GIVE_ANOTHER}`;
  if (keyUsage !== "ENCRYPT_DECRYPT") return `a key for ${shown(keyUsage)}, not for ENCRYPT_DECRYPT; ${GIVE_ANOTHER}`;
  if (keySpec !== "SYMMETRIC_DEFAULT") return `not a symmetric key (${shown(keySpec)}); ${GIVE_ANOTHER}`;
  return multiRegion ? "a multi-Region key, which ECS does not take; give a single-Region key" : null;
}

const GIVE_ANOTHER = "give a symmetric customer managed key";

function stateObjection({ keyState, deletionDate }: KeyFacts): string | null {
  switch (keyState) {
    case "Enabled":
      return null;
    case "Disabled":
      return "disabled, so no task would start; ask the key's owner to enable it, or give another key";
    case "PendingDeletion": {
      const day = dayOf(deletionDate);
      const when = day === null ? "" : ` on ${day}`;
      // A key whose deletion is cancelled is Disabled (KMS API Reference, CancelKeyDeletion, documented).
      return `to be deleted${when}; ask the key's owner to cancel the deletion and enable the key, or give another key`;
    }
    case "PendingReplicaDeletion":
      return "to be deleted once its replicas are; give another key";
    case "PendingImport":
      return "without key material; import it, then run again";
    case "Unavailable":
      return "unavailable, its custom key store is disconnected; ask the store's owner to connect it, then run again";
    case "Creating":
    case "Updating":
      return `still ${keyState}; run again once it is Enabled`;
    default:
      return `in the state ${shown(keyState)}, where only Enabled is known to do; ask the key's owner, or give another key`;
  }
}

/** The day of a date as the provider writes it; null for none, which it writes as an empty text or as 0. */
function dayOf(date: string): string | null {
  return /^\d{4}-\d\d-\d\d/.test(date) ? date.slice(0, "2026-01-31".length) : null;
}

function shown(value: string): string {
  return value === "" ? "not told" : value;
}
