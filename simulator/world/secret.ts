// A secret of Secrets Manager: its name and whether it is being deleted. Its value is never kept.
// Source: DeleteSecret, Secrets Manager API reference (documented: until the recovery window has passed a deletion can be undone,
// and meanwhile nobody can read the value). An ARN ends in a hyphen and six characters of AWS's, which callers may leave out.

import type { Lane } from "./lane";

export interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly createdAtMs: number;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  /** When it is gone for good; null while nobody deletes it. */
  deletionAtMs: number | null;
}

/** What a caller names: by name, or by ARN with or without AWS's six characters. Undefined when it is not there (any more). */
export function secretNamed(lane: Lane, reference: string, nowMs: number): Secret | undefined {
  const name = reference.startsWith("arn:") ? reference.slice(reference.lastIndexOf(":") + 1) : reference;
  const exact = lane.secrets.get(name);
  const found = exact ?? lane.secrets.get(secretName(name));
  if (found === undefined || isGone(found, nowMs)) return undefined;
  // Only an ARN carries the six characters, and then they must be this secret's.
  return exact !== undefined || isArnOf(found, reference) ? found : undefined;
}

/** The name in the last part of a secret's ARN. */
export function secretName(resourceName: string): string {
  return resourceName.replace(/-[A-Za-z0-9]{6}$/, "");
}

export function isGone({ deletionAtMs }: Secret, nowMs: number): boolean {
  return deletionAtMs !== null && deletionAtMs <= nowMs;
}

/** A secret that is only known by an ARN without the six characters answers to them all. */
function isArnOf({ arn, name }: Secret, reference: string): boolean {
  return reference === arn || (reference.startsWith("arn:") && arn.endsWith(`:${name}`));
}
