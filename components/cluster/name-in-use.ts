// Keeps a cluster from being created under a name that is in use already: CreateCluster answers with the cluster that has the name
// (reported: hashicorp/terraform-provider-aws#38875), which keeps its own configuration, key or no key, and belongs to the stack from
// then on, to be deleted with it.
//
// Invariants
//   asked only where the engine is about to create the cluster, in a preview already: never of a cluster that the stack has
//   what cannot be asked is not taken for a free name

import { AsyncResource } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import { originOf } from "./cluster-name";
import { hasCluster } from "./has-cluster";

export interface NewCluster {
  /** The component. */
  readonly parent: pulumi.Resource;
  /** Pulumi name of the cluster's resource. */
  readonly name: string;
}

/** For the options of the cluster's resource. */
export function refusingNameInUse(cluster: NewCluster): Pick<pulumi.CustomResourceOptions, "hooks"> {
  if (!monitorTakesHooks()) return {};
  // Called from outside the SDK's own asynchronous context, it would find no engine to ask in a plugin.
  const asked = AsyncResource.bind((hooked: pulumi.ResourceHookArgs) => refuse(cluster.parent, hooked));
  const hook = new pulumi.ResourceHook(hookName(cluster.name), asked, { onDryRun: true });
  return { hooks: { beforeCreate: [hook] } };
}

async function refuse(parent: pulumi.Resource, { newInputs = {}, urn }: pulumi.ResourceHookArgs): Promise<void> {
  const { name, region } = newInputs as { readonly name?: unknown; readonly region?: unknown };
  // A name that is not known in the preview is asked about in the update.
  if (typeof name !== "string" || pulumi.isUnknown(name)) return;
  const where = typeof region === "string" ? { region } : {};
  if (!(await hasCluster({ clusterName: name, ...where }, parent))) return;
  const { project, stack } = originOf(urn);
  throw new Error(
    `clusterName is "${name}": the account has a cluster of this name already, which ECS would hand out in place of a new one, ` +
      `and which does not belong to this stack, ${project}/${stack}. Choose another name, or bring it in: adoptCluster: "${name}"`,
  );
}

/** The mocks of a program's own tests, up to some version of the SDK, know no hooks and would fail. */
function monitorTakesHooks(): boolean {
  const monitor = pulumi.runtime.getMonitor();
  return monitor === undefined || "registerResourceHook" in monitor;
}

const HOOKS_BY_NAME = new Map<string, number>();

/** The engine knows a hook by its name, which has to be the only one in the program: below other parents names may recur. */
function hookName(resource: string): string {
  const count = (HOOKS_BY_NAME.get(resource) ?? 0) + 1;
  HOOKS_BY_NAME.set(resource, count);
  return `fargate-cmk:name-in-use:${resource}${count === 1 ? "" : `:${count}`}`;
}
