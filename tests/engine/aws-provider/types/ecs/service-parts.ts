// The parts that services and task sets share, between Pulumi's properties and the SDK's shapes.

import type {
  CapacityProviderStrategyItem,
  LoadBalancer,
  NetworkConfiguration,
  ServiceRegistry,
} from "@aws-sdk/client-ecs";
import { boolean, type InputKind, number, object, set, string } from "../../input-schema";
import type { PropertyMap, PropertyValue } from "../../property-values";
import { compact, mapOf, mapsOf, numberOf, textOf, textsOf } from "../../state-values";

export const LAUNCH_TYPES = ["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"] as const;

export const strategyInput: InputKind = set(
  object({
    base: { type: number(0, 100_000) },
    capacityProvider: { type: string(), required: true },
    weight: { type: number(0, 1000) },
  }),
);

export const networkInput: InputKind = object({
  assignPublicIp: { type: boolean(), standard: false },
  securityGroups: { type: set(string()) },
  subnets: { type: set(string()), required: true },
});

export const registriesInput: InputKind = object({
  containerName: { type: string() },
  containerPort: { type: number(0, 65_536) },
  port: { type: number(0, 65_536) },
  registryArn: { type: string(), required: true },
});

export function toStrategy(items: readonly PropertyMap[]): CapacityProviderStrategyItem[] {
  return items.map(({ base, capacityProvider, weight }) => ({
    capacityProvider: textOf(capacityProvider) ?? "",
    base: numberOf(base) ?? 0,
    weight: numberOf(weight) ?? 0,
  }));
}

export function fromStrategy(items: readonly CapacityProviderStrategyItem[] | undefined): PropertyValue {
  return (items ?? []).map(({ base = 0, capacityProvider = "", weight = 0 }) => ({ base, capacityProvider, weight }));
}

export function toNetwork(value: PropertyValue | undefined): NetworkConfiguration | undefined {
  const network = mapOf(value);
  if (network === undefined) return undefined;
  const groups = textsOf(network.securityGroups);
  const awsvpcConfiguration = {
    subnets: textsOf(network.subnets),
    ...(groups.length === 0 ? {} : { securityGroups: groups }),
    assignPublicIp: network.assignPublicIp === true ? ("ENABLED" as const) : ("DISABLED" as const),
  };
  return { awsvpcConfiguration };
}

export function fromNetwork(network: NetworkConfiguration | undefined): PropertyValue {
  const vpc = network?.awsvpcConfiguration;
  if (vpc === undefined) return null;
  return {
    assignPublicIp: vpc.assignPublicIp === "ENABLED",
    securityGroups: [...(vpc.securityGroups ?? [])],
    subnets: [...(vpc.subnets ?? [])],
  };
}

export function toLoadBalancers(value: PropertyValue | undefined): LoadBalancer[] {
  return mapsOf(value).map((one) =>
    compact({
      containerName: textOf(one.containerName),
      containerPort: numberOf(one.containerPort),
      loadBalancerName: textOf(one.elbName) ?? textOf(one.loadBalancerName),
      targetGroupArn: textOf(one.targetGroupArn),
      advancedConfiguration: mapOf(one.advancedConfiguration) && advanced(mapOf(one.advancedConfiguration) ?? {}),
    }),
  );
}

export function toRegistries(value: PropertyValue | undefined): ServiceRegistry[] {
  const one = mapOf(value);
  if (one === undefined) return [];
  return [
    compact({
      registryArn: textOf(one.registryArn),
      port: numberOf(one.port) || undefined,
      containerPort: numberOf(one.containerPort) || undefined,
      containerName: textOf(one.containerName),
    }),
  ];
}

export function fromRegistries(registries: readonly ServiceRegistry[] | undefined): PropertyValue {
  const first = registries?.[0];
  return first === undefined ? null : ({ ...first } as PropertyMap);
}

function advanced(one: PropertyMap) {
  return compact({
    alternateTargetGroupArn: textOf(one.alternateTargetGroupArn),
    productionListenerRule: textOf(one.productionListenerRule),
    roleArn: textOf(one.roleArn),
    testListenerRule: textOf(one.testListenerRule),
  });
}
