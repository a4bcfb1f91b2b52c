// Where a place that launches tasks puts them, from what the program says of it alone.
//
// Invariants
//   silence is never "elsewhere": without launch type and strategy the cluster's default strategy decides, and it may be Fargate
//   a strategy counts as Fargate as soon as one of its providers is
//   a service with the EXTERNAL deployment controller launches nothing itself: its task sets do
// Sources: ECS API reference, CreateService.launchType, capacityProviderStrategy and DeploymentController.type (documented).

import { itemsAt } from "../block-at";
import { type Look, lookAt, type Properties, shown } from "../look";
import type { LaunchSite } from "./launch-site";

export interface Placement {
  readonly place: "fargate" | "elsewhere" | "by-cluster" | "by-task-sets" | "unclear";
  readonly reason: string;
}

/** As the aws provider calls the strategy, and as aws-native does. */
export const STRATEGY_PROPERTIES = ["capacityProviderStrategies", "capacityProviderStrategy"];

export function placementOf({ launch, launchTypeName }: Pick<LaunchSite, "launch" | "launchTypeName">): Placement {
  return byController(launch) ?? byStrategy(launch) ?? byLaunchType(launch, launchTypeName) ?? BY_CLUSTER;
}

/** Where the items of a strategy lead. `what` names an item that is not known, in a message. */
export function placeOfStrategy(items: readonly unknown[], what: string): Placement {
  return placeOfProviders(
    items.map((item) => lookAt({ item }, "item.capacityProvider")),
    what,
  );
}

/** Where tasks go that have these capacity providers to choose from. */
export function placeOfProviders(providers: readonly Look[], what: string): Placement {
  const names = providers.flatMap((look) => (look.state === "known" ? [String(look.value)] : []));
  const fargate = names.find((name) => name === "FARGATE" || name === "FARGATE_SPOT");
  if (fargate !== undefined) return { place: "fargate", reason: `a capacity provider is ${fargate}` };
  if (providers.some(({ state }) => state === "unknown")) return unclear(what);
  const subject = names.length === 1 ? "the capacity provider is" : "the capacity providers are";
  return { place: "elsewhere", reason: `${subject} ${names.map(shown).join(", ")}` };
}

const BY_CLUSTER: Placement = {
  place: "by-cluster",
  reason: "neither launchType nor capacity provider strategy: the cluster's default strategy may place it on Fargate",
};

function byController(launch: Properties): Placement | null {
  const type = lookAt(launch, "deploymentController.type");
  if (type.state === "unknown") return unclear(type.at);
  if (type.state === "absent" || type.value !== "EXTERNAL") return null;
  return { place: "by-task-sets", reason: "the deployment controller is EXTERNAL: its task sets launch the tasks" };
}

function byStrategy(launch: Properties): Placement | null {
  const strategy = STRATEGY_PROPERTIES.map((name) => itemsAt(launch, name)).find(({ state }) => state !== "absent");
  if (strategy === undefined || strategy.state === "absent") return null;
  if (strategy.state === "unknown") return unclear(strategy.at);
  return placeOfStrategy(strategy.items, "a capacity provider of its strategy");
}

function byLaunchType(launch: Properties, name: string): Placement | null {
  const launchType = lookAt(launch, "launchType");
  if (launchType.state === "unknown") return unclear(name);
  if (launchType.state === "absent") return null;
  const place = launchType.value === "FARGATE" ? "fargate" : "elsewhere";
  return { place, reason: `${name} is ${shown(launchType.value)}` };
}

function unclear(what: string): Placement {
  return { place: "unclear", reason: `${what} is not known yet` };
}
