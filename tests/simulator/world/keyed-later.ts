// The place in which most stories of deployments begin: a service that has run for a while, in a cluster whose key is new.

import { SmallWorld, withKey } from "./small-world";

/** A cluster with a settled service without a key, which then gets a key. */
export function keyedLater(
  more: Readonly<Record<string, unknown>> = {},
  options: object = {},
): { small: SmallWorld; key: string } {
  const small = new SmallWorld(options);
  small.cluster("pay");
  small.service("pay", "api", more);
  const key = small.goodKey("pay");
  small.ecs("UpdateCluster", { cluster: "pay", ...withKey(key) });
  return { small, key };
}
