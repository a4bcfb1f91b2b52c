// What a scan asks of the services around ECS: whether what a start needs is there, and how much room there is.
// All read-only, all throw AwsFailure; what AWS says it does not know is an answer, not a failure. Values of secrets are never asked for.

import type {
  AlarmRecord,
  FoundImage,
  ScalableTarget,
  SecretState,
  TrailEvents,
  TrailRecord,
} from "../../domain/fleet-surroundings";
import type { EcrImage } from "../../domain/image-reference";

export interface RepositoryQuestion {
  /** The registry's account, 12 digits. */
  readonly account: string;
  readonly repository: string;
  readonly ids: readonly ImageId[];
}

export type ImageId = EcrImage["id"];

export type AlarmState = Extract<AlarmRecord["state"], { kind: "known" }>["value"];

/** The two kinds of Fargate capacity. */
export interface VcpuInUse {
  readonly onDemand: number;
  readonly spot: number;
}

export interface SurroundingsPort {
  /** As many answers as ids, in their order; null: the repository, or the image in it, is not there. */
  images(question: RepositoryQuestion): Promise<readonly (FoundImage | null)[]>;
  /** `secret`: an ARN or a name. */
  secretState(secret: string): Promise<SecretState>;
  /** Those of the named parameters that exist. */
  presentParameters(names: readonly string[]): Promise<ReadonlySet<string>>;
  /** Those of the named log groups that exist. */
  presentLogGroups(names: readonly string[]): Promise<ReadonlySet<string>>;
  /** By name, metric and composite alarms alike; one that does not exist is MISSING. */
  alarmStates(names: readonly string[]): Promise<ReadonlyMap<string, AlarmState>>;
  /** Every scalable target of Amazon ECS services in the lane that moves the desired count. */
  scalableTargets(): Promise<readonly ScalableTarget[]>;
  vcpuQuota(kind: keyof VcpuInUse): Promise<number>;
  /** As CloudWatch measured it last; it measures every minute. Nothing measured within the last quarter of an hour is 0. */
  vcpuInUse(): Promise<VcpuInUse>;
  /** Trails that record this Region, with the selectors still to be read. */
  trails(): Promise<readonly Omit<TrailRecord, "events">[]>;
  trailEvents(trailArn: string): Promise<TrailEvents>;
}
