// The log group that a container's awslogs driver writes to: whether it is there, and its making when the container asks for it.
// Source: "Send Amazon ECS logs to CloudWatch", ECS developer guide (documented: awslogs-group, awslogs-region,
// awslogs-create-group; without the last a missing group keeps the task from starting); the text is reported.
// Invariant: a group in a Region that this world does not hold is taken for present.

import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { logsArn } from "./arns";
import type { Lane } from "./lane";
import type { LogGroup } from "./log-group";
import type { WorldState } from "./world-state";

/** As a stopped reason; null when nothing is wrong. */
export function logTrouble(world: WorldState, lane: Lane, container: ContainerDefinition): string | null {
  const log = logOf(lane, container);
  if (log === null || log.creates) return null;
  const home = laneIn(world, lane, log.region);
  if (home === undefined || home.logGroups.has(log.group)) return null;
  return (
    "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create " +
    `Cloudwatch log stream in ${log.group}: ResourceNotFoundException: The specified log group does not exist.`
  );
}

/** Makes the log group that a container asks for, unless it is there. */
export function createLogGroup(world: WorldState, lane: Lane, container: ContainerDefinition): void {
  const log = logOf(lane, container);
  const home = log?.creates ? laneIn(world, lane, log.region) : undefined;
  if (log === null || home === undefined || home.logGroups.has(log.group)) return;
  home.logGroups.set(log.group, usualLogGroup(home, log.group, world.nowMs));
}

/** A log group with nothing set on it. */
export function usualLogGroup(lane: Lane, name: string, createdAtMs: number): LogGroup {
  return {
    name,
    arn: logsArn(lane, `log-group:${name}`),
    createdAtMs,
    logGroupClass: "STANDARD",
    retentionDays: null,
    kmsKeyArn: null,
    deletionProtected: false,
    tags: {},
  };
}

/** What the awslogs driver of a container is told; null when it logs otherwise. */
function logOf(lane: Lane, { logConfiguration }: ContainerDefinition) {
  const options = logConfiguration?.options ?? {};
  const group = options["awslogs-group"];
  if (logConfiguration?.logDriver !== "awslogs" || group === undefined) return null;
  const creates = options["awslogs-create-group"] === "true";
  return { group, region: options["awslogs-region"] ?? lane.region, creates };
}

function laneIn(world: WorldState, { account }: Lane, region: string): Lane | undefined {
  return world.lanes.get(`${account}/${region}`);
}
