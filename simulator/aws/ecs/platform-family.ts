// The platform family that ECS shows for Fargate; left out elsewhere.

import type { Lane } from "../../world/lane";
import { platformFor } from "../../world/platform";
import { runsOnFargate, type ServiceSpec } from "../../world/revision";
import { definitionOf } from "../../world/task-launch";

export function platformFamilyOf(lane: Lane, spec: ServiceSpec): string | undefined {
  if (!runsOnFargate(spec)) return undefined;
  return platformFor(null, definitionOf(lane, spec.taskDefinitionArn))?.family;
}
