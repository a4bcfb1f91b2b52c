// Why a deployment of a service counts as unfinished. Whatever leaves that open counts as unfinished.

import type { DeploymentRecord } from "../../../domain/fleet";
import type { ServiceDeploymentStatus } from "../../ports/ecs-port";
import { counted } from "../words/counted";
import type { ServiceFacts } from "./context";

/** One sentence, or null when everything that was seen has ended. */
export function unfinishedDeployment({ service, serviceDeploymentStatus }: ServiceFacts): string | null {
  if (service.status !== "ACTIVE") return `the service is ${service.status}: it is being deleted`;
  const listed = service.deployments.filter(({ status }) => status !== "INACTIVE");
  const rolling = listed.find(({ rolloutState }) => rolloutState === "IN_PROGRESS");
  if (rolling !== undefined) return describeRolling(rolling);
  if (listed.length > 1) return `${listed.length} deployments are listed: ${names(listed)}`;
  if (serviceDeploymentStatus !== undefined && !TERMINAL.includes(serviceDeploymentStatus))
    return `its service deployment ${service.currentServiceDeployment ?? "(unnamed)"} is ${serviceDeploymentStatus}`;
  if (service.taskSets.length > 1) return `${service.taskSets.length} task sets are listed: ${names(service.taskSets)}`;
  return null;
}

/** Developer guide, service-deployment (documented): from these a service deployment moves no more. */
const TERMINAL: readonly ServiceDeploymentStatus[] = [
  "SUCCESSFUL",
  "STOPPED",
  "ROLLBACK_SUCCESSFUL",
  "ROLLBACK_FAILED",
];

function describeRolling({ id, createdAt, failedTasks, runningCount, desiredCount }: DeploymentRecord): string {
  const failing = failedTasks > 0 ? `, ${counted(failedTasks, "task")} failed to start` : "";
  return `deployment ${id} of ${createdAt} is IN_PROGRESS with ${runningCount} of ${desiredCount} running${failing}`;
}

function names(parts: readonly { readonly id: string }[]): string {
  return parts.map(({ id }) => id).join(", ");
}
