// Where the tasks of a stack write: log groups by name, or by what the naming property was made from while names are not known.
//
// Invariants
//   a known name decides alone; only an unknown one is looked for among the resources that its property was made from
//   a name counts in its own Region only, where both Regions are known
// Sources: ECS developer guide, specify-log-config and using_awslogs (documented): awslogs-group and awslogs-region;
//   ECS API reference, ExecuteCommandConfiguration (documented): logConfiguration counts with the logging OVERRIDE.

import { itemsAt } from "../block-at";
import { type Look, lookAt } from "../look";
import {
  CLUSTER,
  EXPRESS_SERVICE,
  NATIVE_CLUSTER,
  NATIVE_SERVICE,
  NATIVE_TASK_DEFINITION,
  SERVICE,
  TASK_DEFINITION,
} from "../resource-types";
import type { Rule, StackSubject } from "../rule";
import { CONTAINERS_PROPERTY, containersOf } from "../stack/container-definitions";
import { inOrder, onceAStack, placesByText } from "../stack/once-a-stack";

/** What a rule has to read of the resources that write. */
export const WRITERS: Rule["reads"] = {
  [TASK_DEFINITION]: [CONTAINERS_PROPERTY],
  [NATIVE_TASK_DEFINITION]: [CONTAINERS_PROPERTY],
  [CLUSTER]: ["configuration"],
  [NATIVE_CLUSTER]: ["configuration"],
  [SERVICE]: ["serviceConnectConfiguration"],
  [NATIVE_SERVICE]: ["serviceConnectConfiguration"],
  [EXPRESS_SERVICE]: ["primaryContainer"],
};

export interface Destination {
  /** Who writes there: `container "app" of task definition "web"`. */
  readonly writer: string;
  /** The name of the log group. */
  readonly name: Look;
  readonly region: Look;
  /** URNs that the name may come from while it is not known. */
  readonly madeFrom: readonly string[];
}

/** All that writes to the log group, as far as names, Regions and dependencies show. */
export function destinationsAt(group: StackSubject, resources: readonly StackSubject[]): readonly Destination[] {
  const names = NAMES_OF_LOG_GROUP.flatMap((property) => {
    const look = lookAt(group.properties, property);
    return look.state === "known" ? [byName(look.value)] : [];
  });
  const places = placesInStack(resources);
  const found = [...names, byUrn(group.urn)].flatMap((text) => places.get(text) ?? []);
  return inOrder(destinationsIn(resources), found).filter((one) => isDestination(one, group));
}

const destinationsIn = onceAStack((resources) => resources.flatMap((one) => READERS[one.type]?.(one) ?? []));

const placesInStack = onceAStack((resources) =>
  placesByText(destinationsIn(resources), ({ name, madeFrom }) => {
    if (name.state === "unknown") return madeFrom.map(byUrn);
    return name.state === "known" ? [byName(name.value)] : [];
  }),
);

const byName = (name: unknown) => `name ${String(name)}`;
const byUrn = (urn: string) => `urn ${urn}`;

function isDestination({ name, region, madeFrom }: Destination, group: StackSubject): boolean {
  if (region.state === "known" && group.region.state === "known" && region.value !== group.region.value) return false;
  if (name.state === "unknown") return madeFrom.includes(group.urn);
  return name.state === "known" && NAMES_OF_LOG_GROUP.some((property) => isAt(group, { property, value: name.value }));
}

/** As the aws provider calls the name, and as aws-native does. */
export const NAMES_OF_LOG_GROUP: readonly string[] = ["name", "logGroupName"];

function isAt({ properties }: StackSubject, { property, value }: { property: string; value: unknown }): boolean {
  const look = lookAt(properties, property);
  return look.state === "known" && look.value === value;
}

const READERS: Readonly<Record<string, (subject: StackSubject) => readonly Destination[]>> = {
  [TASK_DEFINITION]: ofContainers,
  [NATIVE_TASK_DEFINITION]: ofContainers,
  [CLUSTER]: ofExec,
  [NATIVE_CLUSTER]: ofExec,
  [SERVICE]: ofServiceConnect,
  [NATIVE_SERVICE]: ofServiceConnect,
  [EXPRESS_SERVICE]: ofExpressService,
};

function ofContainers(subject: StackSubject): readonly Destination[] {
  const madeFrom = subject.madeFrom[CONTAINERS_PROPERTY] ?? [];
  const definition = `task definition "${subject.name}"`;
  const containers = containersOf(subject);
  const hidden: Destination = { writer: definition, name: HIDDEN, region: subject.region, madeFrom };
  if (containers.state === "unknown") return [hidden];
  if (containers.state !== "known") return [];
  const seen = containers.containers.flatMap((container) => {
    const name = lookAt(container, "name");
    const writer = name.state === "known" ? `container "${String(name.value)}" of ${definition}` : definition;
    return ofLogDriver(lookAt(container, "logConfiguration"), { writer, region: subject.region, madeFrom });
  });
  return containers.isWhole ? seen : [...seen, hidden];
}

const HIDDEN: Look = { state: "unknown", at: "name" };

/** A log configuration of ECS: only the driver awslogs names a log group. */
function ofLogDriver(block: Look, from: Omit<Destination, "name">): readonly Destination[] {
  if (block.state === "absent") return [];
  if (block.state === "unknown") return [{ ...from, name: HIDDEN }];
  const driver = lookAt(block.value, "logDriver");
  if (driver.state === "known" && driver.value !== "awslogs") return [];
  const name = lookAt(block.value, "options.awslogs-group");
  const region = lookAt(block.value, "options.awslogs-region");
  return name.state === "absent" ? [] : [{ ...from, name, region: region.state === "absent" ? from.region : region }];
}

function ofExec(subject: StackSubject): readonly Destination[] {
  const exec = "configuration.executeCommandConfiguration";
  const logging = lookAt(subject.properties, `${exec}.logging`);
  if (logging.state === "known" && logging.value !== "OVERRIDE") return [];
  const name = lookAt(subject.properties, `${exec}.logConfiguration.cloudWatchLogGroupName`);
  // A configuration that is unknown as a whole does not show that sessions are logged at all.
  if (name.state === "absent" || (name.state === "unknown" && name.at === "configuration")) return [];
  const madeFrom = subject.madeFrom.configuration ?? [];
  return [{ writer: `ECS Exec on cluster "${subject.name}"`, name, region: subject.region, madeFrom }];
}

function ofServiceConnect(subject: StackSubject): readonly Destination[] {
  const writer = `Service Connect of service "${subject.name}"`;
  const madeFrom = subject.madeFrom.serviceConnectConfiguration ?? [];
  const block = lookAt(subject.properties, "serviceConnectConfiguration.logConfiguration");
  return ofLogDriver(block, { writer, region: subject.region, madeFrom });
}

function ofExpressService(subject: StackSubject): readonly Destination[] {
  const from = {
    writer: `Express service "${subject.name}"`,
    region: subject.region,
    madeFrom: subject.madeFrom.primaryContainer ?? [],
  };
  const logs = itemsAt(subject.properties, "primaryContainer.awsLogsConfigurations");
  if (logs.state === "absent") return [];
  if (logs.state === "unknown") return [{ ...from, name: HIDDEN }];
  return logs.items.map((item) => ({ ...from, name: lookAt(item, "logGroup") }));
}
