// Ids that look like AWS's, made from names: the same fleet has the same ids on every machine.

import { createHash } from "node:crypto";

/** Hexadecimal digits that depend on nothing but the text. */
export function hexOf(text: string, digits: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, digits);
}

/** In the form of a UUID, as KMS keys and old-format tasks have it. */
export function uuidOf(text: string): string {
  const hex = hexOf(text, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join("-");
}

/** `ecs-svc/` and 19 digits, as deployments and task sets have it. */
export function deploymentIdOf(text: string): string {
  const digits = BigInt(`0x${hexOf(text, 15)}`)
    .toString()
    .padStart(19, "1")
    .slice(0, 19);
  return `ecs-svc/${digits}`;
}
