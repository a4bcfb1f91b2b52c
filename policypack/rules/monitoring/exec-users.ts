// Which clusters of a stack ECS Exec is turned on for: by services, and by what launches tasks on a schedule or event.
//
// Invariant: a flag that is not known yet is no use of Exec and no proof of the contrary.
// Source: ECS developer guide, ecs-exec (documented): Exec is turned on per service or task; its key and logging are the cluster's.

import { isOn } from "../block-at";
import { lookAt } from "../look";
import { EVENT_TARGET, NATIVE_SERVICE, PIPE, SCHEDULE, SERVICE } from "../resource-types";
import type { Rule, StackSubject } from "../rule";
import { byCluster, clusterOf } from "../stack/cluster-of";
import { onceAStack } from "../stack/once-a-stack";

interface Enabler {
  readonly kind: string;
  readonly cluster: string;
  readonly flag: string;
}

const ENABLERS: Readonly<Record<string, Enabler>> = {
  [SERVICE]: { kind: "service", cluster: "cluster", flag: "enableExecuteCommand" },
  [NATIVE_SERVICE]: { kind: "service", cluster: "cluster", flag: "enableExecuteCommand" },
  [EVENT_TARGET]: { kind: "event target", cluster: "arn", flag: "ecsTarget.enableExecuteCommand" },
  [SCHEDULE]: { kind: "schedule", cluster: "target.arn", flag: "target.ecsParameters.enableExecuteCommand" },
  [PIPE]: { kind: "pipe", cluster: "target", flag: "targetParameters.ecsTaskParameters.enableExecuteCommand" },
};

/** What a rule has to read of the resources that turn Exec on. */
export const EXEC_USERS: Rule["reads"] = Object.fromEntries(
  Object.entries(ENABLERS).map(([type, { cluster, flag }]) => [
    type,
    [...new Set([cluster, flag].map((path) => path.split(".")[0] ?? path))],
  ]),
);

export interface ExecUse {
  /** Who turns it on: `service "web"`. */
  readonly users: readonly string[];
  /** Who may, once it is known. */
  readonly perhaps: readonly string[];
}

export function execUseOf(cluster: StackSubject, resources: readonly StackSubject[]): ExecUse {
  const here = (enabledIn(resources).get(cluster.urn) ?? []).map(({ user, enabler }) => ({
    name: `${enabler.kind} "${user.name}"`,
    flag: lookAt(user.properties, enabler.flag),
  }));
  return {
    users: here.filter(({ flag }) => isOn(flag)).map(({ name }) => name),
    perhaps: here.filter(({ flag }) => flag.state === "unknown").map(({ name }) => name),
  };
}

const enabledIn = onceAStack((resources) => {
  const all = resources.flatMap((user) => {
    const enabler = ENABLERS[user.type];
    return enabler === undefined ? [] : [{ user, enabler }];
  });
  return byCluster(all, ({ user, enabler }) => clusterOf(user, enabler.cluster, resources));
});
