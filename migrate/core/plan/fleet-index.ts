// A fleet, looked up by ARN: made once a plan, so that planning thousands of services stays linear.

import { type Fact, unknown } from "../../../domain/fact";
import type { ClusterRecord, Fleet, ServiceRecord, TaskDefinitionRecord, TaskRecord } from "../../../domain/fleet";
import { FargateCmkError } from "../../errors";
import { groupBy } from "../group-by";

export class FleetIndex {
  private readonly clusters: ReadonlyMap<string, ClusterRecord>;
  private readonly definitions: ReadonlyMap<string, Fact<TaskDefinitionRecord>>;
  private readonly unreadDefinitions: ReadonlyMap<string, Fact<TaskDefinitionRecord>>;
  private readonly tasksByGroup: ReadonlyMap<string, readonly TaskRecord[]>;
  /** Tasks that have not stopped and belong to no service of the fleet, by ARN. */
  readonly tasksOfNoService: readonly TaskRecord[];

  constructor(readonly fleet: Fleet) {
    this.clusters = new Map(fleet.clusters.map((cluster) => [cluster.arn, cluster]));
    this.definitions = new Map(
      fleet.taskDefinitions.flatMap((fact) => (fact.kind === "known" ? [[fact.value.arn, fact] as const] : [])),
    );
    this.unreadDefinitions = new Map(
      fleet.unread
        .filter(({ operation }) => operation === "ecs:DescribeTaskDefinition")
        .map(({ subject, why, permission }) => [subject, unknown(why, permission)]),
    );
    this.tasksByGroup = groupBy(fleet.tasks, ({ clusterArn, group }) => groupKey(clusterArn, group));
    const groups = new Set(fleet.services.map(groupOf));
    this.tasksOfNoService = byArn(
      fleet.tasks.filter((task) => task.lastStatus !== "STOPPED" && !groups.has(groupKey(task.clusterArn, task.group))),
    );
  }

  /** @throws FargateCmkError `wrong-shape` for a cluster that the fleet does not hold */
  cluster(arn: string): ClusterRecord {
    const cluster = this.clusters.get(arn);
    if (cluster !== undefined) return cluster;
    const message = `the fleet names cluster ${arn}, but does not hold it`;
    throw new FargateCmkError("wrong-shape", { message, remedy: "scan again" });
  }

  /** Every task of the service that the scan saw, in the fleet's order. */
  tasksOf(service: ServiceRecord): readonly TaskRecord[] {
    return this.tasksByGroup.get(groupOf(service)) ?? [];
  }

  /** Null for a service without a task definition of its own, as with the EXTERNAL controller. */
  taskDefinition({ taskDefinitionArn: arn }: ServiceRecord): Fact<TaskDefinitionRecord> | null {
    if (arn === null) return null;
    const fallback = unknown("the scan did not read it", "ecs:DescribeTaskDefinition");
    return this.definitions.get(arn) ?? this.unreadDefinitions.get(arn) ?? fallback;
  }
}

export function byArn<T extends { readonly arn: string }>(items: readonly T[]): readonly T[] {
  return items.toSorted((a, b) => compareText(a.arn, b.arn));
}

/** By UTF-16 code units: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function groupOf({ clusterArn, name }: ServiceRecord): string {
  return groupKey(clusterArn, `service:${name}`);
}

function groupKey(clusterArn: string, group: string | null): string {
  return `${clusterArn} ${group ?? ""}`;
}
