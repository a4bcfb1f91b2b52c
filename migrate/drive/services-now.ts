// DescribeServices, which shows none of a cluster that has gone.

import type { ServiceRecord } from "../../domain/fleet";
import type { EcsPort, Found } from "../ports/ecs-port";
import { unlessGone } from "./unless-gone";

export function servicesNow(
  ecs: EcsPort,
  query: { readonly clusterArn: string; readonly services: readonly string[] },
): Promise<Found<ServiceRecord>> {
  return unlessGone(query.services, () => ecs.describeServices(query));
}
