// Which service deployment is ours when the reply to UpdateService left it blank: the one that DescribeServices names while
// our deployment is the primary, else the only one in the list that was not there before us.
// Invariant: of several newcomers none is taken for ours: one of them is somebody else's, and we might stop it.

import type { ServiceRecord } from "../../../domain/fleet";
import type { ServiceRun } from "./run-state";

export interface DeploymentSearch {
  readonly run: ServiceRun;
  readonly service: ServiceRecord;
  /** ListServiceDeployments, in any order; empty when it was not asked. */
  readonly listed: readonly { readonly arn: string }[];
}

export function findServiceDeployment({ run, service, listed }: DeploymentSearch): string | null {
  const primary = service.deployments.find(({ status }) => status === "PRIMARY");
  const current = service.currentServiceDeployment;
  const isNew = (arn: string) => !run.knownServiceDeployments.includes(arn);
  if (primary?.id === run.deploymentId && current !== null && isNew(current)) return current;
  const newcomers = listed.filter(({ arn }) => isNew(arn));
  return newcomers.length === 1 ? (newcomers[0]?.arn ?? null) : null;
}
