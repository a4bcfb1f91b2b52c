// DeleteService. Source: ECS API reference (documented: only at desired count 0, unless forced).

import type { DeleteServiceRequest } from "@aws-sdk/client-ecs";
import { invalidParameter } from "../../world/aws-error";
import { deleteService } from "../../world/service-deletion";
import type { Context } from "../operation";
import { requireCluster, requireService } from "./find";
import { serviceView } from "./service-view";

export function deleteServiceOperation({ world, lane }: Context, input: DeleteServiceRequest) {
  const service = requireService(requireCluster(lane, input.cluster), input.service);
  if (service.desiredCount > 0 && input.force !== true) {
    throw invalidParameter("The service cannot be stopped while it is scaled above 0.");
  }
  if (service.status === "ACTIVE") deleteService(world, service);
  return { service: serviceView(world, service) };
}
