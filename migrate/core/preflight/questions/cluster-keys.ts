// The clusters of the plan: whether each still has the key that it was planned with.
// Invariant: a cluster that is gone is no fail: its services are gone with it, and the run says so of each.

import { counted } from "../../words/counted";
import { shellCommand } from "../../words/remedy-command";
import { plannedKeyIs, type TargetNow } from "../facts";
import { asked, fails, notApplicable, type Question } from "../question";

const CLUSTERS = ["cluster", "clusters"] as const;
const AGAIN = "scan and plan again, so that everybody reads what will happen: fargate-cmk scan";

export const CLUSTER_KEYS: readonly Question[] = [
  {
    id: "cluster-has-planned-key",
    level: "stops",
    title: "the clusters have the keys that were planned",
    asks: "the cluster's configuration still names the key of the plan: a new deployment takes the key that is there then",
    source: { page: "AmazonECS/latest/developerguide/fargate-create-storage-key", standing: "documented" },
    subjects: CLUSTERS,
    ask({ targets }) {
      const seen = targets.filter(({ cluster }) => cluster?.configuration.kind === "known");
      if (seen.length === 0) return notApplicable(noneSeen(targets));
      const findings = seen.flatMap((target) => {
        const reason = otherKey(target);
        return reason === null ? [] : [fails(target.clusterName, reason, AGAIN)];
      });
      return asked(`${counted(seen.length, "cluster has", "clusters have")} the planned key${gone(targets)}`, findings);
    },
  },
  {
    id: "cluster-configuration-known",
    level: "stops",
    title: "the clusters' configuration can be read",
    asks: "DescribeClusters shows the configuration of every cluster of the plan: without it nothing is known of its key",
    source: { page: "AmazonECS/latest/APIReference/API_DescribeClusters", standing: "documented" },
    subjects: CLUSTERS,
    ask({ targets }) {
      const present = targets.filter(({ cluster }) => cluster !== null);
      if (present.length === 0) return notApplicable(noneSeen(targets));
      const findings = present.flatMap(({ clusterName, cluster }) => {
        if (cluster === null || cluster.configuration.kind === "known") return [];
        const { why, permission } = cluster.configuration;
        const look = shellCommand(
          "aws",
          "ecs",
          "describe-clusters",
          "--clusters",
          clusterName,
          "--include",
          "CONFIGURATIONS",
        );
        return [
          fails(
            clusterName,
            why,
            permission === undefined ? `try it: ${look}` : `allow ${permission} to who runs this`,
          ),
        ];
      });
      return asked(
        `${counted(present.length, "cluster shows", "clusters show")} the whole configuration${gone(targets)}`,
        findings,
      );
    },
  },
];

function otherKey({ cluster, keyArn }: TargetNow): string | null {
  if (cluster?.configuration.kind !== "known") return null;
  const actual = cluster.configuration.value.fargateEphemeralStorageKmsKeyArn;
  if (actual === null) return `has no key now; ${keyArn} was planned`;
  return plannedKeyIs(keyArn, actual) ? null : `has ${actual} now; ${keyArn} was planned`;
}

function noneSeen(targets: readonly TargetNow[]): string {
  if (targets.length === 0) return "the plan redeploys nothing";
  const isGone = targets.every(({ cluster }) => cluster === null);
  return isGone ? "the plan's clusters are gone" : "no configuration could be read";
}

function gone(targets: readonly TargetNow[]): string {
  const count = targets.filter(({ cluster }) => cluster === null).length;
  return count === 0 ? "" : `; ${counted(count, "cluster is", "clusters are")} gone`;
}
