// The clusters of services that are about to be redeployed, as they are now: which key each has.
//
// One call shows a hundred clusters (documented), so whoever asks about one is told of all in which services of the open wave wait.
// Invariant: what is answered is at most LIMITS.clusterLookAgainMs old.

import { BATCH_LIMITS } from "../../domain/api-quotas";
import { known, unknown } from "../../domain/fact";
import type { ClusterRecord } from "../../domain/fleet";
import { LIMITS } from "../core/limits";
import type { RunContext } from "./run-context";

export interface ClusterLook {
  /** Null when it does not exist any more. */
  readonly cluster: ClusterRecord | null;
  readonly lookedAtMs: number;
}

/** What this process has seen of clusters in a run: volatile, and never older than it says. */
const looks = new WeakMap<RunContext, Map<string, ClusterLook>>();

export async function clusterForAdmission(context: RunContext, clusterArn: string): Promise<ClusterLook> {
  const seen = looks.get(context) ?? new Map<string, ClusterLook>();
  looks.set(context, seen);
  const last = seen.get(clusterArn);
  if (last !== undefined && context.clock.nowMs() - last.lookedAtMs <= LIMITS.clusterLookAgainMs) return last;
  const arns = [...new Set([clusterArn, ...waitingClusters(context)])].slice(0, BATCH_LIMITS.describeClusters);
  for (const [arn, look] of await clustersNow(context, arns)) seen.set(arn, look);
  return seen.get(clusterArn) ?? { cluster: null, lookedAtMs: 0 };
}

async function clustersNow(
  { ecs, clock }: RunContext,
  arns: readonly string[],
): Promise<ReadonlyMap<string, ClusterLook>> {
  const lookedAtMs = clock.nowMs();
  const { found } = await ecs.describeClusters(arns);
  const asOf = new Date(clock.nowMs()).toISOString();
  return new Map(
    arns.map((arn): [string, ClusterLook] => {
      const cluster = found.find((one) => one.arn === arn && one.status !== "INACTIVE");
      if (cluster === undefined) return [arn, { cluster: null, lookedAtMs }];
      const listed = { services: known(0, asOf), tasks: known(0, asOf) };
      const protectedTasks = unknown("task protection is looked at service by service");
      return [arn, { cluster: { ...cluster, ...listed, protectedTasks }, lookedAtMs }];
    }),
  );
}

function waitingClusters({ plan, recorder: { state } }: RunContext): readonly string[] {
  const open = state.waves.find(({ status }) => status === "open")?.number;
  const waiting = plan.services.filter(({ arn, wave }) => wave === open && state.services.get(arn)?.phase === "queued");
  return waiting.map(({ clusterArn }) => clusterArn);
}
