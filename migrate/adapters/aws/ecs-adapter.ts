// EcsPort on the AWS SDK: the calls about clusters, services, tasks and deployments, together.

import type { EcsPort } from "../../ports/ecs-port";
import { type EcsCallOptions, ecsClusterCalls } from "./ecs-clusters";
import { ecsDeploymentCalls } from "./ecs-deployments";
import { ecsServiceCalls } from "./ecs-services";
import { ecsTaskCalls } from "./ecs-tasks";

export function createEcsAdapter(options: EcsCallOptions): EcsPort {
  return {
    ...ecsClusterCalls(options),
    ...ecsServiceCalls(options),
    ...ecsTaskCalls(options),
    ...ecsDeploymentCalls(options),
  };
}
