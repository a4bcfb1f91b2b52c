// The present state of a lane against the keys of its clusters, task by task: what `verify` prints and what the final sweep of a run says.
//
// Invariants
//   every service and every task of no service is judged exactly once; nothing is inferred from the cluster's setting or start times
//   what does not run on Fargate, or runs Windows, is notApplicable and counts nowhere

import type { Unknown } from "../../../domain/fact";
import type { ClusterRecord, Fleet, ServiceRecord, TaskRecord } from "../../../domain/fleet";
import { isWindows } from "../../../domain/platform-version";
import { runsOnFargate } from "../../../domain/runs-on-fargate";
import { taskOnFargate } from "../classify/not-applicable";
import type { ServiceVerdict, TaskVerdict } from "../model/verdict";
import { verifyService } from "./verify-service";
import { stillRuns, type TaskEvidence, verifyTask } from "./verify-task";

export interface Verification {
  readonly lane: Fleet["lane"];
  readonly asOf: string;
  readonly clusters: readonly ClusterVerification[];
  readonly totals: {
    /** Running tasks that could use a key: Linux on Fargate. */
    readonly tasks: number;
    readonly onKey: number;
    /** Services and standalone tasks that fail or are unknown, and clusters whose services or tasks could not all be listed. */
    readonly unproved: number;
  };
}

export interface ClusterVerification {
  readonly clusterArn: string;
  readonly clusterName: string;
  /** The key of the cluster's configuration; null when it has none; `unknown` verdicts below say when it could not be read. */
  readonly keyArn: string | null;
  readonly services: readonly ServiceVerdict[];
  /** Tasks of no service that was seen: standalone ones, and those of a service that has gone or could not be listed. */
  readonly standalone: readonly TaskVerdict[];
}

export function verifyFleet(fleet: Fleet): Verification {
  const clusters = fleet.clusters.map((cluster) => verifyCluster(fleet, cluster));
  const tasks = clusters.flatMap((c) => [...c.services.flatMap((s) => s.tasks), ...c.standalone]).filter(countable);
  const judged = clusters.flatMap((c) => [...c.services, ...c.standalone]);
  return {
    lane: fleet.lane,
    asOf: fleet.readAt,
    clusters,
    totals: {
      tasks: tasks.length,
      onKey: tasks.filter((task) => task.verdict === "pass").length,
      unproved:
        judged.filter((one) => one.verdict === "fail" || one.verdict === "unknown").length +
        fleet.clusters.filter(({ services, tasks }) => services.kind === "unknown" || tasks.kind === "unknown").length,
    },
  };
}

/** Whether a task counts in a coverage: it still runs, and could use a key. */
export function countable(task: TaskVerdict): boolean {
  return task.verdict !== "notApplicable";
}

function verifyCluster(fleet: Fleet, cluster: ClusterRecord): ClusterVerification {
  const keyArn =
    cluster.configuration.kind === "known" ? cluster.configuration.value.fargateEphemeralStorageKmsKeyArn : null;
  const services = fleet.services.filter((service) => service.clusterArn === cluster.arn);
  const tasks = fleet.tasks.filter((task) => task.clusterArn === cluster.arn);
  const byGroup = groupTasks(tasks);
  const groupsSeen = new Set(services.map(({ name }) => `service:${name}`));
  return {
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    keyArn,
    services: services.map((service) =>
      judgeService({ fleet, cluster, keyArn, service, tasks: byGroup.get(`service:${service.name}`) ?? [] }),
    ),
    standalone: tasks
      .filter((task) => !groupsSeen.has(task.group ?? "") && taskOnFargate(task) && stillRuns(task))
      .map((task) => judgeStandalone({ task, cluster, targetKeyArn: keyArn, asOf: readAtOf(fleet, cluster) })),
  };
}

/** When the tasks of a cluster were read: a large scan takes minutes, and what drained at its start was not proved then. */
function readAtOf(fleet: Fleet, { tasks }: ClusterRecord): string {
  return tasks.kind === "known" && Date.parse(tasks.asOf) > Date.parse(fleet.readAt) ? tasks.asOf : fleet.readAt;
}

function judgeStandalone({ cluster, ...evidence }: TaskEvidence & { readonly cluster: ClusterRecord }): TaskVerdict {
  const judged = verifyTask(evidence);
  if (judged.verdict === "notApplicable" || cluster.configuration.kind === "known") return judged;
  return { ...judged, verdict: "unknown", reason: keyUnseen(cluster.configuration) };
}

function keyUnseen({ why }: Unknown): string {
  return `the cluster's key could not be read: ${why}`;
}

interface ServiceQuestion {
  readonly fleet: Fleet;
  readonly cluster: ClusterRecord;
  readonly keyArn: string | null;
  readonly service: ServiceRecord;
  readonly tasks: readonly TaskRecord[];
}

function judgeService({ fleet, cluster, keyArn, service, tasks }: ServiceQuestion): ServiceVerdict {
  const asOf = readAtOf(fleet, cluster);
  const base = { asOf, serviceArn: service.arn, targetKeyArn: keyArn, tasks: [] };
  const placed = runsOnFargate(service, cluster);
  if (placed.answer === "not-fargate")
    return { ...base, verdict: "notApplicable", reason: `does not run on Fargate (${placed.evidence.join("; ")})` };
  if (isWindows(service.platformFamily) || (tasks.length > 0 && tasks.every((t) => isWindows(t.platformFamily))))
    return { ...base, verdict: "notApplicable", reason: "Windows tasks cannot use a customer managed key" };
  if (cluster.configuration.kind === "unknown")
    return { ...base, verdict: "unknown", reason: keyUnseen(cluster.configuration) };
  if (cluster.tasks.kind === "unknown")
    return { ...base, verdict: "unknown", reason: `its tasks could not be listed: ${cluster.tasks.why}` };
  const verdict = verifyService({
    service,
    targetKeyArn: keyArn,
    tasks,
    oldTasks: [],
    goneTasks: [],
    deployment: null,
    asOf,
  });
  return placed.answer === "unknown" && verdict.verdict === "pass"
    ? { ...verdict, verdict: "unknown", reason: "nothing shows whether it runs on Fargate" }
    : verdict;
}

function groupTasks(tasks: readonly TaskRecord[]): Map<string, TaskRecord[]> {
  const groups = new Map<string, TaskRecord[]>();
  for (const task of tasks) {
    const group = groups.get(task.group ?? "") ?? [];
    group.push(task);
    groups.set(task.group ?? "", group);
  }
  return groups;
}
