// A service revision: an immutable picture of what a deployment launches, the key and the image digests included.
// Source: "Amazon ECS service revisions" (documented): revisions are immutable, a rollback uses the last successful one.

import type {
  CapacityProviderStrategyItem,
  LoadBalancer,
  NetworkConfiguration,
  ServiceConnectConfiguration,
  ServiceRegistry,
  ServiceVolumeConfiguration,
  VpcLatticeConfiguration,
} from "@aws-sdk/client-ecs";

/** What a caller can ask of a deployment: a change of any of it starts a new one. */
export interface ServiceSpec {
  readonly taskDefinitionArn: string;
  /** As asked: `LATEST`, a number, or null when it does not run on Fargate. */
  readonly platformVersion: string | null;
  readonly launchType: string | null;
  readonly capacityProviderStrategy: readonly CapacityProviderStrategyItem[];
  readonly networkConfiguration: NetworkConfiguration | undefined;
  readonly loadBalancers: readonly LoadBalancer[];
  readonly serviceRegistries: readonly ServiceRegistry[];
  readonly serviceConnectConfiguration: ServiceConnectConfiguration | undefined;
  readonly volumeConfigurations: readonly ServiceVolumeConfiguration[];
  readonly vpcLatticeConfigurations: readonly VpcLatticeConfiguration[];
}

export interface Revision {
  readonly arn: string;
  readonly spec: ServiceSpec;
  /** The key captured when the deployment started; null: the key that AWS owns. */
  readonly kmsKeyArn: string | null;
  /** The image digests that it settled on, by container; containers without one pull by their reference each time. */
  readonly imageDigests: Readonly<Record<string, string>>;
  readonly createdAtMs: number;
  /** Revisions are shown from the first deployment made in the simulator on, as AWS has none from before 2024-10-25. */
  listed: boolean;
}

export function runsOnFargate(spec: Pick<ServiceSpec, "launchType" | "capacityProviderStrategy">): boolean {
  if (spec.launchType !== null) return spec.launchType === "FARGATE";
  return spec.capacityProviderStrategy.some((item) => item.capacityProvider?.startsWith("FARGATE") ?? false);
}
