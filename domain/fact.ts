// A fact is what one read showed, or why nothing was seen.
// Invariant: an unseen value is never represented by an absent or empty one; `unknown` never counts as fine.

/** What a read showed, with the instant of the read (ISO 8601, UTC). */
export interface Known<T> {
  readonly kind: "known";
  readonly value: T;
  readonly asOf: string;
}

/** Why nothing was seen, and the permission (an IAM action) that would show it. */
export interface Unknown {
  readonly kind: "unknown";
  readonly why: string;
  readonly permission?: string;
}

export type Fact<T> = Known<T> | Unknown;

export function known<T>(value: T, asOf: string): Known<T> {
  return { kind: "known", value, asOf };
}

export function unknown(why: string, permission?: string): Unknown {
  return permission === undefined ? { kind: "unknown", why } : { kind: "unknown", why, permission };
}
