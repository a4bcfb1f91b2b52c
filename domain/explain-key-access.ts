// Says in one line why a key policy lets a call through or not, and which change would let it through.
//
// Invariants
//   an allowed call has no change; every other has one
//   the change keeps the key closed: it adds the documented statement or exempts who asks, it never removes a condition blindly
//   what is the same for every user of a key is said here, what differs is in the asker's own words

import type { Decision } from "./policy/evaluate-policy";
import type { StatementOutcome } from "./policy/evaluate-statement";

/** Who asks for a call, and the words for what would let it through. */
export interface KeyAsker {
  /** As a policy names it: a service principal, or the ARN of a role. */
  readonly name: string;
  readonly kind: "service" | "role";
  /** `kms:Operation`. */
  readonly action: string;
  /** The change when no statement comes near, e.g. `add the documented Fargate statement for …`. */
  readonly addition: string;
  /** What to use in place of a statement that cannot be decided, e.g. `the documented Fargate statement`. */
  readonly documented: string;
  /** A way to find out what no document tells, e.g. `prove it with a probe`; null when there is none. */
  readonly proof: string | null;
  /** For the condition keys of the documented statements: the change that gives `label` the lacking value. Null for other keys. */
  readonly changeOf: (conditionKey: string, label: string) => string | null;
}

export interface KeyAccessFinding {
  readonly asker: KeyAsker;
  readonly decision: Decision;
  readonly deciding: readonly string[];
  readonly statements: readonly StatementOutcome[];
}

export interface KeyAccessExplanation {
  /** One line. */
  readonly reason: string;
  /** The change to make; null when the call is allowed. */
  readonly change: string | null;
}

export function explainKeyAccess(finding: KeyAccessFinding): KeyAccessExplanation {
  switch (finding.decision) {
    case "allow":
      return { reason: `allowed by ${finding.deciding.join(", ")}`, change: null };
    case "deny":
      return explainDeny(finding);
    case "implicit-deny":
      return explainNothingAllows(finding);
    case "unknown":
      return explainUnknown(finding);
  }
}

/** The statement that would allow the call if only its conditions, or its missing elements, were different. */
export function nearestAllow(statements: readonly StatementOutcome[]): StatementOutcome | null {
  const candidates = statements.filter(
    ({ effect, principal, action }) => effect === "Allow" && principal.match === "yes" && action.match === "yes",
  );
  const byConditions = candidates.toSorted((a, b) => failures(a) - failures(b));
  return byConditions[0] ?? null;
}

function failures({ conditions }: StatementOutcome): number {
  return conditions.filter(({ match }) => match === "no").length;
}

function explainDeny({ statements, deciding, asker }: KeyAccessFinding): KeyAccessExplanation {
  const denying = statements.find(({ effect, match }) => effect === "Deny" && match === "yes");
  const names = deciding.join(", ");
  const conditions = denying?.conditions ?? [];
  const because = conditions.map(({ why }) => why).join("; ");
  const excepting = exception(asker, names);
  // A value is lacking only where the deny spares a list of values; a deny that aims at one means it.
  const own = conditions
    .filter(({ written }) => written.includes("Not"))
    .map(({ key }) => asker.changeOf(key, names))
    .find((change) => change !== null);
  return {
    reason: `denied by ${names}${because === "" ? "" : `: ${because}`}`,
    change: own ?? `${excepting.who}: add the condition ${excepting.condition}`,
  };
}

interface Exception {
  /** Who is to be excepted, and from what. */
  readonly who: string;
  /** The condition that does it. */
  readonly condition: string;
}

function exception({ kind, name }: KeyAsker, from: string): Exception {
  return kind === "service"
    ? { who: `except AWS services from ${from}`, condition: '"Bool": {"aws:PrincipalIsAWSService": "false"}' }
    : { who: `except the role from ${from}`, condition: `"ArnNotEquals": {"aws:PrincipalArn": "${name}"}` };
}

function explainNothingAllows({ statements, asker }: KeyAccessFinding): KeyAccessExplanation {
  const near = nearestAllow(statements);
  if (near === null) {
    return { reason: `no statement allows ${asker.action} for ${asker.name}`, change: asker.addition };
  }
  const failing = near.conditions.find(({ match }) => match === "no");
  if (failing === undefined) {
    return {
      reason: `${near.label} does not apply: ${near.why}`,
      change: `give ${near.label} an Action and a Resource "*"`,
    };
  }
  const drop = `drop the condition on ${failing.key} from ${near.label}: it is not part of the documented statement`;
  return {
    reason: `${near.label} does not apply: ${failing.why}`,
    change: asker.changeOf(failing.key, near.label) ?? drop,
  };
}

function explainUnknown({ statements, deciding, asker }: KeyAccessFinding): KeyAccessExplanation {
  const open = statements.find(({ label, match }) => match === "unknown" && deciding.includes(label));
  if (open === undefined) return { reason: "cannot be decided", change: `use ${asker.documented}` };
  return { reason: `cannot be decided, ${open.label}: ${open.why}`, change: decidingChange(open, asker) };
}

function decidingChange({ label, effect, conditions }: StatementOutcome, asker: KeyAsker): string {
  if (conditions.some(({ operatorExists }) => !operatorExists)) return `spell the operator of ${label} right`;
  const { who, condition } = exception(asker, label);
  const change = effect === "Deny" ? `${who} (${condition})` : `use ${asker.documented} in place of ${label}`;
  return asker.proof === null ? change : `${change}, or ${asker.proof}`;
}
