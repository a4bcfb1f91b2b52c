// What stands around the services of a fleet: what a start of their tasks reads, and the room that a redeployment must fit into.
//
// Invariants
//   what was looked for and is not there is known to be missing; what could not be looked for is unknown
//   values of secrets are never asked for and never held

import type { Fact } from "./fact";

/** A file system that outlives the task and that other tasks may mount too. */
export interface EfsVolumeRecord {
  readonly name: string;
  readonly fileSystemId: string;
  /** Whether a container mounts it and may write. */
  readonly writable: boolean;
}

/** An image as its registry shows it now: what a start would pull. */
export interface ImageRecord {
  /** As task definitions write it. */
  readonly reference: string;
  /** Known and null: looked for, and not there. Unknown too for registries that no read of this lane can show. */
  readonly found: Fact<FoundImage | null>;
}

export interface FoundImage {
  /** `sha256:…`: of the manifest that the reference names. */
  readonly digest: string;
  /** Where that manifest is an index (a multi-architecture image): the digests that it lists; else empty. */
  readonly platformDigests: readonly string[];
}

/** A Secrets Manager secret or a Systems Manager parameter. Its value is never asked for. */
export interface SecretRecord {
  /** The secret or parameter itself: without the JSON key and the version that a task definition may add. */
  readonly reference: string;
  readonly kind: "secret" | "parameter";
  readonly state: Fact<SecretState>;
}

/** A secret that is being deleted can no longer be read, but its deletion can be cancelled. */
export type SecretState = "present" | "missing" | "being-deleted";

export interface LogGroupRecord {
  readonly name: string;
  readonly exists: Fact<boolean>;
}

export interface AlarmRecord {
  readonly name: string;
  /** MISSING: there is no alarm of this name. */
  readonly state: Fact<"OK" | "ALARM" | "INSUFFICIENT_DATA" | "MISSING">;
}

/** The bounds within which Application Auto Scaling moves a service's desired count. */
export interface ScalableTarget {
  readonly clusterName: string;
  readonly serviceName: string;
  readonly minCapacity: number;
  readonly maxCapacity: number;
}

/** What the account may run on Fargate in this Region, and what it runs; On-Demand and Spot have limits of their own. */
export interface CapacityRecord {
  readonly onDemand: VcpuRecord;
  readonly spot: VcpuRecord;
}

export interface VcpuRecord {
  /** The service quota, in vCPU. */
  readonly quota: Fact<number>;
  /** vCPU in use, tasks of all clusters and pods of Amazon EKS included, as CloudWatch last measured it. */
  readonly inUse: Fact<number>;
}

export interface TrailRecord {
  readonly arn: string;
  readonly name: string;
  readonly isMultiRegion: boolean;
  /** Which management events it keeps. Unknown when its selectors could not be read. */
  readonly events: Fact<TrailEvents>;
}

export interface TrailEvents {
  /** KMS events that only read, as GenerateDataKeyWithoutPlaintext is. */
  readonly kmsReads: boolean;
  /** KMS events that change something, as CreateGrant is. */
  readonly kmsWrites: boolean;
}
