// Whether a key of the stack can serve as the Fargate key of one cluster: its form, its state, its kind and its policy.
//
// Invariants
//   one fault is said, the first in that order; the form is cluster-key-form's to say, so it carries no change
//   what is not known never makes a key unfit
// Sources: Amazon ECS developer guide, fargate-create-storage-key (documented): symmetric, enabled, single-Region, and the statements
//   for fargate.amazonaws.com. ECS asks for the first two when a cluster is created or changed; what the policy lacks shows only when
//   no task starts (inferred: the check is made with the caller's own permissions).

import { isOff } from "../block-at";
import { unfitness } from "../cluster/key-of-stack";
import { lookAt, shown } from "../look";
import { CLUSTER, construction, KEY_POLICY, NATIVE_CLUSTER } from "../resource-types";
import type { Rule, StackSubject } from "../rule";
import { NAMES_OF_CLUSTER } from "../stack/cluster-of";
import { STAND_IN_READS } from "../stack/keys-of-cluster";
import { placeOfCluster } from "../stack/place-of-cluster";
import { accessAt, refusals, type SeenPlace } from "./fargate-access";
import { givenAt, keyProperties, keyReads } from "./key-properties";
import { onOneLine } from "./one-line";
import { heldBy, KEY_POLICY_READS, type KnownPolicy, type PolicyOfKey, policiesOfKey } from "./policies-of-key";
import { policyChange } from "./policy-change";

/** What a rule has to read to judge by this. */
export const FITNESS_READS: Rule["reads"] = {
  [CLUSTER]: ["configuration", ...NAMES_OF_CLUSTER],
  [NATIVE_CLUSTER]: ["configuration", ...NAMES_OF_CLUSTER],
  ...STAND_IN_READS,
  [KEY_POLICY]: KEY_POLICY_READS,
  ...keyReads(["enabled", "policy", "spec"], ["arn", "multiRegion", "keyUsage"]),
};

export type Fitness = { readonly kind: "fit" } | Unseen | Unfit;

export interface Unseen {
  readonly kind: "unseen";
  /** As the end of a sentence: `its policy is not known yet`. */
  readonly why: string;
  /** Where it will be seen: the end of the update, or not at all by a document. */
  readonly isSeenLater: boolean;
  /** The rule that says it already. */
  readonly saidBy?: string;
}

export interface Unfit {
  readonly kind: "unfit";
  readonly of: "form" | "state" | "kind" | "policy";
  /** As the end of a sentence: `it is disabled`. */
  readonly why: string;
  readonly evidence: readonly string[];
  readonly change: readonly string[];
  /** How much is wrong: the key with the least is most likely the one that was meant. */
  readonly distance: number;
}

export interface Candidacy {
  readonly cluster: StackSubject;
  readonly key: StackSubject;
  readonly resources: readonly StackSubject[];
}

export function fitnessOf(candidacy: Candidacy): Fitness {
  const { cluster, key } = candidacy;
  const form = unfitness(key, cluster.region);
  if (form !== null) return { kind: "unfit", of: "form", why: form, evidence: [], change: [], distance: 9 };
  return disabled(key) ?? otherKind(key) ?? byPolicies(candidacy);
}

/** Why the key can encrypt nothing now; null when it is enabled, or nothing says otherwise. */
export function disabled(key: StackSubject): Unfit | null {
  const { enabled } = keyProperties(key.type);
  const look = givenAt(key, enabled);
  if (!isOff(look)) return null;
  const change = [`  ${construction(key)}`, `-   ${enabled}: false,`, `+   ${enabled}: true,`, "  });"];
  return { kind: "unfit", of: "state", why: "it is disabled", evidence: [`${enabled} is false`], change, distance: 1 };
}

function otherKind(key: StackSubject): Unfit | null {
  const { spec } = keyProperties(key.type);
  const wanted = { keyUsage: "ENCRYPT_DECRYPT", [spec]: "SYMMETRIC_DEFAULT" };
  const wrong = Object.entries(wanted).flatMap(([property, value]) => {
    const look = givenAt(key, property);
    return look.state === "known" && look.value !== value ? [{ property, is: shown(look.value), value }] : [];
  });
  if (wrong.length === 0) return null;
  return {
    kind: "unfit",
    of: "kind",
    why: "it is no symmetric encryption key",
    evidence: wrong.map(({ property, is }) => `${property} is ${is}`),
    change: [
      `  ${construction(key)}`,
      ...wrong.flatMap(({ property, is, value }) => [`-   ${property}: ${is},`, `+   ${property}: "${value}",`]),
      "  });",
    ],
    distance: 5,
  };
}

/** With several policies it is not known which one is applied last: the best counts. */
function byPolicies({ cluster, key, resources }: Candidacy): Fitness {
  const keyArn = lookAt(key.properties, "arn");
  const place = {
    ...placeOfCluster(cluster, keyArn),
    keyArn: keyArn.state === "known" ? String(keyArn.value) : null,
  };
  const found = policiesOfKey(key, resources).map((policy) => byPolicy(policy, key, place));
  return found.find(({ kind }) => kind === "fit") ?? found.find(({ kind }) => kind === "unseen") ?? found[0] ?? LATER;
}

const LATER: Unseen = { kind: "unseen", why: "its policy is not known yet", isSeenLater: true };

function byPolicy(policy: PolicyOfKey, key: StackSubject, place: SeenPlace): Fitness {
  const { holder, property } = policy;
  switch (policy.state) {
    case "unknown":
      return LATER;
    case "default":
      return {
        kind: "unfit",
        of: "policy",
        why: "it has AWS's default policy, which does not admit fargate.amazonaws.com",
        evidence: [`${property} is absent`],
        change: policyChange({ holder, property, document: null, place, access: null }),
        distance: 6,
      };
    case "known":
      return byDocument(policy, key, place);
  }
}

function byDocument(policy: KnownPolicy, key: StackSubject, place: SeenPlace): Fitness {
  const { holder, property, document } = policy;
  const seen = accessAt(document, place);
  switch (seen.answer) {
    case "yes":
      return { kind: "fit" };
    case "unseen":
      return {
        kind: "unseen",
        why: onOneLine(seen.why),
        isSeenLater: place.clusterName === null,
        ...(seen.isMisspelt ? { saidBy: "key-policy-not-public" } : {}),
      };
    case "no": {
      const { access } = seen;
      const refused = access.calls.filter(({ decision }) => decision === "deny" || decision === "implicit-deny");
      const reasons = [...new Set(refused.map(({ operation, reason }) => onOneLine(`kms:${operation}: ${reason}`)))];
      return {
        kind: "unfit",
        of: "policy",
        why: `its policy refuses ${reasons[0] ?? onOneLine(access.reason)}`,
        evidence: [...reasons.slice(1), ...heldBy(policy, key)],
        change: policyChange({ holder, property, document, place, access }),
        distance: refusals(access),
      };
    }
  }
}
