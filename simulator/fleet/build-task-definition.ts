// The task definition of one service or standalone task: a single container, as most of them have.

import type { TaskDefinitionRecord } from "../../domain/fleet";
import { ecsArnOf, type FleetPlace } from "./built";

export interface TaskDefinitionDraft {
  readonly family: string;
  readonly cpuUnits: number;
  readonly memoryMib: number;
  readonly windows: boolean;
  readonly onFargate: boolean;
}

export const CONTAINER_NAME = "app";

export function buildTaskDefinition(draft: TaskDefinitionDraft, place: FleetPlace): TaskDefinitionRecord {
  const { account, region } = place.lane;
  return {
    arn: ecsArnOf(place, `task-definition/${draft.family}:1`),
    family: draft.family,
    status: "ACTIVE",
    cpuUnits: draft.cpuUnits,
    memoryMib: draft.memoryMib,
    operatingSystemFamily: draft.windows ? "WINDOWS_SERVER_2022_CORE" : "LINUX",
    requiresCompatibilities: [draft.onFargate ? "FARGATE" : "EC2"],
    ephemeralStorageGib: null,
    containers: [
      {
        name: CONTAINER_NAME,
        image: `${account}.dkr.ecr.${region}.amazonaws.com/${draft.family}:1.0.0`,
        essential: true,
        hasHealthCheck: false,
        stopTimeoutSeconds: null,
        secretArns: [],
        logGroup: `/ecs/${draft.family}`,
      },
    ],
    volumeNames: [],
  };
}
