// Reading a service, and waiting until it is active, stable or gone.

import {
  DescribeServiceDeploymentsCommand,
  DescribeServicesCommand,
  ListServiceDeploymentsCommand,
  type Service,
  type ServiceDeploymentStatus,
} from "@aws-sdk/client-ecs";
import { calling, isCode } from "../../call-error";
import type { ResourceContext } from "../../resource-type";
import { until } from "../../waits";

export interface ServiceReference {
  /** The ARN or the name. */
  readonly service: string;
  readonly cluster: string | undefined;
}

const POLL_SECONDS = 10;
const TIMEOUT_SECONDS = 1_200;

/** Null when there is none, or no such cluster. */
export async function describeService(
  { aws }: ResourceContext,
  { service, cluster }: ServiceReference,
  { tags }: { readonly tags: boolean },
): Promise<Service | null> {
  const input = {
    services: [service],
    ...(cluster === undefined ? {} : { cluster }),
    ...(tags ? { include: ["TAGS" as const] } : {}),
  };
  try {
    const asked = aws.ecs.send(new DescribeServicesCommand(input));
    const answer = await calling(`reading ECS Service (${service})`, "ECS: DescribeServices", asked);
    return answer.services?.[0] ?? null;
  } catch (error) {
    if (isCode(error, "ClusterNotFoundException", "ServiceNotFoundException")) return null;
    throw error;
  }
}

export interface ServiceWait extends ServiceReference {
  /** E.g. `ECS Service (arn:…) create`. */
  readonly what: string;
  readonly steady: boolean;
}

export function serviceReady(context: ResourceContext, wait: ServiceWait): Promise<void> {
  return until(context, {
    what: wait.what,
    everySeconds: POLL_SECONDS,
    timeoutSeconds: TIMEOUT_SECONDS,
    done: async () => {
      const service = await describeService(context, wait, { tags: false });
      if (service?.status !== "ACTIVE") return false;
      if (!wait.steady) return true;
      if (service.deploymentController?.type === "ECS") await refuseFailedDeployment(context, service, wait.what);
      return service.deployments?.length === 1 && service.runningCount === service.desiredCount;
    },
  });
}

export function serviceGone(context: ResourceContext, reference: ServiceReference): Promise<void> {
  return until(context, {
    what: `ECS Service (${reference.service}) delete`,
    everySeconds: POLL_SECONDS,
    timeoutSeconds: TIMEOUT_SECONDS,
    done: async () => {
      const service = await describeService(context, reference, { tags: false });
      return service === null || service.status === "INACTIVE";
    },
  });
}

const FAILED: readonly (ServiceDeploymentStatus | undefined)[] = ["ROLLBACK_FAILED", "ROLLBACK_SUCCESSFUL", "STOPPED"];

/** A deployment that was rolled back or stopped looks stable by its counts, so its own status is asked too. */
async function refuseFailedDeployment({ aws }: ResourceContext, service: Service, what: string): Promise<void> {
  const input = { service: service.serviceArn ?? "", cluster: service.clusterArn };
  const listing = aws.ecs.send(new ListServiceDeploymentsCommand(input));
  const { serviceDeployments = [] } = await calling(what, "ECS: ListServiceDeployments", listing);
  const arn = serviceDeployments[0]?.serviceDeploymentArn;
  if (arn === undefined) return;
  const asked = aws.ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }));
  const answer = await calling(what, "ECS: DescribeServiceDeployments", asked);
  const [deployment] = answer.serviceDeployments ?? [];
  if (!FAILED.includes(deployment?.status)) return;
  throw new Error(`waiting for ${what}: deployment ${deployment?.status}: ${deployment?.statusReason ?? "no reason"}`);
}
