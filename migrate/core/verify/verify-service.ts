// Whether a service is proved on its key: the success rule, to the letter. Never "stable".
//
// A service passes only when, at one observation,
//   the deployment that we follow ended SUCCESSFUL and its revision carries the key (in a run), and
//   every deployment that ECS still lists carries the key, and
//   every task of the service that has not STOPPED carries the key on platform version 1.4.0 or newer, and
//   every task known from before is STOPPED or gone, and
//   as many running tasks were seen as the service says it has.
// What could not be seen makes `unknown`, never `pass`.

import { lastPart } from "../../../domain/arn";
import type { ServiceRecord, TaskRecord } from "../../../domain/fleet";
import { sameKey } from "../../../domain/kms-key";
import type { ServiceVerdict, TaskVerdict, VerdictWord } from "../model/verdict";
import { otherKey, stillRuns, verifyTask } from "./verify-task";

export interface ServiceEvidence {
  readonly service: ServiceRecord;
  readonly targetKeyArn: string | null;
  /** Every task of the service that DescribeTasks showed, draining and stopped ones included. */
  readonly tasks: readonly TaskRecord[];
  /** Tasks known from before the redeployment; empty when none was made. */
  readonly oldTasks: readonly string[];
  /** Those of `oldTasks` that AWS no longer knows. */
  readonly goneTasks: readonly string[];
  /** How the deployment that we follow ended; null when the present state is judged without one. */
  readonly deployment: { readonly status: string; readonly revisionKeyArn: string | null | undefined } | null;
  readonly asOf: string;
}

type Finding = readonly [VerdictWord, string] | null;

export function verifyService(evidence: ServiceEvidence): ServiceVerdict {
  const { service, targetKeyArn, asOf } = evidence;
  const tasks = evidence.tasks.map((task) => verifyTask({ task, targetKeyArn, asOf }));
  const findings = [
    targetKeyArn === null ? (["fail", "the cluster has no key"] as const) : null,
    deploymentFinding(evidence),
    tasksFinding(tasks),
    listedDeploymentsFinding(evidence),
    oldTasksFinding(evidence),
    countFinding(evidence),
  ];
  const [verdict, reason] = worst(findings) ?? ["pass", passReason(service, tasks)];
  return { verdict, reason, asOf, serviceArn: service.arn, targetKeyArn, tasks };
}

function deploymentFinding({ deployment, targetKeyArn }: ServiceEvidence): Finding {
  if (deployment === null) return null;
  if (deployment.status !== "SUCCESSFUL") return ["fail", `its service deployment is ${deployment.status}`];
  if (deployment.revisionKeyArn === undefined) return ["unknown", "its service revision could not be read"];
  if (targetKeyArn !== null && !sameKey(deployment.revisionKeyArn, targetKeyArn))
    return ["fail", `its service revision ${carries(deployment.revisionKeyArn, targetKeyArn)}`];
  return null;
}

function listedDeploymentsFinding({ service, targetKeyArn }: ServiceEvidence): Finding {
  if (targetKeyArn === null) return null;
  const listed = [
    ...service.deployments.filter((d) => d.status !== "INACTIVE").map((d) => ({ ...d, noun: "deployment" })),
    ...service.taskSets.map((set) => ({ ...set, noun: "task set" })),
  ];
  const [first, ...others] = listed.filter(({ kmsKeyArn }) => !sameKey(kmsKeyArn, targetKeyArn));
  if (first !== undefined) {
    const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
    return [
      "fail",
      `${first.noun} ${first.id}${more} ${carries(first.kmsKeyArn, targetKeyArn)}; new tasks get what it carries`,
    ];
  }
  if (service.deployments.length === 0 && service.taskSets.length === 0)
    return ["unknown", "AWS listed no deployment of the service"];
  return null;
}

/** Names both keys, so that a swapped key shows as one. */
function carries(kmsKeyArn: string | null, targetKeyArn: string): string {
  return kmsKeyArn === null ? "carries no key" : `carries ${otherKey(kmsKeyArn, targetKeyArn)}`;
}

function tasksFinding(tasks: readonly TaskVerdict[]): Finding {
  const failed = tasks.filter((task) => task.verdict === "fail");
  if (failed[0] !== undefined) return ["fail", failedTasks(failed[0], failed, running(tasks))];
  const unseen = tasks.find((task) => task.verdict === "unknown");
  return unseen === undefined ? null : ["unknown", `task ${lastPart(unseen.taskArn)}: ${unseen.reason}`];
}

function failedTasks(first: TaskVerdict, failed: readonly TaskVerdict[], of: number): string {
  if (of === 1) return `its task ${first.reason}`;
  if (failed.length > 1 && failed.every(({ reason }) => reason === first.reason))
    return `${failed.length} of ${of} tasks: each ${first.reason}`;
  return `${failed.length} of ${of} tasks: ${lastPart(first.taskArn)} ${first.reason}`;
}

function oldTasksFinding({ oldTasks, tasks, goneTasks }: ServiceEvidence): Finding {
  const seen = new Map(tasks.map((task) => [task.arn, task]));
  const gone = new Set(goneTasks);
  for (const arn of oldTasks) {
    const task = seen.get(arn);
    if (task !== undefined && stillRuns(task)) return ["fail", `task ${lastPart(arn)} from before still runs`];
    if (task === undefined && !gone.has(arn)) return ["unknown", `task ${lastPart(arn)} from before was not looked at`];
  }
  return null;
}

function countFinding({ service, tasks }: ServiceEvidence): Finding {
  const seen = tasks.filter((task) => task.lastStatus === "RUNNING" && task.desiredStatus === "RUNNING").length;
  if (seen < service.runningCount) return ["unknown", `saw ${seen} of ${service.runningCount} running tasks`];
  if (service.runningCount < service.desiredCount)
    return ["unknown", `${service.runningCount} of ${service.desiredCount} tasks run`];
  return null;
}

function worst(findings: readonly Finding[]): Finding {
  return findings.find((f) => f?.[0] === "fail") ?? findings.find((f) => f?.[0] === "unknown") ?? null;
}

function passReason(service: ServiceRecord, tasks: readonly TaskVerdict[]): string {
  const count = running(tasks);
  if (count === 0 && service.desiredCount === 0)
    return "no task runs; its deployment carries the key for those to come";
  return count === 1 ? "its task uses the key" : `all ${count} tasks use the key`;
}

function running(tasks: readonly TaskVerdict[]): number {
  return tasks.filter((task) => task.lastStatus !== "STOPPED").length;
}
