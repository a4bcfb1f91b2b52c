// A lane: one account in one Region, where all names and limits of AWS live.

import { bucketOf, FARGATE_LAUNCH } from "../../domain/api-quotas";
import { partitionOf } from "../../domain/arn";
import type { Alarm } from "./alarm";
import type { ArnPlace } from "./arns";
import type { Cluster } from "./cluster";
import type { Alias, Key } from "./key";
import { LaunchRate } from "./launch-rate";
import type { LaunchesOfMinute } from "./launches-of-minute";
import type { LogGroup } from "./log-group";
import { Organisation } from "./organisation";
import type { Parameter } from "./parameter";
import type { Repository } from "./repository";
import type { ScalableTarget } from "./scalable-target";
import type { Secret } from "./secret";
import type { Subnet } from "./subnet";
import type { TaskDefinition } from "./task-definition";
import type { Trail } from "./trail";
import { TrailLog } from "./trail-log";
import { type FargateCapacity, VcpuRoom } from "./vcpu-room";

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
  /** Of Amazon ECR, by name. */
  readonly repositories: Map<string, Repository>;
  /** By name. */
  readonly secrets: Map<string, Secret>;
  /** By name. */
  readonly parameters: Map<string, Parameter>;
  readonly subnets: Map<string, Subnet>;
  readonly onDemandLaunches: LaunchRate;
  readonly spotLaunches: LaunchRate;
  /** By service ARN, for services that launched on Fargate here. */
  readonly launchesOfServices: Map<string, LaunchesOfMinute>;
  /** CreateGrant of KMS, as far as keyed launches call it. */
  readonly createGrants: LaunchRate;
  readonly organisation: Organisation;
  readonly vcpu: Readonly<Record<FargateCapacity, VcpuRoom>>;
  /** By name: metric and composite alarms share their names. */
  readonly alarms: Map<string, Alarm>;
  /** By resource id, in the order of their registration. */
  readonly scalableTargets: Map<string, ScalableTarget>;
  /** Trails that were made here, and those that a scan of this lane saw; by ARN. */
  readonly trails: Map<string, Trail>;
  /** CloudTrail's event history, which needs no trail. */
  readonly trailLog: TrailLog;
  /** Launches that find no capacity: how many more, and until when. */
  capacityShort: { refusals: number; untilMs: number };
  /** Images that are gone from registries outside this world, as task definitions write them, and until when. */
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
    repositories: new Map(),
    secrets: new Map(),
    parameters: new Map(),
    subnets: new Map(),
    onDemandLaunches: new LaunchRate(FARGATE_LAUNCH.usual),
    spotLaunches: new LaunchRate(FARGATE_LAUNCH.usual),
    launchesOfServices: new Map(),
    createGrants: new LaunchRate(bucketOf("kms", "CreateGrant") ?? FARGATE_LAUNCH.usual),
    organisation: new Organisation(),
    vcpu: { onDemand: new VcpuRoom(), spot: new VcpuRoom() },
    alarms: new Map(),
    scalableTargets: new Map(),
    trails: new Map(),
    trailLog: new TrailLog(),
    capacityShort: { refusals: 0, untilMs: 0 },
    missingImages: new Map(),
  };
}
