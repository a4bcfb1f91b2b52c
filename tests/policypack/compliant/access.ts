// Compliant properties of the resource types that the rules in rules/access/ judge or look up.

import type { Properties } from "../../../policypack/rules/look";
import {
  GROUP_POLICY,
  IAM_POLICY,
  NATIVE_GROUP,
  NATIVE_GROUP_POLICY,
  NATIVE_MANAGED_POLICY,
  NATIVE_ROLE,
  NATIVE_ROLE_POLICY,
  NATIVE_USER,
  NATIVE_USER_POLICY,
  ROLE,
  ROLE_POLICY,
  USER_POLICY,
} from "../../../policypack/rules/resource-types";

export const KEY_CONDITION = "ecs:fargate-ephemeral-storage-kms-key";

/** A statement that denies clusters without a key of the caller's account. */
export const GUARD = {
  Effect: "Deny",
  Action: ["ecs:CreateCluster", "ecs:UpdateCluster"],
  Resource: "*",
  Condition: { StringNotLike: { [KEY_CONDITION]: "arn:aws:kms:*:111122223333:key/*" } },
};

export function statementsAsJson(...statements: readonly unknown[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

const ALLOW_ECS = { Effect: "Allow", Action: "ecs:*", Resource: "*" };
const TEXT = statementsAsJson(ALLOW_ECS, GUARD);
const DOCUMENT = { Version: "2012-10-17", Statement: [ALLOW_ECS, GUARD] };

export const ACCESS_PROPERTIES: Readonly<Record<string, Properties>> = {
  [IAM_POLICY]: { policy: TEXT },
  [ROLE_POLICY]: { policy: TEXT },
  [USER_POLICY]: { policy: TEXT },
  [GROUP_POLICY]: { policy: TEXT },
  [ROLE]: { inlinePolicies: [{ name: "clusters", policy: TEXT }] },
  [NATIVE_MANAGED_POLICY]: { policyDocument: DOCUMENT },
  [NATIVE_ROLE_POLICY]: { policyDocument: DOCUMENT },
  [NATIVE_USER_POLICY]: { policyDocument: DOCUMENT },
  [NATIVE_GROUP_POLICY]: { policyDocument: DOCUMENT },
  [NATIVE_ROLE]: { policies: [{ policyName: "clusters", policyDocument: DOCUMENT }] },
  [NATIVE_USER]: { policies: [{ policyName: "clusters", policyDocument: DOCUMENT }] },
  [NATIVE_GROUP]: { policies: [{ policyName: "clusters", policyDocument: DOCUMENT }] },
};

const DEFAULT_CONTAINER = { name: "agent", image: "agent:1", privileged: false, user: "1000:1000" };

/** The properties of a task definition that shares its host's network; `broken` replaces settings of its one container. */
export function inHostMode(broken: Properties = {}): Properties {
  const containerDefinitions = JSON.stringify([{ ...DEFAULT_CONTAINER, ...broken }]);
  return { networkMode: "host", requiresCompatibilities: ["EC2"], containerDefinitions };
}

/** The properties of a trail of its own, which records every management event. */
export function recording(broken: Properties = {}): Properties {
  const selector = { includeManagementEvents: true, readWriteType: "All", excludeManagementEventSources: [] };
  return { isMultiRegionTrail: false, eventSelectors: [{ ...selector, ...broken }] };
}
