// Every place of a resource that launches ECS tasks, of all the types that do: services, task sets, targets of events, schedules and
// pipes, Batch jobs, state machines.
//
// Invariants
//   one piece knows where each type keeps its launch; rules see only sites
//   what may be a launch and cannot be seen is no site, except JSON texts, whose site says that it is unseen
// Sources: the types of @pulumi/aws 7.48 and of pulumi-aws-native; Amazon ECS developer guide, Express Mode (documented: on Fargate).

import { blockAt, itemsAt } from "../block-at";
import { lookAt, UNKNOWN } from "../look";
import {
  EVENT_TARGET,
  EXPRESS_SERVICE,
  JOB_DEFINITION,
  NATIVE_EVENT_RULE,
  NATIVE_EXPRESS_SERVICE,
  NATIVE_JOB_DEFINITION,
  NATIVE_PIPE,
  NATIVE_SCHEDULE,
  NATIVE_SERVICE,
  NATIVE_STATE_MACHINE,
  NATIVE_TASK_SET,
  PIPE,
  SCHEDULE,
  SERVICE,
  STATE_MACHINE,
  TASK_SET,
} from "../resource-types";
import type { Subject } from "../rule";
import { batchSites, JOB_PROPERTIES } from "./batch-sites";
import { type LaunchSite, plainSite } from "./launch-site";
import { STRATEGY_PROPERTIES } from "./placement";
import { stateMachineSites } from "./state-machine-sites";

/** The properties that a rule has to read for this, by type: all types that can launch. */
export function launchReads(): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(LAUNCHERS).map(([type, { reads }]) => [type, reads]));
}

export function launchSites(subject: Subject): readonly LaunchSite[] {
  return LAUNCHERS[subject.type]?.sites(subject) ?? [];
}

interface Launcher {
  readonly reads: readonly string[];
  readonly sites: (subject: Subject) => readonly LaunchSite[];
}

const [STRATEGIES = "", STRATEGY = ""] = STRATEGY_PROPERTIES;
const LAUNCH = ["launchType", "platformVersion", "cluster", "taskDefinition"];
const SERVICE_LAUNCH = [...LAUNCH, "deploymentController"];

const LAUNCHERS: Readonly<Record<string, Launcher>> = {
  [SERVICE]: { reads: [...SERVICE_LAUNCH, STRATEGIES], sites: ownSite("Service") },
  [NATIVE_SERVICE]: { reads: [...SERVICE_LAUNCH, STRATEGY], sites: ownSite("Service") },
  [TASK_SET]: { reads: [...LAUNCH, STRATEGIES], sites: ownSite("Task set") },
  [NATIVE_TASK_SET]: { reads: [...LAUNCH, STRATEGY], sites: ownSite("Task set") },
  [EXPRESS_SERVICE]: { reads: ["cluster"], sites: expressSite },
  [NATIVE_EXPRESS_SERVICE]: { reads: ["cluster"], sites: expressSite },
  [EVENT_TARGET]: {
    reads: ["arn", "ecsTarget"],
    sites: (subject) => nested(subject, { what: "Event target", cluster: "arn", path: ["ecsTarget"] }),
  },
  [NATIVE_EVENT_RULE]: { reads: ["targets"], sites: targetsOfRule },
  [SCHEDULE]: { reads: ["target"], sites: scheduleSites },
  [NATIVE_SCHEDULE]: { reads: ["target"], sites: scheduleSites },
  [PIPE]: { reads: ["target", "targetParameters"], sites: pipeSites },
  [NATIVE_PIPE]: { reads: ["target", "targetParameters"], sites: pipeSites },
  [JOB_DEFINITION]: { reads: JOB_PROPERTIES, sites: batchSites },
  [NATIVE_JOB_DEFINITION]: { reads: JOB_PROPERTIES, sites: batchSites },
  [STATE_MACHINE]: { reads: ["definition"], sites: stateMachineSites },
  [NATIVE_STATE_MACHINE]: { reads: ["definition", "definitionString"], sites: stateMachineSites },
};

const TARGETS_MAX = 100;

/** The resource itself launches. */
function ownSite(what: string) {
  return ({ name, properties }: Subject): readonly LaunchSite[] => [
    plainSite({
      what: `${what} "${name}"`,
      launch: properties,
      path: [],
      namedIn: { cluster: "cluster", taskDefinition: "taskDefinition" },
    }),
  ];
}

/** Always on Fargate, of the newest platform version. */
function expressSite({ name, properties }: Subject): readonly LaunchSite[] {
  return [
    plainSite({
      what: `Express service "${name}"`,
      launch: { cluster: valueAt(properties, "cluster"), launchType: "FARGATE" },
      path: [],
      namedIn: { cluster: "cluster", taskDefinition: null },
    }),
  ];
}

function scheduleSites(subject: Subject): readonly LaunchSite[] {
  return nested(subject, { what: "Schedule", cluster: "target.arn", path: ["target", "ecsParameters"] });
}

function pipeSites(subject: Subject): readonly LaunchSite[] {
  return nested(subject, { what: "Pipe", cluster: "target", path: ["targetParameters", "ecsTaskParameters"] });
}

interface Nested {
  readonly what: string;
  /** Path of the property that names the cluster. */
  readonly cluster: string;
  /** Where the ECS part stands. */
  readonly path: readonly string[];
}

/** An ECS part that is unknown as a whole is one; one below something unknown may be none. */
function nested({ name, properties }: Subject, { what, cluster, path }: Nested): readonly LaunchSite[] {
  const at = path.join(".");
  const look = blockAt(properties, at);
  if (look.state === "absent" || (look.state === "unknown" && look.at !== at)) return [];
  return [
    plainSite({
      what: `${what} "${name}"`,
      launch: ecsPart(look.state === "unknown" ? UNKNOWN : look.value, valueAt(properties, cluster)),
      path,
      namedIn: { cluster: cluster.split(".")[0] ?? cluster, taskDefinition: path[0] ?? null },
    }),
  ];
}

function targetsOfRule({ name, properties }: Subject): readonly LaunchSite[] {
  const targets = itemsAt(properties, "targets");
  if (targets.state !== "known") return [];
  return targets.items.slice(0, TARGETS_MAX).flatMap((target, index) => {
    if (target === UNKNOWN || blockAt(target, "ecsParameters").state === "absent") return [];
    const part = valueAt(target, "ecsParameters");
    return [
      plainSite({
        what: `Target ${index + 1} of rule "${name}"`,
        launch: ecsPart(part, valueAt(target, "arn")),
        path: ["targets", index, "ecsParameters"],
        namedIn: { cluster: "targets", taskDefinition: "targets" },
      }),
    ];
  });
}

/** The ECS part of a target, which calls the task definition otherwise than a service does. */
function ecsPart(part: unknown, cluster: unknown): LaunchSite["launch"] {
  const held = (name: string) => valueAt({ part }, `part.${name}`);
  return {
    launchType: held("launchType"),
    [STRATEGIES]: held(STRATEGIES) ?? held(STRATEGY),
    platformVersion: held("platformVersion"),
    taskDefinition: held("taskDefinitionArn"),
    cluster,
  };
}

function valueAt(properties: unknown, path: string): unknown {
  const look = lookAt(properties, path);
  if (look.state === "unknown") return UNKNOWN;
  return look.state === "known" ? look.value : undefined;
}
