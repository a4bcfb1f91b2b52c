// Stacks that service-redeploys-on-key-change judges: a service on a keyed cluster, with and without a trigger.

import type { Properties } from "../../../policypack/rules/look";
import { CLUSTER, NATIVE_SERVICE, SERVICE } from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import { subject } from "../subjects";
import type { Scene } from "./scene";

const RULE = "service-redeploys-on-key-change";

export const keyed = subject(CLUSTER, { name: "shop" }, { name: "shop" });

/** A service whose trigger is made from the cluster. */
export function service(broken: Properties = {}, rest: Partial<StackSubject> = {}): StackSubject {
  const triggers = { fargateKey: "none" };
  const properties = { cluster: "shop", forceNewDeployment: true, triggers, ...broken };
  return subject(SERVICE, properties, { madeFrom: { triggers: [keyed.urn] }, ...rest });
}

function native(enableForceNewDeployment: boolean): StackSubject {
  const forceNewDeployment = { enableForceNewDeployment, forceNewDeploymentNonce: "none" };
  const madeFrom = { forceNewDeployment: [keyed.urn] };
  return subject(NATIVE_SERVICE, { cluster: "shop", forceNewDeployment }, { madeFrom });
}

export const SCENES: readonly Scene[] = [
  {
    rule: RULE,
    compliant: [keyed, service()],
    violating: [keyed, service({ triggers: { epoch: "1" } }, { madeFrom: {} })],
    on: "web",
  },
  { rule: RULE, compliant: [keyed, native(true)], violating: [keyed, native(false)], on: "web" },
];
