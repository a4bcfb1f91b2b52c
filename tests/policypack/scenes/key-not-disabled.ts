// A cluster whose key for ECS Exec is disabled, while that of Fargate is another.

import type { Properties } from "../../../policypack/rules/look";
import { KEY, NATIVE_KEY, REPLICA_KEY } from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import { KEY_ARN } from "../subjects";
import { clusterOn, keyOf } from "./keyed-cluster";
import type { Scene } from "./scene";

const rule = "key-not-disabled";
const SESSIONS_ARN = KEY_ARN.replace("1234abcd", "abcd1234");

function sessions(type: string, broken: Properties = {}): readonly StackSubject[] {
  const fargate = keyOf(type === NATIVE_KEY ? NATIVE_KEY : KEY);
  const exec = keyOf(type, { arn: SESSIONS_ARN, ...broken }, { name: "sessions" });
  return [fargate, exec, clusterOn(fargate, exec)];
}

export const SCENES: readonly Scene[] = [
  { rule, compliant: sessions(KEY), violating: sessions(KEY, { isEnabled: false }), on: "sessions" },
  { rule, compliant: sessions(NATIVE_KEY), violating: sessions(NATIVE_KEY, { enabled: false }), on: "sessions" },
  { rule, compliant: sessions(REPLICA_KEY), violating: sessions(REPLICA_KEY, { enabled: false }), on: "sessions" },
];
