// Where a cluster's Fargate key comes from, as far as a preview shows: which keys of the stack it can be, and whether it surely is one.
//
// Invariants
//   a known key is one of the stack only by its ARN or id; it is then surely that one
//   what is not known yet was made from something that is still to be created, or from what a program only reads, which no policy
//   sees. It is surely among the keys of the stack when nothing else can account for it: every source is a key or stands for one, or there
//   are no more unknown values in `configuration` than keys to make them from

import { type Look, lookAt, unknownsIn } from "../look";
import type { StackSubject } from "../rule";
import { FARGATE_KEY_PATH, fargateKeysOf, STAND_INS } from "./keys-of-cluster";
import { withUrns } from "./once-a-stack";

export type FargateKeyOf =
  /** The cluster names none, or a parent of the property is unknown: cluster-fargate-key speaks of both. */
  | { readonly found: "none" }
  | { readonly found: "in-stack"; readonly candidates: readonly StackSubject[]; readonly isSure: boolean }
  /** `named` is null while it is not known. */
  | { readonly found: "elsewhere"; readonly named: string | null };

export function fargateKeyOf(cluster: StackSubject, resources: readonly StackSubject[]): FargateKeyOf {
  const named = lookAt(cluster.properties, FARGATE_KEY_PATH);
  if (named.state === "absent" || (named.state === "unknown" && named.at !== FARGATE_KEY_PATH)) {
    return { found: "none" };
  }
  const candidates = fargateKeysOf(cluster, resources);
  if (candidates.length === 0) {
    return { found: "elsewhere", named: named.state === "known" ? String(named.value) : null };
  }
  return { found: "in-stack", candidates, isSure: isSure({ cluster, named, candidates, resources }) };
}

interface Named {
  readonly cluster: StackSubject;
  readonly named: Look;
  readonly candidates: readonly StackSubject[];
  readonly resources: readonly StackSubject[];
}

function isSure({ cluster, named, candidates, resources }: Named): boolean {
  if (named.state === "known") return true;
  const toCome = candidates.filter(({ properties }) => lookAt(properties, "arn").state === "unknown");
  if (toCome.length === 0) return false;
  if (unknownsIn(cluster.properties.configuration) <= toCome.length) return true;
  const sources = new Set(cluster.madeFrom.configuration ?? []);
  const explained = withUrns(resources, sources).filter((one) => STAND_INS.includes(one.type) || toCome.includes(one));
  return explained.length === sources.size;
}
