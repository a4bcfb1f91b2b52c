// Says in one line why a key policy lets a Fargate call through or not, and which change would let it through.
//
// Invariants
//   an allowed call has no change; every other has one
//   the change keeps the key closed: it adds the documented statement or exempts AWS services, it never removes a condition blindly

import type { FargateCall, FargatePlace } from "./fargate-kms-request";
import type { Decision } from "./policy/evaluate-policy";
import type { StatementOutcome } from "./policy/evaluate-statement";

export interface KeyAccessFinding {
  readonly call: FargateCall;
  readonly place: FargatePlace;
  readonly decision: Decision;
  readonly deciding: readonly string[];
  readonly statements: readonly StatementOutcome[];
}

export interface KeyAccessExplanation {
  readonly reason: string;
  readonly change: string | null;
}

export function explainRefusal(finding: KeyAccessFinding): KeyAccessExplanation {
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

function explainDeny({ statements, deciding, place }: KeyAccessFinding): KeyAccessExplanation {
  const denying = statements.find(({ effect, match }) => effect === "Deny" && match === "yes");
  const names = deciding.join(", ");
  const conditions = denying?.conditions ?? [];
  const because = conditions.map(({ why }) => why).join("; ");
  const own = conditions.map(({ key }) => documentedChange(key, names, place)).find((change) => change !== null);
  return {
    reason: `denied by ${names}${because === "" ? "" : `: ${because}`}`,
    change: own ?? `except AWS services from ${names}: add the condition ${EXCEPT_SERVICES}`,
  };
}

const EXCEPT_SERVICES = '"Bool": {"aws:PrincipalIsAWSService": "false"}';

function explainNothingAllows(finding: KeyAccessFinding): KeyAccessExplanation {
  const near = nearestAllow(finding);
  if (near === null) {
    const { operation } = finding.call;
    return {
      reason: `no statement allows kms:${operation} for fargate.amazonaws.com`,
      change: `add the documented Fargate statement for kms:${operation} and cluster ${finding.place.clusterName}`,
    };
  }
  const failing = near.conditions.find(({ match }) => match === "no");
  if (failing === undefined) {
    return {
      reason: `${near.label} does not apply: ${near.why}`,
      change: `give ${near.label} an Action and a Resource "*"`,
    };
  }
  return {
    reason: `${near.label} does not apply: ${failing.why}`,
    change: changeFor(failing.key, near.label, finding.place),
  };
}

/** The statement that would allow the call if only its conditions, or its missing elements, were different. */
function nearestAllow({ statements }: KeyAccessFinding): StatementOutcome | null {
  const candidates = statements.filter(
    ({ effect, principal, action }) => effect === "Allow" && principal.match === "yes" && action.match === "yes",
  );
  const byConditions = candidates.toSorted((a, b) => failures(a) - failures(b));
  return byConditions[0] ?? null;
}

function failures({ conditions }: StatementOutcome): number {
  return conditions.filter(({ match }) => match === "no").length;
}

function changeFor(key: string, label: string, place: FargatePlace): string {
  const standard = `drop the condition on ${key} from ${label}: it is not part of the documented statement`;
  return documentedChange(key, label, place) ?? standard;
}

/** For condition keys that the documented statements use, or that KMS advises: which value is lacking. */
function documentedChange(key: string, label: string, { account, clusterName }: FargatePlace): string | null {
  switch (key.toLowerCase()) {
    case "kms:encryptioncontext:aws:ecs:clustername":
      return `add ${clusterName} to the cluster names of ${label}`;
    case "kms:encryptioncontext:aws:ecs:clusteraccount":
      return `add ${account} to the cluster accounts of ${label}`;
    case "kms:encryptioncontextkeys":
      return `add aws:ebs:id to kms:EncryptionContextKeys of ${label}, or drop that condition`;
    case "kms:grantoperations":
      return `let ${label} allow the grant operation Decrypt`;
    default:
      return null;
  }
}

function explainUnknown({ statements, deciding }: KeyAccessFinding): KeyAccessExplanation {
  const open = statements.find(({ label, match }) => match === "unknown" && deciding.includes(label));
  if (open === undefined) return { reason: "cannot be decided", change: "use the documented Fargate statements" };
  return { reason: `cannot be decided, ${open.label}: ${open.why}`, change: decidingChange(open) };
}

function decidingChange({ label, effect, conditions }: StatementOutcome): string {
  if (conditions.some(({ operatorExists }) => !operatorExists)) return `spell the operator of ${label} right`;
  return effect === "Deny"
    ? `except AWS services from ${label} (${EXCEPT_SERVICES}), or prove it with a probe`
    : `use the documented Fargate statement in place of ${label}, or prove it with a probe`;
}
