// A cluster whose key cannot be one: by its text, and by the key of the stack that it is made from.

import { UNKNOWN } from "../../../policypack/rules/look";
import { CLUSTER, KEY, NATIVE_CLUSTER } from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import { clusterProperties, KEY_ARN, subject } from "../subjects";
import { keyOf } from "./keyed-cluster";
import type { Scene } from "./scene";

const rule = "cluster-key-form";

function toCome(multiRegion: boolean): readonly StackSubject[] {
  const key = keyOf(KEY, { arn: UNKNOWN, multiRegion });
  return [key, subject(CLUSTER, clusterProperties(UNKNOWN), { madeFrom: { configuration: [key.urn] } })];
}

export const SCENES: readonly Scene[] = [
  {
    rule,
    compliant: [subject(CLUSTER, clusterProperties(KEY_ARN))],
    violating: [subject(CLUSTER, clusterProperties("alias/fargate"))],
    on: "web",
  },
  {
    rule,
    compliant: [subject(NATIVE_CLUSTER, clusterProperties(KEY_ARN))],
    violating: [subject(NATIVE_CLUSTER, clusterProperties(KEY_ARN.replace("eu-central-1", "us-east-1")))],
    on: "web",
  },
  { rule, compliant: toCome(false), violating: toCome(true), on: "web" },
];
