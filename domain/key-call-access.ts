// What a key policy says to one call: the decision, the statements behind it, and the change that would let the call through.
// Invariant: only the key policy is judged; a role that it admits through its account still needs an IAM policy of its own.

import { explainKeyAccess, type KeyAccessExplanation, type KeyAsker } from "./explain-key-access";
import type { Policy } from "./policy/document";
import { type Decision, evaluatePolicy } from "./policy/evaluate-policy";
import type { StatementOutcome } from "./policy/evaluate-statement";
import type { PolicyRequest } from "./policy/request";

export interface KeyCall {
  readonly asker: KeyAsker;
  readonly request: PolicyRequest;
}

export interface KeyCallAccess extends KeyAccessExplanation {
  readonly decision: Decision;
  /** Labels of the deciding statements: the Sid, or `statement N`. */
  readonly deciding: readonly string[];
  readonly statements: readonly StatementOutcome[];
}

export function keyCallAccess(policy: Policy, { asker, request }: KeyCall): KeyCallAccess {
  const { decision, deciding, statements } = evaluatePolicy(policy, "key", request);
  return { decision, deciding, statements, ...explainKeyAccess({ asker, decision, deciding, statements }) };
}
