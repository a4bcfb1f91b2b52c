// What the fleet builder has been told so far, before it is filled in to a whole fleet.
// Invariant: drafts hold only what was said or its default; whatever can be derived is derived when the fleet is built.

import type { CapacityProviderStrategyItem, DeploymentControllerType, KeyMetadata } from "../../domain/fleet";
import type { FailureMode } from "../world/world-fault";
import type { KeyPolicyVariant } from "./key-policy-text";

export interface FleetDraft {
  readonly account: string;
  readonly region: string;
  readonly at: string;
  readonly keys: ReadonlyMap<string, KeyDraft>;
  readonly clusters: ReadonlyMap<string, ClusterDraft>;
  readonly services: readonly ServiceDraft[];
  readonly standaloneTasks: readonly StandaloneTaskDraft[];
  readonly subnets: ReadonlyMap<string, SubnetDraft>;
}

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
}
