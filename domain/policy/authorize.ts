// What all policies together say about one request: the resource's, the principal's, the organisation's.
// Sources: IAM user guide, "Policy evaluation logic" (documented); KMS developer guide, "Key policies" and
// "Default key policy" (documented): a key policy that names the account only lets IAM policies decide.
//
// Invariants
//   an explicit deny anywhere wins; SCPs, RCPs and a boundary only take away, at every level each must allow
//   SCPs and boundaries bind the principals of accounts, not AWS services; RCPs bind AWS services too; none binds a
//   service-linked role
//   a KMS key is open only by its key policy: an identity policy counts when the key policy names the account
//   a kind that was not given does not take part; the caller answers for having given all there are

import type { Policy, PolicyKind } from "./document";
import { type Decision, decide, evaluatePolicy, type PolicyOutcome } from "./evaluate-policy";
import { accountOf, isAccountRoot, type Via } from "./match-principal";
import type { PolicyRequest, RequestPrincipal } from "./request";
import { all, any, type Ternary } from "./ternary";

export interface Authorization {
  readonly request: PolicyRequest;
  /** The account that owns the resource, 12 digits. */
  readonly resourceAccount: string;
  /** The resource's own policy; a key policy is another kind, since KMS reads it in another way. */
  readonly resourcePolicy?: { readonly kind: "key" | "resource"; readonly policy: Policy };
  readonly identityPolicies?: readonly Policy[];
  readonly boundary?: Policy;
  /** From the root of the organisation to the account; at each level one policy must allow. */
  readonly scpLevels?: readonly (readonly Policy[])[];
  readonly rcpLevels?: readonly (readonly Policy[])[];
}

export interface AuthorizationOutcome {
  readonly decision: Decision;
  /** One entry a policy, in the order given, with what it said. */
  readonly policies: readonly { readonly kind: PolicyKind; readonly outcome: PolicyOutcome }[];
  /** The kind of policy that stopped the request, when one did. */
  readonly stoppedBy: PolicyKind | null;
}

export function authorize(question: Authorization): AuthorizationOutcome {
  const outcomes = evaluateAll(question);
  const limits = limitsOf(question, outcomes);
  const granted = grantedBy(question, outcomes);
  const denies = any(outcomes.all.map(({ outcome }) => outcome.denies));
  const decision = decide(denies, all([granted, ...limits.map(({ allows }) => allows)]));
  return { decision, policies: outcomes.all, stoppedBy: stopper({ decision, outcomes, limits, granted }) };
}

type Evaluated = { readonly kind: PolicyKind; readonly outcome: PolicyOutcome };

interface Outcomes {
  readonly resource: Evaluated | null;
  readonly identity: readonly Evaluated[];
  readonly boundary: Evaluated | null;
  readonly scpLevels: readonly (readonly Evaluated[])[];
  readonly rcpLevels: readonly (readonly Evaluated[])[];
  readonly all: readonly Evaluated[];
}

function evaluateAll(question: Authorization): Outcomes {
  const evaluate = (kind: PolicyKind) => (policy: Policy) => ({
    kind,
    outcome: evaluatePolicy(policy, kind, question.request),
  });
  const { resourcePolicy, boundary, scpLevels = [], rcpLevels = [], identityPolicies = [] } = question;
  const isBound = bindsPrincipal(question.request.principal);
  const parts = {
    resource: resourcePolicy === undefined ? null : evaluate(resourcePolicy.kind)(resourcePolicy.policy),
    identity: identityPolicies.map(evaluate("identity")),
    boundary: boundary === undefined || !isBound ? null : evaluate("boundary")(boundary),
    scpLevels: isBound ? scpLevels.map((level) => level.map(evaluate("scp"))) : [],
    rcpLevels: isServiceLinked(question.request.principal) ? [] : rcpLevels.map((level) => level.map(evaluate("rcp"))),
  };
  const single = [parts.resource, parts.boundary].filter((one) => one !== null);
  return { ...parts, all: [...single, ...parts.identity, ...parts.scpLevels.flat(), ...parts.rcpLevels.flat()] };
}

/** AWS services and service-linked roles are outside of SCPs and boundaries. */
function bindsPrincipal(principal: RequestPrincipal): boolean {
  return principal.kind === "aws" && !isServiceLinked(principal);
}

/** Service-linked roles are outside of RCPs too. */
function isServiceLinked(principal: RequestPrincipal): boolean {
  return principal.kind === "aws" && principal.serviceLinked === true;
}

interface Limit {
  readonly kind: PolicyKind;
  readonly allows: Ternary;
}

function limitsOf(question: Authorization, { resource, boundary, scpLevels, rcpLevels }: Outcomes): readonly Limit[] {
  const level = (kind: PolicyKind) => (policies: readonly Evaluated[]) => ({
    kind,
    allows: any(policies.map(({ outcome }) => outcome.allows)),
  });
  const limits = [...scpLevels.map(level("scp")), ...rcpLevels.map(level("rcp"))];
  if (boundary === null || passesBoundary(question, resource)) return limits;
  return [...limits, { kind: boundary.kind, allows: boundary.outcome.allows }];
}

/** In the same account a resource policy that names the user or the session itself is not limited by a boundary. */
function passesBoundary({ request, resourceAccount }: Authorization, resource: Evaluated | null): boolean {
  const isSameAccount = accountOf(request.principal) === resourceAccount;
  return isSameAccount && (resource?.outcome.vias ?? []).some((via) => via === "user" || via === "session");
}

function grantedBy({ request, resourceAccount }: Authorization, { resource, identity }: Outcomes): Ternary {
  const { principal } = request;
  const byResource = resource?.outcome.allows ?? "no";
  if (principal.kind !== "aws") return byResource;
  // The root user of an account needs no identity policy.
  const byIdentity = isAccountRoot(principal) ? "yes" : any(identity.map(({ outcome }) => outcome.allows));
  if (accountOf(principal) !== resourceAccount) return resource === null ? "no" : all([byResource, byIdentity]);
  if (resource === null) return byIdentity;
  const direct = directly(resource.outcome);
  return resource.kind === "key" ? any([direct, all([byResource, byIdentity])]) : any([direct, byIdentity]);
}

/** Whether the resource policy allows the principal itself, and not its account as a whole. */
function directly({ statements }: PolicyOutcome): Ternary {
  const isDirect = (via: Via | null) => via !== null && via !== "account";
  const own = statements.filter(({ effect, principal }) => effect === "Allow" && isDirect(principal.via));
  return any(own.map(({ match }) => match));
}

interface Stop {
  readonly decision: Decision;
  readonly outcomes: Outcomes;
  readonly limits: readonly Limit[];
  readonly granted: Ternary;
}

function stopper({ decision, outcomes, limits, granted }: Stop): PolicyKind | null {
  if (decision === "allow") return null;
  const wanted = decision === "unknown" ? "unknown" : "yes";
  const denying = outcomes.all.find(({ outcome }) => outcome.denies === wanted);
  if (decision !== "implicit-deny" && denying !== undefined) return denying.kind;
  const missing = decision === "unknown" ? "unknown" : "no";
  const limit = limits.find(({ allows }) => allows === missing);
  if (limit !== undefined && granted !== missing) return limit.kind;
  return grantingKind(outcomes);
}

/** The policy that should have allowed: the identity's when the resource's passed the question on, else the resource's. */
function grantingKind({ resource, identity }: Outcomes): PolicyKind {
  if (resource === null) return "identity";
  return resource.outcome.allows === "yes" && identity.length > 0 ? "identity" : resource.kind;
}
