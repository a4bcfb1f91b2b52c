// What a look at a service in doubt means. The reply to UpdateService never came: did AWS act? Ids are compared, never clocks.
//
// Invariants
//   anything that was not there before our intent is taken for the deployment that we may have started; it is then followed
//   and verified, but never stopped by us, since it may be somebody else's
//   "none" needs both reads to agree; where they do not, one is older than the other and the next look will tell
//   a deployment that has come and gone while nobody looked (this program was away) is told as what it was: a failure

import type { ServiceRecord } from "../../../domain/fleet";
import type { ServiceDeploymentStatus } from "../../ports/ecs-port";
import type { JournalEvent } from "../model/journal-event";
import type { ServiceRun } from "./run-state";

export interface DoubtLook {
  readonly run: ServiceRun;
  /** DescribeServices. */
  readonly service: ServiceRecord;
  /** ListServiceDeployments. */
  readonly serviceDeployments: readonly ListedServiceDeployment[];
}

export interface ListedServiceDeployment {
  readonly arn: string;
  readonly status: ServiceDeploymentStatus;
}

export function interpretDoubt({ run, service, serviceDeployments }: DoubtLook): JournalEvent | "wait" {
  const newcomer = service.deployments.find(
    (deployment) => deployment.status === "PRIMARY" && !run.knownDeployments.includes(deployment.id),
  );
  const listed = serviceDeployments.filter(({ arn }) => !run.knownServiceDeployments.includes(arn));
  const only = listed.length === 1 ? (listed[0] ?? null) : null;
  if (newcomer !== undefined) {
    const found = { kind: "adopted", deploymentId: newcomer.id, serviceDeploymentArn: only?.arn ?? null } as const;
    return { kind: "doubt-looked", service: run.arn, found };
  }
  if (listed.length === 0) return { kind: "doubt-looked", service: run.arn, found: { kind: "none" } };
  return listed.every(({ status }) => ENDED_WITHOUT_SUCCESS.includes(status)) ? cameAndWent(run, listed) : "wait";
}

/** After these the service is back on a deployment from before. Developer guide, service-deployment (documented). */
const ENDED_WITHOUT_SUCCESS: readonly ServiceDeploymentStatus[] = ["STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED"];

function cameAndWent(run: ServiceRun, listed: readonly ListedServiceDeployment[]): JournalEvent {
  return {
    kind: "failed",
    service: run.arn,
    failure: {
      reason: `the deployment that was begun has ended ${listed.map(({ status }) => status).join(", ")} while nobody looked`,
      rolledBack: listed.some(({ status }) => status === "ROLLBACK_SUCCESSFUL"),
      taskReason: null,
      taskArn: null,
      remedy: "look at the service's events for why, then scan and plan again",
    },
  };
}
