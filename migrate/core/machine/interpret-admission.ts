// The last look before a deployment: is the service still what the plan says, and is nobody deploying it?
//
// Invariants
//   an unfinished deployment of its team is never pre-empted: the service waits
//   a service whose class or fingerprint got worse is set aside with what moved; one that is proved already is not touched
//   the service, its tasks and their protection are as they are now; images, secrets and log groups are as the plan's scan saw them

import type { ClusterRecord, Fleet, ServiceRecord, TaskRecord } from "../../../domain/fleet";
import { sameKey } from "../../../domain/kms-key";
import type { ServiceDeploymentStatus } from "../../ports/ecs-port";
import { classifyService } from "../classify/classify-service";
import { surroundingsOf } from "../classify/surroundings";
import type { JournalEvent } from "../model/journal-event";
import type { Plan, PlannedService } from "../model/plan";
import { fingerprintOf } from "../plan/fingerprint";
import { planWords } from "../plan/plan-command";
import { verifyService } from "../verify/verify-service";
import { stillRuns } from "../verify/verify-task";
import { goneEvent } from "./gone-event";
import type { ListedServiceDeployment } from "./interpret-doubt";
import type { ServiceRun } from "./run-state";

export interface AdmissionLook {
  readonly plan: Plan;
  readonly fleet: Fleet;
  readonly run: ServiceRun;
  readonly planned: PlannedService;
  /** The cluster as it is now, with the protection of this service's tasks at least. */
  readonly cluster: ClusterRecord;
  /** Null when AWS does not know it any more. */
  readonly service: ServiceRecord | null;
  readonly tasks: readonly TaskRecord[];
  /** ListServiceDeployments: the only place where an unfinished deployment that does not roll shows as such. */
  readonly serviceDeployments: readonly ListedServiceDeployment[];
  readonly atMs: number;
}

export type Admission =
  | { readonly kind: "go"; readonly intent: Extract<JournalEvent, { kind: "redeploy-intended" }> }
  | { readonly kind: "wait"; readonly class: string; readonly reason: string }
  | { readonly kind: "decided"; readonly event: JournalEvent };

export function interpretAdmission(look: AdmissionLook): Admission {
  const { run, planned, service, cluster } = look;
  if (service === null || service.status !== "ACTIVE") return { kind: "decided", event: goneEvent(run.arn) };
  if (cluster.configuration.kind === "unknown")
    return { kind: "wait", class: "unknown", reason: `its cluster's key was not seen: ${cluster.configuration.why}` };
  const keyNow = cluster.configuration.value.fargateEphemeralStorageKmsKeyArn;
  if (!sameKey(keyNow, planned.targetKeyArn))
    return aside(
      run,
      "key-changed",
      `the cluster's key is now ${keyNow ?? "none"}, planned was ${planned.targetKeyArn}`,
      "scan and plan again",
    );
  const now = classifyService({
    service,
    cluster,
    tasks: look.tasks,
    taskDefinition: taskDefinitionOf(look.fleet, service.taskDefinitionArn),
    surroundings: surroundingsOf(look.fleet),
    platformPin: look.plan.options.platformPin,
    allow: look.plan.options.allow,
    planWords: planWords(look.plan),
    ...unfinished(look),
  });
  if (now.class === "in-flight") return { kind: "wait", class: now.class, reason: now.reason };
  if (now.class === "current") return alreadyThere(look, service);
  if (now.class !== planned.classification.class)
    return aside(run, now.class, `since the plan it has become ${now.class}: ${now.reason}`, now.remedy);
  if (fingerprintOf(service) !== planned.fingerprint)
    return aside(
      run,
      "changed",
      "its task definition, percents, network or controller changed since the plan",
      "scan and plan again",
    );
  return { kind: "go", intent: intentOf(look, service) };
}

/** Somebody else's deployment put it on its key meanwhile: proved as it stands, nothing to do. */
function alreadyThere(look: AdmissionLook, service: ServiceRecord): Admission {
  const proof = verifyService({
    service,
    targetKeyArn: look.planned.targetKeyArn,
    tasks: look.tasks,
    oldTasks: [],
    goneTasks: [],
    deployment: null,
    asOf: new Date(look.atMs).toISOString(),
  });
  return proof.verdict === "pass"
    ? { kind: "decided", event: { kind: "verified", service: look.run.arn, proof } }
    : { kind: "wait", class: "current", reason: proof.reason };
}

/** The status of a service deployment that has not ended, wherever in the list it stands. */
function unfinished({ serviceDeployments }: AdmissionLook): {
  readonly serviceDeploymentStatus?: ServiceDeploymentStatus;
} {
  const open = serviceDeployments.find(({ status }) => UNFINISHED.includes(status));
  return open === undefined ? {} : { serviceDeploymentStatus: open.status };
}

const UNFINISHED: readonly ServiceDeploymentStatus[] = [
  "PENDING",
  "IN_PROGRESS",
  "STOP_REQUESTED",
  "ROLLBACK_REQUESTED",
  "ROLLBACK_IN_PROGRESS",
];

function intentOf(look: AdmissionLook, service: ServiceRecord): Extract<JournalEvent, { kind: "redeploy-intended" }> {
  return {
    kind: "redeploy-intended",
    service: look.run.arn,
    attempt: look.run.attempts + 1,
    platformVersion: look.planned.platformVersion,
    knownDeployments: service.deployments.map(({ id }) => id),
    knownServiceDeployments: look.serviceDeployments.map(({ arn }) => arn),
    oldTasks: look.tasks.filter(stillRuns).map(({ arn }) => arn),
  };
}

function aside(run: ServiceRun, className: string, reason: string, remedy: string | null): Admission {
  return { kind: "decided", event: { kind: "set-aside", service: run.arn, class: className, reason, remedy } };
}

function taskDefinitionOf(fleet: Fleet, arn: string | null): Fleet["taskDefinitions"][number] | null {
  return fleet.taskDefinitions.find((fact) => fact.kind === "known" && fact.value.arn === arn) ?? null;
}
