// The task protections that a fleet shows. Protections that nobody could read are taken for none.
// Source: UpdateTaskProtection, ECS API reference (documented: it lasts 2,880 minutes at most).

import { lastPart } from "../../../domain/arn";
import type { Fleet } from "../../../domain/fleet";
import type { Lane } from "../lane";

const LONGEST_MS = 2_880 * 60_000;

export function importProtection(lane: Lane, { clusters, readAt }: Fleet): void {
  for (const { name, protectedTasks } of clusters) {
    if (protectedTasks.kind === "unknown") continue;
    for (const { arn, expiresAt } of protectedTasks.value) {
      const task = lane.clusters.get(name)?.tasks.get(lastPart(arn));
      if (task === undefined) continue;
      task.protectedUntilMs = expiresAt === null ? Date.parse(readAt) + LONGEST_MS : Date.parse(expiresAt);
    }
  }
}
