// Which tasks of services task protection keeps from being stopped, cluster by cluster.
//
// Invariants
//   only tasks of services on Fargate that shall run are asked about: no other can be protected, or hold a deployment up
//   a cluster whose tasks are not all known says so here too; one without such tasks costs no call

import { BATCH_LIMITS } from "../../domain/api-quotas";
import { type Fact, known } from "../../domain/fact";
import type { ClusterRecord, ProtectedTask, TaskRecord } from "../../domain/fleet";
import { batchesOf } from "../core/batches-of";
import { isProtectionAsked } from "../core/scan/what-is-asked";
import type { EcsPort } from "../ports/ecs-port";
import { byText } from "./by-text";
import { type OnRead, readEach } from "./read-each";
import type { ScanReader } from "./scan-reader";

export interface ProtectionScan {
  readonly ecs: EcsPort;
  readonly reader: ScanReader;
  readonly onRead: OnRead;
}

/** `tasks`: those on Fargate. */
export async function scanProtection(
  { clusters, tasks }: { readonly clusters: readonly ClusterRecord[]; readonly tasks: readonly TaskRecord[] },
  { ecs, reader, onRead }: ProtectionScan,
): Promise<readonly ClusterRecord[]> {
  const batches = clusters.flatMap(({ arn }) =>
    batchesOf(protectable(tasks, arn), BATCH_LIMITS.getTaskProtection).map((batch) => ({ arn, batch })),
  );
  const answers = await readEach({
    items: batches,
    sizeOf: ({ batch }) => batch.length,
    onRead,
    read: async ({ arn, batch }) => ({
      arn,
      held: await reader.read(arn, () => ecs.protectedTasks({ clusterArn: arn, tasks: batch })),
    }),
  });
  return clusters.map((cluster) => {
    const own = answers.filter(({ arn }) => arn === cluster.arn).map(({ held }) => held);
    return { ...cluster, protectedTasks: together(cluster, own) };
  });
}

function protectable(tasks: readonly TaskRecord[], cluster: string): readonly string[] {
  return tasks.filter((task) => task.clusterArn === cluster && isProtectionAsked(task)).map(({ arn }) => arn);
}

function together(
  { tasks }: ClusterRecord,
  answers: readonly Fact<readonly ProtectedTask[]>[],
): Fact<readonly ProtectedTask[]> {
  if (tasks.kind === "unknown") return tasks;
  const unseen = answers.find((answer) => answer.kind === "unknown");
  if (unseen !== undefined) return unseen;
  const seen = answers.flatMap((answer) => (answer.kind === "known" ? [answer] : []));
  const asOf = seen.reduce((newest, answer) => (answer.asOf > newest ? answer.asOf : newest), tasks.asOf);
  return known(seen.flatMap(({ value }) => value).toSorted(byText(({ arn }) => arn)), asOf);
}
