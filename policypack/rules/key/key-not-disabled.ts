// key-not-disabled: a key that a cluster uses is enabled.
//
// Invariants
//   a disabled key that keeps Fargate from a cluster is cluster-key-usable's, which stops it; here are all others: of ECS Exec, of
//     volumes, and of Fargate where another key of the cluster will do
//   a key is enabled unless the program says otherwise

import { shown } from "../look";
import type { Finding, Rule, StackSubject } from "../rule";
import { fargateKeyOf } from "../stack/fargate-key-of";
import { clustersIn, KEY_TYPES, keysOfClusters } from "../stack/keys-of-cluster";
import { fail, notApplicable, pass, unknown, type Verdict } from "../verdict";
import { disabled, FITNESS_READS, fitnessOf } from "./fitness";
import { givenAt, keyProperties } from "./key-properties";

export const keyNotDisabled: Rule = {
  id: "key-not-disabled",
  title: "A key that a cluster uses is enabled.",
  levels: { baseline: "advisory", strict: "mandatory" },
  severity: "medium",
  controls: [{ framework: "NIST SP 800-53", version: "Rev. 5", ids: ["SC-12"] }],
  why: "With a disabled key nothing new is encrypted and nothing old is read: ECS Exec sessions and volumes fail to start.",
  remedy: "Enable the key, or take it out of the cluster's configuration first.",
  limits:
    "It judges the keys of the stack that a cluster's configuration was made from or names. A disabled key of Fargate's ephemeral " +
    "storage stops the preview at cluster-key-usable. A key that somebody disabled outside of Pulumi shows after a refresh.",
  example: ['new aws.kms.Key("sessions", { enableKeyRotation: true, isEnabled: true });'],
  judges: KEY_TYPES,
  reads: FITNESS_READS,
  checkStack: check,
};

function check(resources: readonly StackSubject[]): readonly Finding[] {
  const said = new Set(clustersIn(resources).flatMap((cluster) => saidElsewhere(cluster, resources)));
  return keysOfClusters(resources).map((key) => ({ subject: key, verdict: judge(key, said.has(key)) }));
}

/** Keys of which cluster-key-usable says that they are disabled. */
function saidElsewhere(cluster: StackSubject, resources: readonly StackSubject[]): readonly StackSubject[] {
  const found = fargateKeyOf(cluster, resources);
  if (found.found !== "in-stack" || !found.isSure) return [];
  const judged = found.candidates.map((key) => ({ key, fitness: fitnessOf({ cluster, key, resources }) }));
  if (!judged.every(({ fitness }) => fitness.kind === "unfit")) return [];
  return judged.flatMap(({ key, fitness }) => (fitness.kind === "unfit" && fitness.of === "state" ? [key] : []));
}

function judge(key: StackSubject, isSaid: boolean): Verdict {
  const { enabled } = keyProperties(key.type);
  const look = givenAt(key, enabled);
  if (look.state === "unknown") {
    return unknown(
      `Whether key ${shown(key.name)} is enabled cannot be seen: ${enabled} is not known yet.`,
      "the update, at its end",
    );
  }
  const fault = disabled(key);
  if (fault === null) return pass("it is enabled");
  if (isSaid) return notApplicable("cluster-key-usable speaks of a disabled key of Fargate's");
  const { evidence, change } = fault;
  return fail({ reason: `Key ${shown(key.name)} is disabled, and a cluster uses it.`, evidence, change });
}
