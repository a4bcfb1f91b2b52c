// What is asked of a policy: who does what on which resource, and what AWS would know about the request.
//
// Invariants
//   condition keys are looked up without regard to case; values keep theirs
//   a key that nobody described is absent or unknown as `others` says: the asker must choose, there is no default

export interface PolicyRequest {
  readonly principal: RequestPrincipal;
  /** `service:Operation`, e.g. `kms:CreateGrant`. */
  readonly action: string;
  /** The ARN of the resource, or null when it is not known. */
  readonly resource: string | null;
  readonly context: RequestContext;
}

export type RequestPrincipal =
  /** A user, role, assumed-role session or account root, by ARN. A service-linked role is outside SCPs and boundaries. */
  | { readonly kind: "aws"; readonly arn: string; readonly serviceLinked?: boolean }
  | { readonly kind: "service"; readonly name: string }
  | { readonly kind: "federated"; readonly provider: string }
  | { readonly kind: "canonical"; readonly id: string }
  | { readonly kind: "anonymous" };

export type ContextValue =
  | { readonly kind: "present"; readonly values: readonly string[] }
  | { readonly kind: "absent" }
  | { readonly kind: "unknown"; readonly why: string };

export interface RequestContext {
  readonly keys: Readonly<Record<string, ContextValue>>;
  /** Prefixes of condition keys that are absent unless `keys` has them, e.g. `kms:EncryptionContext:`. */
  readonly absentPrefixes?: readonly string[];
  /** What holds for all other keys. */
  readonly others: "absent" | "unknown";
}

export function present(...values: readonly string[]): ContextValue {
  return { kind: "present", values };
}

export const ABSENT: ContextValue = { kind: "absent" };

export function lookUp({ keys, absentPrefixes = [], others }: RequestContext, key: string): ContextValue {
  const wanted = key.toLowerCase();
  const found = Object.entries(keys).find(([name]) => name.toLowerCase() === wanted);
  if (found !== undefined) return found[1];
  if (absentPrefixes.some((prefix) => wanted.startsWith(prefix.toLowerCase()))) return ABSENT;
  return others === "absent"
    ? ABSENT
    : { kind: "unknown", why: `the value of ${key} in this request is not documented` };
}
