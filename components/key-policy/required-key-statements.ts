// What the policies of keys that are not ours must hold for a cluster, as JSON that the keys' owners can paste.
// Invariant: a statement is listed under the key that needs it; a key that serves two uses is listed once, with both.

import type { AwsPlace } from "../aws-place";
import { type KeyUses, unitedUses, useStatements } from "./storage-key-policy";

export interface ForeignKey extends KeyUses {
  readonly keyArn: string;
}

/** JSON text: an object that gives each key's ARN its list of policy statements; `{}` when every key is ours. */
export function requiredKeyStatements(keys: readonly ForeignKey[], place: AwsPlace): string {
  const arns = [...new Set(keys.map(({ keyArn }) => keyArn))];
  const usesOf = (arn: string) => unitedUses(keys.filter(({ keyArn }) => keyArn === arn));
  const statements = arns.map((arn) => [arn, useStatements(usesOf(arn), place)] as const);
  return JSON.stringify(Object.fromEntries(statements.filter(([, needed]) => needed.length > 0)), null, 2);
}
