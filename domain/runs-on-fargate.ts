// Whether a service's tasks run on Fargate. AWS shows it in five places and fills each only sometimes, so all are read.
// Sources: DescribeServices leaves `launchType` out when a capacity provider strategy is used (documented);
// services with the EXTERNAL controller report `launchType` EC2 while their task sets run on Fargate (reported).
//
// Invariants
//   what runs (deployments, task sets) counts before what is configured (service, then the cluster's default strategy)
//   silence is `unknown`, never `not-fargate`

import type { CapacityProviderStrategyItem, ClusterRecord, ServiceRecord } from "./fleet";

type Launch = Pick<ServiceRecord, "launchType" | "capacityProviderStrategy">;

export interface PlacedService extends Launch {
  readonly controller: ServiceRecord["controller"];
  readonly deployments: readonly (Launch & { readonly id: string; readonly status: string })[];
  readonly taskSets: readonly (Launch & { readonly id: string; readonly status: string })[];
}

export type PlacedCluster = Pick<ClusterRecord, "defaultCapacityProviderStrategy">;

export interface FargateAnswer {
  readonly answer: "fargate" | "not-fargate" | "unknown";
  /** What was read, in the order in which it counted; never empty. */
  readonly evidence: readonly string[];
}

/** Takes a ServiceRecord and its ClusterRecord; the cluster is null when it was not read. */
export function runsOnFargate(service: PlacedService, cluster: PlacedCluster | null): FargateAnswer {
  const signs = signsOf(service, cluster);
  const fargate = signs.filter((sign) => sign.says === "fargate");
  if (fargate.length > 0) return { answer: "fargate", evidence: fargate.map((sign) => sign.text) };
  const elsewhere = signs.filter((sign) => sign.says === "not-fargate");
  if (elsewhere.length > 0) return { answer: "not-fargate", evidence: elsewhere.map((sign) => sign.text) };
  return {
    answer: "unknown",
    evidence: ["no launch type, no capacity provider strategy, no deployment that names one"],
  };
}

/** Whether any of the service's tasks may be on Fargate Spot, whose capacity is counted apart from On-Demand. */
export function isSpot(service: PlacedService, cluster: PlacedCluster | null): boolean {
  return strategyInForce(service, cluster).some((item) => item.capacityProvider === "FARGATE_SPOT" && takesTasks(item));
}

/** The strategy that decides where the next task goes; empty when a launch type decides instead. */
export function strategyInForce(
  service: PlacedService,
  cluster: PlacedCluster | null,
): readonly CapacityProviderStrategyItem[] {
  const running = [...service.taskSets, ...service.deployments].filter(({ status }) => status === "PRIMARY");
  const first = [...running, service].find(
    (launch) => launch.launchType !== null || launch.capacityProviderStrategy.length > 0,
  );
  if (first !== undefined) return first.capacityProviderStrategy;
  return cluster?.defaultCapacityProviderStrategy ?? [];
}

interface Sign {
  readonly says: "fargate" | "not-fargate";
  readonly text: string;
}

function signsOf(service: PlacedService, cluster: PlacedCluster | null): readonly Sign[] {
  const running = [
    ...service.taskSets.flatMap((set) => signs(`task set ${set.id}`, set)),
    ...service.deployments.flatMap((one) => (one.status === "INACTIVE" ? [] : signs(`deployment ${one.id}`, one))),
  ];
  if (running.length > 0) return running;
  // An EXTERNAL service says EC2 whatever its task sets do: without task sets its launch type is no evidence.
  const isEmptyExternal = service.controller === "EXTERNAL" && service.launchType !== "FARGATE";
  const configured = isEmptyExternal ? [] : signs("service", service);
  if (configured.length > 0) return configured;
  if (cluster === null || isEmptyExternal) return [];
  const standard = { launchType: null, capacityProviderStrategy: cluster.defaultCapacityProviderStrategy };
  return signs("the cluster's default strategy", standard);
}

function signs(where: string, launch: Launch): readonly Sign[] {
  const found: Sign[] = [];
  if (launch.launchType !== null) {
    const says = launch.launchType === "FARGATE" ? "fargate" : "not-fargate";
    found.push({ says, text: `${where}: launchType ${launch.launchType}` });
  }
  const providers = launch.capacityProviderStrategy.map((item) => item.capacityProvider);
  if (providers.length > 0) {
    const says = providers.some(isFargateProvider) ? "fargate" : "not-fargate";
    found.push({ says, text: `${where}: capacity providers ${providers.join(", ")}` });
  }
  return found;
}

function isFargateProvider(name: string): boolean {
  return name === "FARGATE" || name === "FARGATE_SPOT";
}

function takesTasks({ base, weight }: CapacityProviderStrategyItem): boolean {
  return base > 0 || weight > 0;
}
