// Whether the outputs show all services and all tasks of a cluster, told from what counts and lists them.
//
// Invariants
//   completeness must be shown: without a count or a list that covers a cluster, its services and tasks are not all known
//   a cluster's own counts are held against the same states that AWS counts: draining tasks run, and count
//
// Source: the Cluster type of the ECS API reference (documented): activeServicesCount, runningTasksCount, pendingTasksCount.

import { lastPart } from "../../../domain/arn";
import type { Outputs, Sighting } from "./outputs";
import { clusterArnOf } from "./thing-of";

export interface MissingParts {
  /** Why not all of them are shown; null when they are. */
  readonly services: string | null;
  readonly tasks: string | null;
}

export function missingParts(outputs: Outputs, clusterArn: string): MissingParts {
  const { cluster, service, task } = outputs.things;
  const of = (things: ReadonlyMap<string, Sighting>): readonly Sighting[] =>
    [...things.values()].filter(({ wire }) => wire.clusterArn === clusterArn);
  const described = cluster.get(clusterArn)?.wire;
  const name = lastPart(clusterArn);
  return {
    services: missing(
      {
        what: `services of cluster ${name}`,
        counted: numberOf(described?.activeServicesCount),
        shown: of(service).filter(({ wire }) => wire.status === "ACTIVE").length,
      },
      listedOf(outputs, clusterArn, "service"),
    ),
    tasks: missing(
      {
        what: `tasks of cluster ${name}`,
        counted: sum(numberOf(described?.runningTasksCount), numberOf(described?.pendingTasksCount)),
        shown: of(task).filter(({ wire }) => COUNTED.includes(String(wire.lastStatus))).length,
      },
      listedOf(outputs, clusterArn, "task"),
    ),
  };
}

/** The states of a task that runningTasksCount and pendingTasksCount count. */
const COUNTED: readonly string[] = ["RUNNING", "PENDING", "PROVISIONING"];

interface Count {
  readonly what: string;
  /** What the cluster says; null when no output describes it. */
  readonly counted: number | null;
  readonly shown: number;
}

interface Listed {
  readonly all: number;
  readonly undescribed: number;
}

function missing({ what, counted, shown }: Count, listed: Listed): string | null {
  if (listed.undescribed > 0) return `${listed.undescribed} listed ${what} are not described`;
  if (counted !== null && counted > shown)
    return `${shown === 0 ? "none" : `only ${shown}`} of the ${counted} ${what} are described`;
  if (counted === null && listed.all === 0) return `no output counts or lists the ${what}`;
  return null;
}

/** ARNs of the old format name no cluster: they count for the cluster that their thing was described in, or for every one. */
function listedOf({ listed, gone, things }: Outputs, clusterArn: string, kind: "service" | "task"): Listed {
  const arns = [...listed.keys()].filter((arn) => {
    if (!arn.includes(`:${kind}/`)) return false;
    const described = things[kind].get(arn)?.wire.clusterArn ?? clusterArnOf(undefined, arn);
    return described === null || described === clusterArn;
  });
  return { all: arns.length, undescribed: arns.filter((arn) => !things[kind].has(arn) && !gone.has(arn)).length };
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

function sum(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}
