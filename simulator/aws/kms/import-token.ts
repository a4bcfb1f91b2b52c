// The import token: what ties wrapped key material to its key and to the wrapping that was asked for.
// Invariant: all that is to be known of a token stands in it, so the world need not remember which were given out. Its seal
// only tells a token from other bytes; it protects nothing.

import { createHash } from "node:crypto";

export interface ImportParameters {
  readonly keyId: string;
  readonly validToMs: number;
  /** E.g. RSAES_OAEP_SHA_256. */
  readonly algorithm: string;
  /** Of the modulus of the wrapping key. */
  readonly bits: number;
}

export function importToken({ keyId, validToMs, algorithm, bits }: ImportParameters): Uint8Array {
  const text = [keyId, validToMs, algorithm, bits].join(" ");
  return new Uint8Array(Buffer.from(`${text} ${seal(text)}`));
}

/** Null when the bytes are no token. */
export function readImportToken(token: Uint8Array): ImportParameters | null {
  const [keyId = "", validTo = "", algorithm = "", bits = "", sealed] = Buffer.from(token).toString("utf8").split(" ");
  if (sealed !== seal([keyId, validTo, algorithm, bits].join(" "))) return null;
  return { keyId, validToMs: Number(validTo), algorithm, bits: Number(bits) };
}

function seal(text: string): string {
  return createHash("sha256").update(`import token of the simulator: ${text}`).digest("hex");
}
