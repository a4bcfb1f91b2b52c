// The public key with which a caller wraps key material for its import: a well-formed RSA key that any tool can encrypt to.
// Invariant: it follows from the KMS key and the moment alone, so that a simulation repeats itself. Nobody has its private
// half, this simulator neither: what is wrapped with it cannot be opened, and is not (import-key-material.ts).

import { createHash, createPublicKey } from "node:crypto";

/** As GetParametersForImport names them. China's SM2 is not modelled. */
export const WRAPPING_KEY_BITS: Readonly<Record<string, number>> = { RSA_2048: 2048, RSA_3072: 3072, RSA_4096: 4096 };

const DIGEST_BYTES = 64;
const TOP_BITS = 0b1100_0000;
const PUBLIC_EXPONENT = Buffer.from([1, 0, 1]);

/** DER, as SubjectPublicKeyInfo. */
export function wrappingKey(of: string, bits: number): Uint8Array {
  const modulus = bytesOf(of, bits / 8);
  modulus[0] = (modulus[0] ?? 0) | TOP_BITS;
  const last = modulus.length - 1;
  modulus[last] = (modulus[last] ?? 0) | 1;
  const jwk = { kty: "RSA", n: modulus.toString("base64url"), e: PUBLIC_EXPONENT.toString("base64url") };
  return new Uint8Array(createPublicKey({ key: jwk, format: "jwk" }).export({ type: "spki", format: "der" }));
}

function bytesOf(of: string, count: number): Buffer {
  const parts = Array.from({ length: Math.ceil(count / DIGEST_BYTES) }, (_, part) =>
    createHash("sha512").update(`${of} ${part}`).digest(),
  );
  return Buffer.concat(parts).subarray(0, count);
}
