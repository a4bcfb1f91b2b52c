// Where a service or task set of a program will place its tasks, from what the program says alone.
//
// Invariants
//   silence is never "elsewhere": without launch type and strategy the cluster's default strategy decides, and it may be Fargate
//   a strategy counts as Fargate as soon as one of its providers is
// Source: ECS API reference, CreateService.launchType and capacityProviderStrategy (documented).

import { lookAt, type Properties, shown } from "../look";

export interface Placement {
  readonly place: "fargate" | "elsewhere" | "by-cluster" | "unclear";
  readonly reason: string;
}

/** As the aws provider calls the strategy, and as aws-native does. */
export const STRATEGY_PROPERTIES = ["capacityProviderStrategies", "capacityProviderStrategy"];

export function placementOf(properties: Properties): Placement {
  return byStrategy(properties) ?? byLaunchType(properties) ?? BY_CLUSTER;
}

const BY_CLUSTER: Placement = {
  place: "by-cluster",
  reason: "neither launchType nor capacity provider strategy: the cluster's default strategy may place it on Fargate",
};

function byStrategy(properties: Properties): Placement | null {
  const looks = STRATEGY_PROPERTIES.map((name) => lookAt(properties, name));
  const strategy = looks.find(({ state }) => state !== "absent") ?? { state: "absent" };
  if (strategy.state === "unknown") return unclear(strategy.at);
  if (strategy.state === "absent" || !Array.isArray(strategy.value) || strategy.value.length === 0) return null;
  const items: readonly unknown[] = strategy.value;
  const providers = items.map((item) => lookAt(item, "capacityProvider"));
  const names = providers.flatMap((look) => (look.state === "known" ? [String(look.value)] : []));
  const fargate = names.find((name) => name === "FARGATE" || name === "FARGATE_SPOT");
  if (fargate !== undefined) return { place: "fargate", reason: `a capacity provider is ${fargate}` };
  if (providers.some(({ state }) => state === "unknown")) return unclear("a capacity provider of its strategy");
  return { place: "elsewhere", reason: `the capacity providers are ${names.map(shown).join(", ")}` };
}

function byLaunchType(properties: Properties): Placement | null {
  const launchType = lookAt(properties, "launchType");
  if (launchType.state === "unknown") return unclear("launchType");
  if (launchType.state === "absent") return null;
  const place = launchType.value === "FARGATE" ? "fargate" : "elsewhere";
  return { place, reason: `launchType is ${shown(launchType.value)}` };
}

function unclear(what: string): Placement {
  return { place: "unclear", reason: `${what} is not known yet` };
}
