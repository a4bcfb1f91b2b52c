// A lane: one account in one Region, where all names and limits of AWS live.

import { partitionOf } from "../../domain/arn";
import type { ArnPlace } from "./arns";
import type { Cluster } from "./cluster";
import type { Alias, Key } from "./key";
import { LaunchRate } from "./launch-rate";
import type { LogGroup } from "./log-group";
import type { Subnet } from "./subnet";
import type { TaskDefinition } from "./task-definition";

export interface Lane extends ArnPlace {
  /** By name. An INACTIVE cluster stays until it is forgotten or its name is taken again. */
  readonly clusters: Map<string, Cluster>;
  /** By `family:revision`. */
  readonly taskDefinitions: Map<string, TaskDefinition>;
  /** The newest revision number of each family. */
  readonly newestRevisions: Map<string, number>;
  /** By key id. */
  readonly keys: Map<string, Key>;
  /** By name, `alias/…`. */
  readonly aliases: Map<string, Alias>;
  /** By name. */
  readonly logGroups: Map<string, LogGroup>;
  readonly subnets: Map<string, Subnet>;
  readonly onDemandLaunches: LaunchRate;
  readonly spotLaunches: LaunchRate;
  /** Launches that find no capacity: how many more, and until when. */
  capacityShort: { refusals: number; untilMs: number };
  /** Task definitions (ARN) whose image is gone, and until when. */
  readonly missingImages: Map<string, number>;
}

export function createLane(account: string, region: string): Lane {
  return {
    account,
    region,
    partition: partitionOf(region),
    clusters: new Map(),
    taskDefinitions: new Map(),
    newestRevisions: new Map(),
    keys: new Map(),
    aliases: new Map(),
    logGroups: new Map(),
    subnets: new Map(),
    onDemandLaunches: new LaunchRate(),
    spotLaunches: new LaunchRate(),
    capacityShort: { refusals: 0, untilMs: 0 },
    missingImages: new Map(),
  };
}
