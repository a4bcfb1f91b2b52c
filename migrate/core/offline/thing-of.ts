// One recognised JSON object → one sighting of a thing, or why it is none.
// Invariant: a service or task always has its cluster's ARN, and a named thing its name: from its own ARN where the member is missing.

import { lastPart, parseArn } from "../../../domain/arn";
import { formatEcsArn, parseClusterArn, parseServiceArn, parseTaskArn } from "../../../domain/ecs-arn";
import { isProblem } from "../../../domain/problem";
import { IMAGE_ID } from "./image-id";
import type { Sighting, ThingKind } from "./outputs";
import type { Raw } from "./raw";
import { readWire } from "./wire-shape";
import { WIRE_SHAPES } from "./wire-shapes";

export interface ThingRead {
  readonly sighting: Sighting | null;
  readonly odd: readonly string[];
}

export function thingOf(
  kind: ThingKind,
  raw: Raw,
  { file, showsConfiguration }: Pick<Sighting, "file" | "showsConfiguration">,
): ThingRead {
  const { value, odd, refused, newestMs } = readWire(WIRE_SHAPES[kind], raw);
  const id = idOf(kind, value);
  if (id === null) return { sighting: null, odd: [`a ${NOUNS[kind]} without ${IDS[kind]} was left out`] };
  const what = `${NOUNS[kind]} ${lastPart(id)}`;
  if (refused !== null) return { sighting: null, odd: [`${what} was left out: ${refused}`] };
  const wire = completed(kind, id, value);
  if (wire === null) return { sighting: null, odd: [`${what} was left out: it does not name its cluster`] };
  const oddConfiguration = kind === "cluster" && odd.some((one) => one.startsWith("configuration"));
  const sighting: Sighting = {
    kind,
    id,
    // A configuration that is not understood must not pass for one without a key.
    wire: oddConfiguration ? { ...wire, configuration: undefined } : wire,
    raw,
    newestMs,
    file,
    showsConfiguration: showsConfiguration && !oddConfiguration,
  };
  return { sighting, odd: [...odd, ...oddId(kind, id)].map((one) => `${what}: ${one}`) };
}

const NOUNS: Readonly<Record<ThingKind, string>> = {
  cluster: "cluster",
  service: "service",
  task: "task",
  "task-definition": "task definition",
  "service-deployment": "service deployment",
  "service-revision": "service revision",
  key: "key",
  subnet: "subnet",
  identity: "caller identity",
  rotation: "key rotation",
  protection: "task protection",
  image: "image",
  secret: "secret",
  parameter: "parameter",
  "log-group": "log group",
  alarm: "alarm",
  "scalable-target": "scalable target",
  quota: "quota",
  usage: "metric",
  trail: "trail",
  "event-selectors": "event selectors",
};

const IDS: Readonly<Record<ThingKind, string>> = {
  cluster: "clusterArn",
  service: "serviceArn",
  task: "taskArn",
  "task-definition": "taskDefinitionArn",
  "service-deployment": "serviceDeploymentArn",
  "service-revision": "serviceRevisionArn",
  key: "KeyId",
  subnet: "SubnetId",
  identity: "Account",
  rotation: "KeyId",
  protection: "taskArn",
  image: IMAGE_ID,
  secret: "ARN",
  parameter: "Name",
  "log-group": "logGroupName",
  alarm: "AlarmName",
  "scalable-target": "ResourceId",
  quota: "QuotaCode",
  usage: "Id",
  trail: "TrailARN",
  "event-selectors": "TrailARN",
};

function idOf(kind: ThingKind, value: Raw): string | null {
  const id = value[IDS[kind]];
  if (typeof id !== "string" || id === "") return null;
  return kind === "key" || kind === "rotation" ? lastPart(id) : id;
}

function oddId(kind: ThingKind, id: string): readonly string[] {
  if (!IDS[kind].endsWith("Arn")) return [];
  const arn = parseArn(id);
  return isProblem(arn) ? [`its ${IDS[kind]} is ${arn.what}`] : arn.odd;
}

function completed(kind: ThingKind, id: string, value: Raw): Raw | null {
  switch (kind) {
    case "cluster":
      return { ...value, clusterName: value.clusterName || lastPart(id) || id };
    case "service": {
      const clusterArn = clusterArnOf(value.clusterArn, id);
      return clusterArn === null
        ? null
        : { ...value, clusterArn, serviceName: value.serviceName || lastPart(id) || id };
    }
    case "task": {
      const clusterArn = clusterArnOf(value.clusterArn, id);
      return clusterArn === null ? null : { ...value, clusterArn };
    }
    default:
      return value;
  }
}

/** The member where it is an ARN, else the cluster that an ARN of the present format names, else the member as it is. */
export function clusterArnOf(member: unknown, arn: string): string | null {
  const given = typeof member === "string" && member !== "" ? member : null;
  if (given !== null && !isProblem(parseClusterArn(given))) return given;
  const service = parseServiceArn(arn);
  const parsed = isProblem(service) ? parseTaskArn(arn) : service;
  if (isProblem(parsed) || parsed.clusterName === null) return given;
  const { partition, region, account, clusterName } = parsed;
  return formatEcsArn({ kind: "cluster", partition, region, account, clusterName, odd: [] });
}
