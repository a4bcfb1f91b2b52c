// Where a Batch job definition launches tasks on ECS: in the JSON of its container, ECS or node properties.
//
// Invariants
//   a job definition without platformCapabilities is for EC2
//   names inside the JSON are read without regard to case: the aws provider decodes them so, and both forms are in use
// Sources: Batch API reference, RegisterJobDefinition.platformCapabilities, FargatePlatformConfiguration, EcsTaskProperties (documented);
//   Go's encoding/json, which the provider decodes with, matches names without regard to case (documented).

import { type JsonText, parseJsonText } from "../json-text";
import { lookAt, UNKNOWN } from "../look";
import type { Subject } from "../rule";
import type { LaunchSite } from "./launch-site";

/** The properties of a job definition that a rule has to read for this. */
export const JOB_PROPERTIES: readonly string[] = [
  "containerProperties",
  "ecsProperties",
  "nodeProperties",
  "platformCapabilities",
];

export function batchSites(subject: Subject): readonly LaunchSite[] {
  return ["containerProperties", "ecsProperties", "nodeProperties"].flatMap((property) =>
    sitesIn(subject, property, parseJsonText(lookAt(subject.properties, property))),
  );
}

const NODES_MAX = 100;
const TASKS_MAX = 100;

type Path = readonly (string | number)[];

/** Part of the JSON, with where it stands. */
interface Part {
  readonly path: Path;
  readonly value: unknown;
}

function sitesIn(subject: Subject, property: string, text: JsonText): readonly LaunchSite[] {
  if (text.state === "unknown")
    return [{ ...siteOf(subject, property, { path: [property], value: UNKNOWN }), isSeen: false }];
  if (text.state !== "known") return [];
  const whole: Part = { path: [property], value: text.value };
  const parts: Readonly<Record<string, () => readonly Part[]>> = {
    containerProperties: () => containerIn(whole),
    ecsProperties: () => tasksIn(whole),
    nodeProperties: () => nodesIn(whole),
  };
  const isText = typeof subject.properties[property] === "string";
  return (parts[property]?.() ?? []).map((part) => siteOf(subject, isText ? property : null, part));
}

function nodesIn(whole: Part): readonly Part[] {
  return listIn(whole, "nodeRangeProperties", NODES_MAX).flatMap((node) => [
    ...present(within(node, "container")).flatMap(containerIn),
    ...present(within(node, "ecsProperties")).flatMap(tasksIn),
  ]);
}

function tasksIn(whole: Part): readonly Part[] {
  return listIn(whole, "taskProperties", TASKS_MAX);
}

/** A container's platform version stands one level deeper than a task's. */
function containerIn(container: Part): readonly Part[] {
  const platform = within(container, "fargatePlatformConfiguration");
  const version = within(platform, "platformVersion");
  const system = within(container, "runtimePlatform");
  return [{ path: platform.path, value: { platformVersion: version.value, runtimePlatform: system.value } }];
}

function siteOf(subject: Subject, json: string | null, part: Part): LaunchSite {
  const system = within(within(part, "runtimePlatform"), "operatingSystemFamily");
  return {
    what: `Job definition "${subject.name}"`,
    launch: {
      launchType: launchTypeOf(subject),
      platformVersion: within(part, "platformVersion").value,
      operatingSystemFamily: system.value ?? "LINUX",
    },
    pinPath: [...part.path, "platformVersion"],
    json,
    isSeen: true,
    namedIn: { cluster: null, taskDefinition: null },
    launchTypeName: "platformCapabilities",
    chosenAtRun: [],
  };
}

function launchTypeOf({ properties }: Subject): unknown {
  const capabilities = lookAt(properties, "platformCapabilities");
  if (capabilities.state === "unknown") return UNKNOWN;
  const list: readonly unknown[] =
    capabilities.state === "known" && Array.isArray(capabilities.value) ? capabilities.value : [];
  if (list.includes("FARGATE")) return "FARGATE";
  return list.includes(UNKNOWN) ? UNKNOWN : "EC2";
}

/** What the part holds under a name, in any case of its letters; below what is unknown, everything is. */
function within({ path, value }: Part, name: string): Part {
  if (value === UNKNOWN) return { path: [...path, name], value };
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { path: [...path, name], value: undefined };
  const found = Object.keys(value).find((one) => one.toLowerCase() === name.toLowerCase());
  const held = found === undefined ? undefined : (value as Readonly<Record<string, unknown>>)[found];
  return { path: [...path, found ?? name], value: held };
}

function listIn(part: Part, name: string, max: number): readonly Part[] {
  const { path, value } = within(part, name);
  if (!Array.isArray(value)) return [];
  return value.slice(0, max).map((item: unknown, index) => ({ path: [...path, index], value: item }));
}

function present(part: Part): readonly Part[] {
  return part.value === undefined || part.value === null ? [] : [part];
}
