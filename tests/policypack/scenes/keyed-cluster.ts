// Stacks of a cluster and its key, from which the scenes of the rules about keys are made.
// Invariant: the program gives the policy of every key here, so the engine keeps a list of its sources.

import type { Properties } from "../../../policypack/rules/look";
import { CLUSTER, type KEY, NATIVE_CLUSTER, type NATIVE_KEY } from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import { ACCOUNT } from "../compliant/key";
import { clusterProperties, KEY_ARN, REGION, subject } from "../subjects";

/** A key called "cmk". */
export function keyOf(type: string, broken: Properties = {}, rest: Partial<StackSubject> = {}): StackSubject {
  return subject(type, broken, { name: "cmk", madeFrom: { policy: [], keyPolicy: [] }, ...rest });
}

/** A cluster called "web" that has the key with KEY_ARN and exists already. */
export function clusterOn(...keys: readonly StackSubject[]): StackSubject {
  const isNative = keys.some(({ type }) => type.startsWith("aws-native:"));
  const names = {
    arn: `arn:aws:ecs:${REGION}:${ACCOUNT}:cluster/web`,
    [isNative ? "clusterName" : "name"]: "web",
  };
  return subject(
    isNative ? NATIVE_CLUSTER : CLUSTER,
    { ...clusterProperties(KEY_ARN), ...names },
    { madeFrom: { configuration: keys.map(({ urn }) => urn) } },
  );
}

/** One key and its cluster. */
export function keyed(type: typeof KEY | typeof NATIVE_KEY, broken: Properties = {}): readonly StackSubject[] {
  const key = keyOf(type, broken);
  return [key, clusterOn(key)];
}
