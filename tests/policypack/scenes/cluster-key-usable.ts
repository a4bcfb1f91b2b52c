// A cluster whose key keeps Fargate out: by the inline policy, by a KeyPolicy, by an object of aws-native, by its state and its kind.

import { KEY, KEY_POLICY, NATIVE_KEY } from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import { fargateStatements, POLICY, policyWith } from "../compliant/key";
import { subject } from "../subjects";
import { clusterOn, keyed, keyOf } from "./keyed-cluster";
import type { Scene } from "./scene";

const rule = "cluster-key-usable";

function withKeyPolicy(policy: string): readonly StackSubject[] {
  const key = keyOf(KEY, { policy: policyWith() });
  const separate = subject(KEY_POLICY, { policy }, { name: "policy", madeFrom: { keyId: [key.urn], policy: [] } });
  return [key, separate, clusterOn(key)];
}

export const SCENES: readonly Scene[] = [
  { rule, compliant: keyed(KEY), violating: keyed(KEY, { policy: policyWith() }), on: "web" },
  {
    rule,
    compliant: withKeyPolicy(policyWith(...fargateStatements("web"))),
    violating: withKeyPolicy(policyWith(...fargateStatements("shop"))),
    on: "web",
  },
  {
    rule,
    compliant: keyed(NATIVE_KEY),
    violating: keyed(NATIVE_KEY, { keyPolicy: { ...POLICY, Statement: POLICY.Statement.slice(0, 2) } }),
    on: "web",
  },
  { rule, compliant: keyed(KEY), violating: keyed(KEY, { isEnabled: false }), on: "web" },
  { rule, compliant: keyed(NATIVE_KEY), violating: keyed(NATIVE_KEY, { keySpec: "HMAC_256" }), on: "web" },
];
