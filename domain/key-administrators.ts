// Who can still administer a key by its key policy: replace the policy, and schedule the key's deletion.
// Source: KMS developer guide, "Default key policy" (documented): a key whose policy lets nobody change it is unmanageable,
// and only AWS Support can help.
//
// Invariants
//   candidates are the principals that allowing statements name; each is asked about with the whole policy, denies included
//   an account counts as administrator: its IAM policies, and its root user, can then act
//   an account, and everyone, stand for principals of any name: a condition on who asks makes them perhaps an administrator, as in the
//     pattern of IAM Identity Center, which admits the account on the condition that aws:PrincipalArn is like that of its roles
//   nobody for sure and nobody perhaps is a lock-out (fail); nobody for sure but somebody perhaps is unknown

import { parseArn } from "./arn";
import type { Policy, PrincipalPattern } from "./policy/document";
import { evaluatePolicy } from "./policy/evaluate-policy";
import { parsePolicy } from "./policy/parse-policy";
import { ABSENT, type PolicyRequest, present, type RequestContext, type RequestPrincipal } from "./policy/request";
import { describeProblem, isProblem } from "./problem";

export interface Administrator {
  /** As the policy writes it: an account id, an ARN, `*`. */
  readonly principal: string;
  readonly sure: boolean;
}

export interface KeyAdministrators {
  readonly verdict: "pass" | "fail" | "unknown";
  readonly reason: string;
  readonly putKeyPolicy: readonly Administrator[];
  readonly scheduleKeyDeletion: readonly Administrator[];
}

/** `policy` is the document as text or as its JSON value. */
export function administrators(policy: unknown): KeyAdministrators {
  const parsed = parsePolicy(policy);
  if (isProblem(parsed)) {
    return { verdict: "unknown", reason: describeProblem(parsed), putKeyPolicy: [], scheduleKeyDeletion: [] };
  }
  const putKeyPolicy = whoMay("kms:PutKeyPolicy", parsed);
  return { ...verdictOf(putKeyPolicy), putKeyPolicy, scheduleKeyDeletion: whoMay("kms:ScheduleKeyDeletion", parsed) };
}

function verdictOf(found: readonly Administrator[]): Pick<KeyAdministrators, "verdict" | "reason"> {
  const sure = found.filter((one) => one.sure).map(({ principal }) => principal);
  if (sure.length > 0) return { verdict: "pass", reason: `${sure.join(", ")} can change the key policy` };
  const perhaps = found.map(({ principal }) => principal);
  if (perhaps.length > 0) {
    return {
      verdict: "unknown",
      reason: `it depends on conditions whether ${perhaps.join(", ")} can change the key policy`,
    };
  }
  return {
    verdict: "fail",
    reason: "nobody can change the key policy: the key is locked, and only AWS Support can help",
  };
}

function whoMay(action: string, policy: Policy): readonly Administrator[] {
  return candidates(policy).flatMap((candidate): readonly Administrator[] => {
    const { written } = candidate;
    const { decision, statements } = evaluatePolicy(policy, "key", requestOf(action, candidate));
    const isMeant = statements.some(
      (one) => one.effect === "Allow" && one.match !== "no" && one.principal.via !== "account",
    );
    // A role that only its account stands for is no administrator by this policy: the account is, and is listed.
    if (!isMeant || decision === "deny" || decision === "implicit-deny") return [];
    return [{ principal: written, sure: decision === "allow" }];
  });
}

interface Candidate {
  readonly written: string;
  readonly principal: RequestPrincipal;
  /** Condition keys whose value differs among the principals that it stands for. */
  readonly varying: readonly string[];
}

function candidates({ statements }: Policy): readonly Candidate[] {
  const patterns = statements
    .filter(({ effect, principal }) => effect === "Allow" && principal !== null && !principal.negated)
    .flatMap(({ principal }) => principal?.principals ?? []);
  const byName = new Map(patterns.flatMap((pattern) => candidateOf(pattern).map((one) => [one.written, one] as const)));
  return [...byName.values()];
}

/** AWS services are none: they administer no customer managed key. */
function candidateOf(pattern: PrincipalPattern): readonly Candidate[] {
  const { written } = pattern;
  switch (pattern.kind) {
    case "account":
      return [{ written, principal: { kind: "aws", arn: rootOf(pattern) }, varying: ["aws:PrincipalArn"] }];
    case "aws":
      return [{ written, principal: { kind: "aws", arn: pattern.arn }, varying: [] }];
    case "everyone":
      // Any principal will do: one of an account that no statement names.
      return [{ written, principal: { kind: "aws", arn: "arn:aws:iam::000000000000:root" }, varying: OF_WHO_ASKS }];
    case "federated":
      return [{ written, principal: { kind: "federated", provider: pattern.provider }, varying: [] }];
    case "service":
    case "canonical":
    case "deleted":
    case "unreadable":
      return [];
  }
}

function rootOf({ account, written }: { readonly account: string; readonly written: string }): string {
  return written.startsWith("arn:") ? written : `arn:aws:iam::${account}:root`;
}

const OF_WHO_ASKS: readonly string[] = ["aws:PrincipalArn", "aws:PrincipalAccount", "kms:CallerAccount"];

function requestOf(action: string, { principal, varying }: Candidate): PolicyRequest {
  const context = administrativeContext(principal);
  const keys = Object.entries(context.keys).filter(([key]) => !varying.includes(key));
  return { principal, action, resource: null, context: { ...context, keys: Object.fromEntries(keys) } };
}

/** Administrative calls carry no encryption context and make no grant (documented); they come from a person, not a service. */
export function administrativeContext(principal: RequestPrincipal): RequestContext {
  const arn = principal.kind === "aws" ? parseArn(principal.arn) : null;
  const account = arn !== null && !isProblem(arn) ? arn.account : null;
  return {
    keys: {
      "aws:PrincipalIsAWSService": present("false"),
      "aws:ViaAWSService": present("false"),
      "aws:SecureTransport": present("true"),
      "kms:ViaService": ABSENT,
      "kms:EncryptionContextKeys": ABSENT,
      "aws:SourceArn": ABSENT,
      "aws:SourceAccount": ABSENT,
      ...(account === null ? {} : { "aws:PrincipalAccount": present(account), "kms:CallerAccount": present(account) }),
      ...(principal.kind === "aws" ? { "aws:PrincipalArn": present(principal.arn) } : {}),
    },
    absentPrefixes: ["kms:EncryptionContext:", "kms:Grant", "kms:RetiringPrincipal"],
    others: "unknown",
  };
}
