// Whether one identity policy lets somebody create or update a cluster without naming a key for Fargate's ephemeral storage.
//
// Invariants
//   the policy is asked for a request without the key, which a negated operator, Null and …IfExists match and a plain operator does not
//   conditions on other keys are taken to hold in an Allow, since some request meets them. A Deny with conditions that leave the key
//     out guards nothing, since some request does not meet them; one that names the key is a guard, whatever else it asks
//   an allowed resource counts when it can be a cluster
// Source: service authorization reference for Amazon ECS (documented): CreateCluster and UpdateCluster know the condition key; IAM user
//   guide, condition operators and absent keys (documented).

import type { ConditionClause, Policy, Statement } from "../../../domain/policy/document";
import { evaluatePolicy } from "../../../domain/policy/evaluate-policy";
import { parsePolicy } from "../../../domain/policy/parse-policy";
import { ABSENT, type PolicyRequest } from "../../../domain/policy/request";
import { isProblem } from "../../../domain/problem";

export const KEY_CONDITION = "ecs:fargate-ephemeral-storage-kms-key";
export const CLUSTER_ACTIONS: readonly string[] = ["ecs:CreateCluster", "ecs:UpdateCluster"];

export interface KeylessGrant {
  readonly action: string;
  /** Labels of the statements that allow it. */
  readonly statements: readonly string[];
}

/** What the document lets somebody do without a key; null when it is no policy. */
export function keylessGrants(document: unknown): readonly KeylessGrant[] | null {
  const policy = parsePolicy(document);
  if (isProblem(policy)) return null;
  const relevant = { ...policy, statements: policy.statements.flatMap(onlyAboutKey) };
  return CLUSTER_ACTIONS.flatMap((action) => {
    const statements = candidatesOf(relevant).flatMap((resource) => allowedBy(relevant, { action, resource }));
    return statements.length === 0 ? [] : [{ action, statements: [...new Set(statements)] }];
  });
}

const ANY_CLUSTER = "arn:aws:ecs:us-east-1:111122223333:cluster/any";
const CLUSTER_ARN = /^arn:[^:]+:ecs:[^:]*:[^:]*:cluster\//;
const CANDIDATES_MAX = 200;

function onlyAboutKey(statement: Statement): readonly Statement[] {
  const about = statement.conditions.filter(isAboutKey);
  if (statement.effect === "Deny" && about.length === 0 && statement.conditions.length > 0) return [];
  return [{ ...statement, conditions: about }];
}

function isAboutKey({ key }: ConditionClause): boolean {
  return key.toLowerCase() === KEY_CONDITION;
}

/** One cluster of each kind that the allowed resources speak of: a pattern with its wildcards filled in is a resource that it matches. */
function candidatesOf({ statements }: Policy): readonly string[] {
  const patterns = statements.flatMap(({ effect, resource }) => (effect === "Allow" ? (resource?.patterns ?? []) : []));
  const filled = patterns.map((pattern) => pattern.replaceAll("*", "any").replaceAll("?", "a"));
  return [ANY_CLUSTER, ...new Set(filled.filter((resource) => CLUSTER_ARN.test(resource)))].slice(0, CANDIDATES_MAX);
}

function allowedBy(
  policy: Policy,
  { action, resource }: { readonly action: string; readonly resource: string },
): readonly string[] {
  const request: PolicyRequest = {
    principal: { kind: "aws", arn: "arn:aws:iam::111122223333:role/anybody" },
    action,
    resource,
    context: { keys: { [KEY_CONDITION]: ABSENT }, others: "unknown" },
  };
  const { decision, deciding } = evaluatePolicy(policy, "identity", request);
  return decision === "allow" ? deciding : [];
}
