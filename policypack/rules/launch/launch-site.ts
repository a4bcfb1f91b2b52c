// One place in a resource that starts ECS tasks: a service itself, the ECS part of a schedule's target, a state of a state machine.
//
// Invariants
//   `launch` calls its properties as a service of the aws provider does, whatever the resource calls them
//   what cannot be seen is UNKNOWN in `launch`, never left out

import type { Properties } from "../look";

export interface LaunchSite {
  /** With the resource's name, to begin a sentence: `Service "web"`, `State "Run" of state machine "nightly"`. */
  readonly what: string;
  /** launchType, capacityProviderStrategies, platformVersion, cluster, taskDefinition; deploymentController and operatingSystemFamily where the place has them. */
  readonly launch: Properties;
  /** Where the platform version stands, or would, in the resource: `["target", "ecsParameters", "platformVersion"]`. */
  readonly pinPath: readonly (string | number)[];
  /** The top-level property whose JSON text holds the place, null where the place is plain input. */
  readonly json: string | null;
  /** False where the JSON cannot be seen, so that there may be such a place or none. */
  readonly isSeen: boolean;
  /** The top-level properties that name the cluster and the task definition, null where nothing does. */
  readonly namedIn: { readonly cluster: string | null; readonly taskDefinition: string | null };
  /** What the resource calls the launch type, for messages. */
  readonly launchTypeName: string;
  /** Names of `launch` that are decided only when the tasks start. */
  readonly chosenAtRun: readonly string[];
}

/** A place of plain inputs, all seen. */
export function plainSite(
  site: Pick<LaunchSite, "what" | "launch" | "namedIn"> & { readonly path: readonly (string | number)[] },
): LaunchSite {
  const { path, ...rest } = site;
  return {
    ...rest,
    pinPath: [...path, "platformVersion"],
    json: null,
    isSeen: true,
    launchTypeName: "launchType",
    chosenAtRun: [],
  };
}
