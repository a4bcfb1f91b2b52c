// Stacks that cluster-fargate-key judges: clusters with a key, without one, and without one on EC2 only.

import { CLUSTER, CLUSTER_CAPACITY_PROVIDERS, NATIVE_CLUSTER, SERVICE } from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import { clusterProperties, KEY_ARN, subject } from "../subjects";
import type { Scene } from "./scene";

const RULE = "cluster-fargate-key";

function shop(type: string, key: unknown): StackSubject {
  return subject(type, { ...clusterProperties(key), name: "shop" }, { name: "shop" });
}

const onFargate = subject(SERVICE, { cluster: "shop" });
const onEc2 = subject(SERVICE, { cluster: "shop", launchType: "EC2", platformVersion: "" });

export const SCENES: readonly Scene[] = [
  {
    rule: RULE,
    compliant: [shop(CLUSTER, KEY_ARN), onFargate],
    violating: [shop(CLUSTER, ""), onFargate],
    on: "shop",
  },
  { rule: RULE, compliant: [shop(NATIVE_CLUSTER, KEY_ARN)], violating: [shop(NATIVE_CLUSTER, null)], on: "shop" },
  {
    rule: RULE,
    compliant: [shop(CLUSTER, KEY_ARN), subject(CLUSTER_CAPACITY_PROVIDERS), onEc2],
    violating: [shop(CLUSTER, ""), subject(CLUSTER_CAPACITY_PROVIDERS), onEc2],
    on: "shop",
  },
];
