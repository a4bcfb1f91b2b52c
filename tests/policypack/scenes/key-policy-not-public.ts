// A cluster whose key is open to everyone: by the inline policy, by a KeyPolicy, by an object of aws-native.

import { KEY, KEY_POLICY, NATIVE_KEY } from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import { POLICY, POLICY_TEXT, policyWith } from "../compliant/key";
import { subject } from "../subjects";
import { clusterOn, keyed, keyOf } from "./keyed-cluster";
import type { Scene } from "./scene";

const rule = "key-policy-not-public";
const OPEN = { Sid: "Open", Effect: "Allow", Principal: { AWS: "*" }, Action: "kms:*", Resource: "*" };

function withKeyPolicy(policy: string): readonly StackSubject[] {
  const key = keyOf(KEY);
  const separate = subject(KEY_POLICY, { policy }, { name: "policy", madeFrom: { keyId: [key.urn], policy: [] } });
  return [key, separate, clusterOn(key)];
}

export const SCENES: readonly Scene[] = [
  { rule, compliant: keyed(KEY), violating: keyed(KEY, { policy: policyWith(OPEN) }), on: "cmk" },
  { rule, compliant: withKeyPolicy(POLICY_TEXT), violating: withKeyPolicy(policyWith(OPEN)), on: "policy" },
  {
    rule,
    compliant: keyed(NATIVE_KEY),
    violating: keyed(NATIVE_KEY, { keyPolicy: { ...POLICY, Statement: [...POLICY.Statement, OPEN] } }),
    on: "cmk",
  },
];
