// StopServiceDeployment.
// Sources: "Stopping service deployments", ECS developer guide (documented: the states in which it is allowed, and that it rolls
// back whether or not the service has rollback configured). ABORT is in the enumeration only; what it does is inferred: the
// record stops, the deployment itself goes on, and without a breaker it relaunches failing tasks for ever.

import type { StopServiceDeploymentRequest } from "@aws-sdk/client-ecs";
import { AwsError } from "../../world/aws-error";
import { failDeployment } from "../../world/fail-deployment";
import { isFinal } from "../../world/service-deployment";
import { stopServiceDeployment } from "../../world/service-deployment-moves";
import { count } from "../../world/world-state";
import type { Context } from "../operation";
import { requireServiceDeployment } from "./service-deployment-reads";

export function stopServiceDeploymentOperation({ world, lane }: Context, input: StopServiceDeploymentRequest) {
  const found = requireServiceDeployment(lane, input.serviceDeploymentArn ?? "");
  if (isFinal(found.status)) {
    throw new AwsError("ConflictException", `The service deployment is ${found.status} and can no longer be stopped.`);
  }
  count(world, "stopServiceDeploymentCalls");
  const primary = found.service.deployments[0];
  const stopType = input.stopType ?? "ROLLBACK";
  if (stopType === "ABORT") stopServiceDeployment(world, found, "The service deployment was stopped by a request.");
  else if (found.rollback === null && primary?.serviceDeployment === found) failDeployment(world, primary, "stopped");
  return { serviceDeploymentArn: found.arn };
}
