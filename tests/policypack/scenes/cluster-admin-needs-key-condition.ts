// Stacks that cluster-admin-needs-key-condition judges: each type that holds a policy document, as text and as value.

import {
  GROUP_POLICY,
  IAM_POLICY,
  NATIVE_GROUP_POLICY,
  NATIVE_MANAGED_POLICY,
  NATIVE_ROLE,
  NATIVE_ROLE_POLICY,
  NATIVE_USER_POLICY,
  ROLE,
  ROLE_POLICY,
  USER_POLICY,
} from "../../../policypack/rules/resource-types";
import { statementsAsJson } from "../compliant/access";
import { subject } from "../subjects";
import type { Scene } from "./scene";

const UNGUARDED = { Effect: "Allow", Action: "ecs:CreateCluster", Resource: "*" };
const TEXT = statementsAsJson(UNGUARDED);
const DOCUMENT = { Version: "2012-10-17", Statement: UNGUARDED };

const BROKEN = {
  ...Object.fromEntries([IAM_POLICY, ROLE_POLICY, USER_POLICY, GROUP_POLICY].map((type) => [type, { policy: TEXT }])),
  [ROLE]: { inlinePolicies: [{ name: "clusters", policy: TEXT }] },
  ...Object.fromEntries(
    [NATIVE_MANAGED_POLICY, NATIVE_ROLE_POLICY, NATIVE_USER_POLICY, NATIVE_GROUP_POLICY].map((type) => [
      type,
      { policyDocument: DOCUMENT },
    ]),
  ),
  [NATIVE_ROLE]: { policies: [{ policyName: "clusters", policyDocument: DOCUMENT }] },
};

export const SCENES: readonly Scene[] = Object.entries(BROKEN).map(([type, broken]) => ({
  rule: "cluster-admin-needs-key-condition",
  compliant: [subject(type, {}, { name: "admin" })],
  violating: [subject(type, broken, { name: "admin" })],
  on: "admin",
}));
