// How each thing that reads may see late looks now: what is recorded when it changes.

import type { Lagging, WorldState } from "../../world/world-state";
import { clusterView } from "./cluster-view";
import { serviceDeploymentView } from "./service-deployment-view";
import { serviceView } from "./service-view";
import { taskView } from "./task-view";

export function viewOf(world: WorldState, thing: Lagging): object {
  switch (thing.kind) {
    case "cluster":
      return clusterView(thing);
    case "service":
      return serviceView(world, thing);
    case "service-deployment":
      return serviceDeploymentView(thing);
    case "task":
      return taskView(thing);
  }
}
