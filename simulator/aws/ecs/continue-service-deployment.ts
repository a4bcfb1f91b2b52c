// ContinueServiceDeployment: the answer to a pause hook.
// Sources: ECS API reference and "Continuing service deployments", developer guide (documented: it wants a hook that is
// AWAITING_ACTION of a deployment that is IN_PROGRESS; CONTINUE is the default, ROLLBACK goes back to the previous revision).
// The operation has no ConflictException; that a wrong hook is an InvalidParameterException, and its text, are inferred.
// Invariant: the deployment goes on when the scheduler looks at it next, never within the call.

import type { ContinueServiceDeploymentRequest } from "@aws-sdk/client-ecs";
import { invalidParameter } from "../../world/aws-error";
import { wakeSoon } from "../../world/scheduler-wake";
import { count, touch } from "../../world/world-state";
import type { Context } from "../operation";
import { requireServiceDeployment } from "./service-deployment-reads";

export function continueServiceDeployment({ world, lane }: Context, input: ContinueServiceDeploymentRequest) {
  const found = requireServiceDeployment(lane, input.serviceDeploymentArn ?? "");
  if (found.status !== "IN_PROGRESS") {
    throw invalidParameter(`The service deployment is ${found.status}; only one that is IN_PROGRESS can be continued.`);
  }
  const hook = found.lifecycle?.hooks.find(({ id }) => id === input.hookId);
  if (hook?.status !== "AWAITING_ACTION") {
    throw invalidParameter(`The hook ${input.hookId} of the service deployment is not awaiting an action.`);
  }
  hook.status = input.action === "ROLLBACK" ? "FAILED" : "SUCCEEDED";
  count(world, "continueServiceDeploymentCalls");
  touch(world, found);
  wakeSoon(world, found.service);
  return { serviceDeploymentArn: found.arn };
}
