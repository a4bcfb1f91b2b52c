// A KMS key that the same stack makes, judged as a cluster's key before its ARN is known: by its kind and its Region.
//
// Invariant: only what is surely wrong is a fault. The provider computes `multiRegion` where the program leaves it out, so before the
//   key exists it is unknown, not absent.

import { isOn } from "../block-at";
import { type Look, lookAt } from "../look";
import { NATIVE_REPLICA_KEY, REPLICA_EXTERNAL_KEY, REPLICA_KEY } from "../resource-types";
import type { Subject } from "../rule";

const REPLICAS: readonly string[] = [REPLICA_KEY, NATIVE_REPLICA_KEY, REPLICA_EXTERNAL_KEY];

/** Why the key cannot serve a cluster of this Region, to follow "Fargate cannot use the key: "; null while nothing speaks against it. */
export function unfitness({ type, properties, region }: Subject, clusterRegion: Look): string | null {
  const multiRegion = lookAt(properties, "multiRegion");
  if (REPLICAS.includes(type) || isOn(multiRegion)) {
    return "it is a multi-Region key";
  }
  if (region.state !== "known" || clusterRegion.state !== "known" || region.value === clusterRegion.value) return null;
  return `it is in ${String(region.value)}, not in ${String(clusterRegion.value)}`;
}
