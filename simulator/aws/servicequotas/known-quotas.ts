// The quotas that this embedded AWS knows by code: those of domain/api-quotas.ts that have one.

import { type Quota, RESOURCE_QUOTAS } from "../../../domain/api-quotas";
import type { FargateCapacity } from "../../world/vcpu-room";

export interface KnownQuota {
  readonly serviceCode: Quota["serviceCode"];
  readonly code: string;
  readonly name: string;
  /** What an account has until it asks for more. */
  readonly standard: number;
  /** For the vCPU quotas: whose value the lane holds. */
  readonly capacity: FargateCapacity | null;
}

export const SERVICE_NAMES: Readonly<Record<Quota["serviceCode"], string>> = {
  ecs: "Amazon Elastic Container Service (Amazon ECS)",
  fargate: "AWS Fargate",
  kms: "AWS Key Management Service (AWS KMS)",
};

const NAMES: Readonly<Record<keyof typeof RESOURCE_QUOTAS, string>> = {
  fargateOnDemandVcpu: "Fargate On-Demand vCPU resource count",
  fargateSpotVcpu: "Fargate Spot vCPU resource count",
  clusters: "Clusters per account",
  servicesPerCluster: "Services per cluster",
  tasksPerService: "Tasks per service",
  tasksProvisioningPerCluster: "Tasks in PROVISIONING state per cluster",
  targetGroupsPerService: "Target groups per service",
  serviceTaskLaunchesPerMinute: "Rate of tasks launched by a service on AWS Fargate",
  grantsPerKey: "Grants per CMK",
};

const CAPACITIES: Readonly<Record<string, FargateCapacity>> = {
  fargateOnDemandVcpu: "onDemand",
  fargateSpotVcpu: "spot",
};

export const KNOWN_QUOTAS: readonly KnownQuota[] = Object.entries(RESOURCE_QUOTAS).flatMap(([id, quota]) => {
  const { serviceCode, quotaCode: code, standard } = quota as Quota;
  if (code === null) return [];
  const name = NAMES[id as keyof typeof RESOURCE_QUOTAS];
  return [{ serviceCode, code, name, standard, capacity: CAPACITIES[id] ?? null }];
});
