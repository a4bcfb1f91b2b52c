// ARNs of Amazon ECS: one type and one parser a resource, one formatter for all.
// Shapes: Service Authorization Reference, "Actions, resources, and condition keys for Amazon ECS" (documented).
//
// Invariants
//   formatEcsArn(parse…(text)) === text for every text that parses
//   clusterName === null means the old ARN format, which left the cluster out; it is then noted in `odd`

import { formatArn, parseArn } from "./arn";
import { isProblem, type Problem, problem } from "./problem";

interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly odd: readonly string[];
}

export interface ClusterArn extends Place {
  readonly kind: "cluster";
  readonly clusterName: string;
}

export interface ServiceArn extends Place {
  readonly kind: "service";
  readonly clusterName: string | null;
  readonly serviceName: string;
}

export interface TaskArn extends Place {
  readonly kind: "task";
  readonly clusterName: string | null;
  readonly taskId: string;
}

export interface ServicePartArn extends Place {
  readonly kind: "service-deployment" | "service-revision" | "task-set";
  readonly clusterName: string;
  readonly serviceName: string;
  readonly id: string;
}

export interface TaskDefinitionArn extends Place {
  readonly kind: "task-definition";
  readonly family: string;
  readonly revision: number;
}

export type EcsArn = ClusterArn | ServiceArn | TaskArn | ServicePartArn | TaskDefinitionArn;

export function parseClusterArn(text: string): ClusterArn | Problem {
  const read = readParts(text, "cluster", [1]);
  if (isProblem(read)) return read;
  return { kind: "cluster", ...read.place, clusterName: at(read.parts, 0) };
}

/** Takes the old format `service/NAME` too. */
export function parseServiceArn(text: string): ServiceArn | Problem {
  const read = readParts(text, "service", [1, 2]);
  if (isProblem(read)) return read;
  return { kind: "service", ...withCluster(read), serviceName: at(read.parts, -1) };
}

/** Takes the old format `task/ID` too. */
export function parseTaskArn(text: string): TaskArn | Problem {
  const read = readParts(text, "task", [1, 2]);
  if (isProblem(read)) return read;
  return { kind: "task", ...withCluster(read), taskId: at(read.parts, -1) };
}

export function parseServiceDeploymentArn(text: string): ServicePartArn | Problem {
  return parseServicePart(text, "service-deployment");
}

export function parseServiceRevisionArn(text: string): ServicePartArn | Problem {
  return parseServicePart(text, "service-revision");
}

export function parseTaskSetArn(text: string): ServicePartArn | Problem {
  return parseServicePart(text, "task-set");
}

export function parseTaskDefinitionArn(text: string): TaskDefinitionArn | Problem {
  const read = readParts(text, "task-definition", [1]);
  if (isProblem(read)) return read;
  const [family = "", revision = "", ...more] = at(read.parts, 0).split(":");
  if (family === "" || !/^[1-9]\d*$/.test(revision) || more.length > 0) {
    return problem(
      "a task definition ARN without family and revision",
      text,
      "end it with task-definition/FAMILY:NUMBER",
    );
  }
  return { kind: "task-definition", ...read.place, family, revision: Number(revision) };
}

export function formatEcsArn(arn: EcsArn): string {
  const { partition, region, account } = arn;
  return formatArn({ partition, service: "ecs", region, account, resource: resourceOf(arn) });
}

function resourceOf(arn: EcsArn): string {
  switch (arn.kind) {
    case "cluster":
      return `cluster/${arn.clusterName}`;
    case "service":
      return ["service", ...named(arn.clusterName), arn.serviceName].join("/");
    case "task":
      return ["task", ...named(arn.clusterName), arn.taskId].join("/");
    case "service-deployment":
    case "service-revision":
    case "task-set":
      return [arn.kind, arn.clusterName, arn.serviceName, arn.id].join("/");
    case "task-definition":
      return `task-definition/${arn.family}:${arn.revision}`;
  }
}

interface Read {
  readonly place: Place;
  /** What follows the resource type, split at the slashes; never empty. */
  readonly parts: readonly string[];
}

function readParts(text: string, type: EcsArn["kind"], counts: readonly number[]): Read | Problem {
  const arn = parseArn(text);
  if (isProblem(arn)) return arn;
  const remedy = `give the ARN of an ECS ${type}, arn:aws:ecs:REGION:ACCOUNT:${type}/…`;
  const [foundType, ...parts] = arn.resource.split("/");
  if (arn.service !== "ecs" || foundType !== type) return problem(`not the ARN of an ECS ${type}`, text, remedy);
  if (arn.region === "" || arn.account === "") return problem("an ECS ARN without Region or account", text, remedy);
  if (!counts.includes(parts.length) || parts.includes("")) {
    return problem(`an ECS ${type} ARN with too few or too many parts`, text, remedy);
  }
  const { partition, region, account, odd } = arn;
  return { place: { partition, region, account, odd }, parts };
}

function parseServicePart(text: string, kind: ServicePartArn["kind"]): ServicePartArn | Problem {
  // AWS shows task sets with an id of two parts too: task-set/CLUSTER/SERVICE/ecs-svc/NUMBER.
  const read = readParts(text, kind, kind === "task-set" ? [3, 4] : [3]);
  if (isProblem(read)) return read;
  const { place, parts } = read;
  return { kind, ...place, clusterName: at(parts, 0), serviceName: at(parts, 1), id: parts.slice(2).join("/") };
}

function withCluster({ place, parts }: Read): Place & { readonly clusterName: string | null } {
  if (parts.length === 2) return { ...place, clusterName: at(parts, 0) };
  return { ...place, odd: [...place.odd, "old format, without the cluster's name"], clusterName: null };
}

function named(clusterName: string | null): readonly string[] {
  return clusterName === null ? [] : [clusterName];
}

/** A part that the count checked before says is there. */
function at(parts: readonly string[], index: number): string {
  return parts.at(index) ?? "";
}
