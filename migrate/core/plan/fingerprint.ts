// One hash over what a redeployment must leave as it is and what a plan was judged by: a service with another fingerprint at
// admission has been changed by its team since.
//
// Invariants
//   desiredCount is left out (autoscaling moves it), and so are deployments, counts and keys, which a run changes
//   a rollback may turn LATEST into the number that it stood for (inferred: revisions hold a concrete version), so these are one

import type { CapacityProviderStrategyItem, ServiceRecord } from "../../../domain/fleet";
import { LATEST_LINUX_PLATFORM_VERSION } from "../../../domain/platform-version";
import { canonicalJson, sha256Hex } from "../canonical-json";

export function fingerprintOf(service: ServiceRecord): string {
  return sha256Hex(
    canonicalJson({
      taskDefinition: service.taskDefinitionArn,
      percents: [service.minimumHealthyPercent, service.maximumPercent],
      network: { subnets: service.subnets.toSorted(), targetGroups: service.targetGroupArns.toSorted() },
      controller: service.controller,
      strategy: service.strategy,
      scheduling: service.schedulingStrategy,
      launch: { type: service.launchType, providers: service.capacityProviderStrategy.map(strategyText).toSorted() },
      platformVersion: inEffect(service.platformVersion),
    }),
  );
}

function inEffect(platformVersion: string | null): string {
  return platformVersion === null || platformVersion === LATEST_LINUX_PLATFORM_VERSION ? "LATEST" : platformVersion;
}

function strategyText({ capacityProvider, base, weight }: CapacityProviderStrategyItem): string {
  return `${capacityProvider} base ${base} weight ${weight}`;
}
