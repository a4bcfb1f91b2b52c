// Who else acts on the account: its teams, its operators, Spot and plain bad luck.
// Invariant: a rival acts through the simulator's own faults, so it can do nothing that the world forbids.

import type { Fleet } from "../../../domain/fleet";
import type { Random } from "../../../simulator/world/random";
import type { WorldFault } from "../../../simulator/world/world-fault";
import type { Cue } from "./cues";
import { one } from "./one-of";

export interface Rival {
  readonly cue: Cue;
  /** The ARN of the service that it is about; null for a cluster or key. */
  readonly service: string | null;
  readonly acts: readonly { readonly afterMs: number; readonly fault: WorldFault | ClusterDeletion }[];
}

/** DeleteCluster, which AWS refuses while services or tasks are there. */
export interface ClusterDeletion {
  readonly kind: "cluster-deleted";
  readonly cluster: string;
}

const MINUTE = 60_000;

export function rivalsOf(random: Random, fleet: Fleet, most: number): readonly Rival[] {
  return Array.from({ length: random.below(most + 1) }, () =>
    random.chance(0.75) ? serviceRival(random, fleet) : keyRival(random, fleet),
  );
}

function serviceRival(random: Random, fleet: Fleet): Rival {
  const service = one(random, fleet.services);
  const cluster = fleet.clusters.find(({ arn }) => arn === service.clusterArn)?.name ?? "";
  const place = { cluster, service: service.name };
  const deploys = { afterMs: 0, fault: { kind: "somebody-deploys", ...place } as const };
  const acts: readonly Rival["acts"][] = [
    [deploys],
    [deploys],
    [deploys, { ...deploys, afterMs: random.below(2 * MINUTE) }],
    [{ afterMs: 0, fault: { kind: "somebody-scales", ...place, desiredCount: random.below(6) } }],
    [
      {
        afterMs: 0,
        fault: { kind: "somebody-scales", ...place, desiredCount: 1 + random.below(8), by: "autoscaling" },
      },
    ],
    [{ afterMs: 0, fault: { kind: "service-deleted", ...place } }],
    [{ afterMs: 0, fault: { kind: "task-dies", ...place, count: 1 + random.below(3) } }],
    [{ afterMs: 0, fault: { kind: "spot-interruption", ...place, count: 1 + random.below(3) } }],
    [{ afterMs: 0, fault: { kind: "zones-rebalanced", ...place } }],
    [{ afterMs: 0, fault: { kind: "task-retired", ...place, count: 1 + random.below(2) } }],
    [
      {
        afterMs: 0,
        fault: { kind: "new-tasks-fail", ...place, how: random.pick(["exits", "image-missing", "unhealthy"]) },
      },
      { afterMs: random.below(30 * MINUTE), fault: { kind: "new-tasks-recover", ...place } },
    ],
  ];
  return { cue: cueOf(random), service: service.arn, acts: one(random, acts) };
}

/** A start failure that says nothing of a key. */
const UNNAMED = "ResourceInitializationError: failed to set up the task";

function keyRival(random: Random, fleet: Fleet): Rival {
  const cluster = one(random, fleet.clusters);
  const keyArn =
    cluster.configuration.kind === "known" ? cluster.configuration.value.fargateEphemeralStorageKmsKeyArn : null;
  const other = fleet.keys.map(({ arn }) => arn).find((arn) => arn !== keyArn) ?? null;
  const policyFact = fleet.keys.find(({ arn }) => arn === keyArn)?.policy;
  const policy = policyFact?.kind === "known" ? policyFact.value : "{}";
  const closed = JSON.stringify({ Version: "2012-10-17", Statement: [] });
  const laterMs = random.pick([3_000, MINUTE, 15 * MINUTE]);
  const key = keyArn ?? "";
  const place = { cluster: cluster.name };
  const acts: readonly Rival["acts"][] = [
    [{ afterMs: 0, fault: { kind: "cluster-key-changed", ...place, key: other } }],
    [{ afterMs: 0, fault: { kind: "cluster-key-changed", ...place, key: null } }],
    [
      { afterMs: 0, fault: { kind: "cluster-key-changed", ...place, key: null } },
      { afterMs: laterMs, fault: { kind: "cluster-key-changed", ...place, key } },
    ],
    [
      { afterMs: 0, fault: { kind: "key-disabled", key } },
      { afterMs: laterMs, fault: { kind: "key-enabled", key } },
    ],
    [
      { afterMs: 0, fault: { kind: "key-disabled", key } },
      { afterMs: laterMs, fault: { kind: "key-enabled", key } },
    ],
    [
      { afterMs: 0, fault: { kind: "key-policy-replaced", key, policy: closed } },
      { afterMs: laterMs, fault: { kind: "key-policy-replaced", key, policy } },
    ],
    [
      { afterMs: 0, fault: { kind: "organisation-denies-key", key, ...(random.chance(0.5) ? { text: UNNAMED } : {}) } },
      { afterMs: laterMs, fault: { kind: "organisation-allows-key", key } },
    ],
    [{ afterMs: 0, fault: { kind: "organisation-denies-key", key, text: UNNAMED } }],
    [{ afterMs: 0, fault: { kind: "key-deletion-scheduled", key } }],
    tornDown(fleet, cluster),
  ];
  return { cue: cueOf(random), service: null, acts: one(random, acts) };
}

/** All services first; the cluster itself once their tasks have drained, however long that takes. */
export function tornDown(fleet: Fleet, { arn, name }: Fleet["clusters"][number]): Rival["acts"] {
  const services = fleet.services.filter(({ clusterArn }) => clusterArn === arn);
  return [
    ...services.map((service) => ({
      afterMs: 0,
      fault: { kind: "service-deleted", cluster: name, service: service.name } as const,
    })),
    ...Array.from({ length: 6 }, () => ({
      afterMs: MINUTE,
      fault: { kind: "cluster-deleted", cluster: name } as const,
    })),
  ];
}

const LINES = ["redeploy-intended", "redeploy-answered", "progressed", "settled", "verified", "wave-opened"] as const;

function cueOf(random: Random): Cue {
  if (random.chance(0.3)) return { kind: "time", atMs: random.below(45 * MINUTE) };
  if (random.chance(0.25)) return { kind: "update" };
  const delayMs = random.pick([0, 300, 1_500, 4_000, 20_000, 45_000]);
  return { kind: "line", line: one(random, LINES), delayMs };
}
