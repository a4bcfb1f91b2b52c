// What the fleet builder has been told so far, before it is filled in to a whole fleet.
// Invariant: drafts hold only what was said or its default; whatever can be derived is derived when the fleet is built.

import type { DeploymentLifecycleHook } from "@aws-sdk/client-ecs";
import type { CapacityProviderStrategyItem, DeploymentControllerType, KeyMetadata } from "../../domain/fleet";
import type { FailureMode } from "../world/world-fault";
import type { StrategyDraft } from "./hook-draft";
import type { KeyPolicyVariant } from "./key-policy-text";
import type { StartDraft } from "./start-draft";

export interface FleetDraft {
  readonly account: string;
  readonly region: string;
  readonly at: string;
  readonly keys: ReadonlyMap<string, KeyDraft>;
  readonly clusters: ReadonlyMap<string, ClusterDraft>;
  readonly services: readonly ServiceDraft[];
  readonly standaloneTasks: readonly StandaloneTaskDraft[];
  readonly subnets: ReadonlyMap<string, SubnetDraft>;
  readonly vcpu: VcpuDraft;
  /** Names of the alarms that fire. */
  readonly firing: readonly string[];
  readonly trails: TrailVariant;
}

/** In vCPU; a quota that is left out is roomy. */
export interface VcpuDraft {
  readonly onDemand?: number;
  readonly spot?: number;
  /** What others in the account run On-Demand, as pods of Amazon EKS do. */
  readonly inUseElsewhere?: number;
}

/** Which trails there are: none, or one that keeps all management events, those that change something, or all but those of KMS. */
export type TrailVariant = "all" | "write-only" | "without-kms" | "none";

export interface KeyDraft {
  readonly name: string;
  /** The clusters that its policy lets Fargate use it for, by name. */
  readonly clusters: readonly string[];
  readonly policy: KeyPolicyVariant;
  readonly metadata: Partial<KeyMetadata>;
}

export interface ClusterDraft {
  readonly name: string;
  /** The key's name in the builder, or null. */
  readonly key: string | null;
  readonly tags: Readonly<Record<string, string>>;
}

export interface SubnetDraft {
  readonly id: string;
  readonly freeAddresses: number;
  readonly zone: string;
}

export interface StandaloneTaskDraft {
  readonly cluster: string;
  readonly name: string;
  readonly keyed: boolean;
  readonly ageHours: number;
}

export type LaunchDraft =
  | { readonly kind: "launchType"; readonly launchType: "FARGATE" | "EC2" }
  | { readonly kind: "strategy"; readonly items: readonly CapacityProviderStrategyItem[] };

export interface ServiceDraft {
  readonly cluster: string;
  readonly name: string;
  readonly desired: number;
  readonly cpuUnits: number;
  readonly memoryMib: number;
  /** How long ago the deployment that runs was made. */
  readonly ageHours: number;
  readonly launch: LaunchDraft;
  readonly controller: DeploymentControllerType;
  readonly platformVersion: string;
  readonly windows: boolean;
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
  readonly breaker: { readonly enable: boolean; readonly rollback: boolean };
  readonly inFlight: boolean;
  readonly keyed: boolean;
  readonly behindLoadBalancer: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly failing: FailureMode | null;
  readonly oldArnFormat: boolean;
  readonly start: StartDraft;
  readonly strategy: StrategyDraft;
  readonly bakeMinutes: number;
  /** Deployment hooks that wait for a person. */
  readonly pauseHooks: number;
  /** Hooks of which the stage was told, those that wait among them. */
  readonly hooks: readonly DeploymentLifecycleHook[];
  /** Names of the alarms that its deployments watch. */
  readonly alarms: readonly string[];
  readonly alarmsRollBack: boolean;
  /** The bounds of its autoscaling, or null. */
  readonly scaling: { readonly minCapacity: number; readonly maxCapacity: number } | null;
}
