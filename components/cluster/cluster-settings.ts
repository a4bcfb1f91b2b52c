// The settings of a cluster and its default capacity provider strategy, checked before AWS is asked.
// Sources: ClusterSetting and CapacityProviderStrategyItem (Amazon ECS API Reference, documented).
//
// Invariants
//   Container Insights has one place, its own argument: `settings` cannot contradict it
//   a strategy names only the two providers that the cluster has, and at most one of them with a base

import type * as pulumi from "@pulumi/pulumi";
import { ArgumentError } from "../arguments/argument-error";

/** A setting of an ECS cluster. */
export interface ClusterSetting {
  /** Name of the setting. */
  name: pulumi.Input<string>;
  /** Its value. */
  value: pulumi.Input<string>;
}

/** One part of a default capacity provider strategy. */
export interface CapacityProviderStrategy {
  /** FARGATE or FARGATE_SPOT. */
  capacityProvider: pulumi.Input<string>;
  /**
   * Share of the tasks, after the base, relative to the other part; 0 to 1000. By default 0.
   * @default 0
   */
  weight?: pulumi.Input<number> | undefined;
  /**
   * Tasks that run on this provider before weights count; 0 to 100000. By default 0.
   * @default 0
   */
  base?: pulumi.Input<number> | undefined;
}

export const CAPACITY_PROVIDERS: readonly string[] = ["FARGATE", "FARGATE_SPOT"];
export const DEFAULT_STRATEGIES: CapacityProviderStrategy[] = [{ capacityProvider: "FARGATE", weight: 1 }];

interface Setting {
  readonly name: string;
  readonly value: string;
}

/** The cluster's settings as a list. @throws ArgumentError for a value of Container Insights that ECS does not know. */
export function checkedSettings(containerInsights: string, settings: readonly Setting[]): Setting[] {
  if (!CONTAINER_INSIGHTS.includes(containerInsights)) {
    throw new ArgumentError("containerInsights", containerInsights, `give ${CONTAINER_INSIGHTS.join(", ")}`);
  }
  const second = settings.find(({ name }) => name === "containerInsights");
  if (second !== undefined) {
    throw new ArgumentError("settings", second, "Container Insights has its own argument, containerInsights");
  }
  return [{ name: "containerInsights", value: containerInsights }, ...settings];
}

interface Strategy {
  readonly capacityProvider: string;
  readonly weight?: number | undefined;
  readonly base?: number | undefined;
}

/** @throws ArgumentError for what PutClusterCapacityProviders would refuse on this cluster. */
export function checkedStrategies<Item extends Strategy>(strategies: Item[]): Item[] {
  const foreign = strategies.findIndex(({ capacityProvider }) => !CAPACITY_PROVIDERS.includes(capacityProvider));
  if (foreign !== -1) {
    const at = `${ARGUMENT}[${foreign}].capacityProvider`;
    throw new ArgumentError(at, strategies[foreign]?.capacityProvider, `give ${CAPACITY_PROVIDERS.join(" or ")}`);
  }
  if (strategies.filter(({ base = 0 }) => base > 0).length > 1) {
    throw new ArgumentError(ARGUMENT, strategies, "only one part may have a base");
  }
  if (strategies.some(({ weight = 0 }) => weight > 0)) return strategies;
  throw new ArgumentError(ARGUMENT, strategies, "give at least one part a weight above 0, or nothing could be placed");
}

const ARGUMENT = "defaultCapacityProviderStrategies";
const CONTAINER_INSIGHTS: readonly string[] = ["enabled", "enhanced", "disabled"];
