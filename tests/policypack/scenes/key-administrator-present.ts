// A cluster whose key nobody can administer: by the inline policy, by a KeyPolicy, by an object of aws-native.

import { KEY, KEY_POLICY, NATIVE_KEY } from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import { fargateStatements, POLICY, POLICY_TEXT } from "../compliant/key";
import { subject } from "../subjects";
import { clusterOn, keyed, keyOf } from "./keyed-cluster";
import type { Scene } from "./scene";

const rule = "key-administrator-present";
const LOCKED = { ...POLICY, Statement: fargateStatements("web") };

function withKeyPolicy(policy: string): readonly StackSubject[] {
  const key = keyOf(KEY);
  const separate = subject(KEY_POLICY, { policy }, { name: "policy", madeFrom: { keyId: [key.urn], policy: [] } });
  return [key, separate, clusterOn(key)];
}

export const SCENES: readonly Scene[] = [
  { rule, compliant: keyed(KEY), violating: keyed(KEY, { policy: JSON.stringify(LOCKED) }), on: "cmk" },
  { rule, compliant: withKeyPolicy(POLICY_TEXT), violating: withKeyPolicy(JSON.stringify(LOCKED)), on: "policy" },
  { rule, compliant: keyed(NATIVE_KEY), violating: keyed(NATIVE_KEY, { keyPolicy: LOCKED }), on: "cmk" },
];
