// What the reads before a redeployment mean for one service.

import type { ClusterRecord } from "../../domain/fleet";
import { type Admission, interpretAdmission } from "../core/machine/interpret-admission";
import type { AdmissionSeen } from "./admission-reads";
import { plannedOrFail, type RunContext, runOrFail } from "./run-context";

export interface AdmissionQuestion {
  readonly arn: string;
  readonly cluster: ClusterRecord;
  readonly seen: AdmissionSeen;
}

export function admissionOf(
  { plan, fleet, recorder }: RunContext,
  { arn, cluster, seen }: AdmissionQuestion,
): Admission {
  return interpretAdmission({
    plan,
    fleet,
    run: runOrFail(recorder.state, arn),
    planned: plannedOrFail(plan, arn),
    cluster: { ...cluster, protectedTasks: seen.protectedTasks },
    service: seen.service,
    tasks: seen.tasks,
    serviceDeployments: seen.serviceDeployments,
    atMs: seen.lookedAtMs,
  });
}

/** A proof rests on lists: what drains is in no count of the service. */
export function provesTooLittle(admission: Admission, { isListed }: AdmissionSeen): boolean {
  return !isListed && admission.kind === "decided" && admission.event.kind === "verified";
}
