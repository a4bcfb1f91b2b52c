// What can stand against a redeployment and is found by looking: each as a change of one service of a fleet in which all was seen.

import { known, unknown } from "../../../domain/fact";
import type {
  ContainerRecord,
  DeploymentRecord,
  Fleet,
  ServiceRecord,
  TaskDefinitionRecord,
  TaskRecord,
} from "../../../domain/fleet";
import type { FoundImage } from "../../../domain/fleet-surroundings";
import { seenWhole } from "./seen-whole";

export const RUNS = `sha256:9c1f${"0".repeat(60)}`;
export const MOVED_TO = `sha256:4e77${"0".repeat(60)}`;
export const SECRET = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:pay/db-AbCdEf";
export const HOUR_LATER = "2026-06-01T09:00:00.000Z";

export type Situate = (fleet: Fleet, service: ServiceRecord) => Fleet;

export const SITUATIONS = {
  fine: (fleet) => fleet,
  imageGone: (fleet, service) => withImage(fleet, service, known(null, fleet.readAt)),
  imageMoved: (fleet, service) => withImage(fleet, service, found(fleet, MOVED_TO)),
  imageOfPlatform: (fleet, service) => withImage(fleet, service, found(fleet, MOVED_TO, [RUNS])),
  imageDenied: (fleet, service) => withImage(fleet, service, denied("ecr:BatchGetImage")),
  imageElsewhere: (fleet, service) => {
    const there = withContainers(fleet, service, { image: "docker.io/library/nginx:1.27" });
    const why = "docker.io is not asked";
    return withImage(there, there.services.find(({ arn }) => arn === service.arn) ?? service, unknown(why));
  },
  secretMissing: (fleet, service) => withSecret(fleet, service, known("missing", fleet.readAt)),
  secretBeingDeleted: (fleet, service) => withSecret(fleet, service, known("being-deleted", fleet.readAt)),
  secretDenied: (fleet, service) => withSecret(fleet, service, denied("secretsmanager:DescribeSecret")),
  logGroupMissing: (fleet, service) => withLogGroup(fleet, service, known(false, fleet.readAt)),
  logGroupDenied: (fleet, service) => withLogGroup(fleet, service, denied("logs:DescribeLogGroups")),
  inactive: (fleet, service) => withDefinition(fleet, service, { status: "INACTIVE" }),
  ownVolume: (fleet, service) => withPrimary(fleet, service, { ebsVolumes: ["data"] }),
  efsWriter: (fleet, service) =>
    withDefinition(fleet, service, { efsVolumes: [{ name: "shared", fileSystemId: "fs-1", writable: true }] }),
  held: (fleet, service) => withProtection(fleet, service, HOUR_LATER),
} as const satisfies Readonly<Record<string, Situate>>;

export type Situation = keyof typeof SITUATIONS;

/** The fleet's first service, in these situations one after the other. */
export function situated(fleet: Fleet, ...situations: readonly Situation[]): Fleet {
  const [first] = fleet.services;
  if (first === undefined) throw new Error("the fleet of this test has no service");
  return situations.reduce((so, situation) => inSituation(so, first.arn, situation), seenWhole(fleet));
}

export function inSituation(fleet: Fleet, arn: string, situation: Situation): Fleet {
  const service = fleet.services.find((one) => one.arn === arn);
  if (service === undefined) throw new Error(`the fleet of this test has no service ${arn}`);
  return SITUATIONS[situation](fleet, service);
}

export function found(fleet: Fleet, digest: string, platformDigests: readonly string[] = []) {
  return known<FoundImage | null>({ digest, platformDigests }, fleet.readAt);
}

export function denied(permission: string) {
  return unknown(`${permission} was denied for what was asked: no permission`, permission);
}

/** Its tasks run RUNS; its registry shows what is given. */
export function withImage(fleet: Fleet, service: ServiceRecord, fact: Fleet["images"][number]["found"]): Fleet {
  const images = new Set(definitionOf(fleet, service)?.containers.map(({ image }) => image));
  const records = [...images].map((reference) => ({ reference, found: fact }));
  const others = fleet.images.filter(({ reference }) => !images.has(reference));
  return withTasks({ ...fleet, images: [...others, ...records] }, service, { imageDigests: { app: RUNS } });
}

/** Named by digest; null: no longer there. */
export function withPinnedImage(fleet: Fleet, service: ServiceRecord, digest: string | null): Fleet {
  const image = definitionOf(fleet, service)?.containers[0]?.image.replace(/:[^:/]+$/, `@${RUNS}`) ?? "";
  const so = withContainers(fleet, service, { image });
  return withImage(so, service, digest === null ? known(null, fleet.readAt) : found(fleet, digest));
}

export function withSecret(fleet: Fleet, service: ServiceRecord, state: Fleet["secrets"][number]["state"]): Fleet {
  const reference = SECRET.replace("pay/db", service.arn.slice(service.arn.indexOf("/") + 1));
  const so = withContainers(fleet, service, { secretArns: [`${reference}:password::`] });
  const others = fleet.secrets.filter((one) => one.reference !== reference);
  return { ...so, secrets: [...others, { kind: "secret", reference, state }] };
}

export function withLogGroup(
  fleet: Fleet,
  service: ServiceRecord,
  exists: Fleet["logGroups"][number]["exists"],
): Fleet {
  const name = definitionOf(fleet, service)?.containers[0]?.logGroup ?? "";
  const others = fleet.logGroups.filter((one) => one.name !== name);
  return { ...fleet, logGroups: [...others, { name, exists }] };
}

export function withContainers(fleet: Fleet, service: ServiceRecord, change: Partial<ContainerRecord>): Fleet {
  const containers = definitionOf(fleet, service)?.containers.map((container) => ({ ...container, ...change }));
  return containers === undefined ? fleet : withDefinition(fleet, service, { containers });
}

export function withDefinition(fleet: Fleet, service: ServiceRecord, change: Partial<TaskDefinitionRecord>): Fleet {
  const taskDefinitions = fleet.taskDefinitions.map((fact) =>
    fact.kind === "known" && fact.value.arn === service.taskDefinitionArn
      ? known({ ...fact.value, ...change }, fact.asOf)
      : fact,
  );
  return { ...fleet, taskDefinitions };
}

export function withPrimary(fleet: Fleet, { arn }: ServiceRecord, change: Partial<DeploymentRecord>): Fleet {
  const services = fleet.services.map((service) =>
    service.arn === arn
      ? { ...service, deployments: service.deployments.map((deployment) => ({ ...deployment, ...change })) }
      : service,
  );
  return { ...fleet, services };
}

export function withTasks(fleet: Fleet, service: ServiceRecord, change: Partial<TaskRecord>): Fleet {
  const tasks = fleet.tasks.map((task) => (isOf(task, service) ? { ...task, ...change } : task));
  return { ...fleet, tasks };
}

/** Every task of it, in addition to those that are protected already. */
export function withProtection(fleet: Fleet, service: ServiceRecord, expiresAt: string | null): Fleet {
  const held = fleet.tasks.filter((task) => isOf(task, service)).map(({ arn }) => ({ arn, expiresAt }));
  const clusters = fleet.clusters.map((cluster) => {
    if (cluster.arn !== service.clusterArn) return cluster;
    const before = cluster.protectedTasks.kind === "known" ? cluster.protectedTasks.value : [];
    return { ...cluster, protectedTasks: known([...before, ...held], fleet.readAt) };
  });
  return { ...fleet, clusters };
}

function isOf(task: TaskRecord, { clusterArn, name }: ServiceRecord): boolean {
  return task.clusterArn === clusterArn && task.group === `service:${name}`;
}

function definitionOf(fleet: Fleet, { taskDefinitionArn }: ServiceRecord): TaskDefinitionRecord | undefined {
  return fleet.taskDefinitions
    .flatMap((fact) => (fact.kind === "known" ? [fact.value] : []))
    .find(({ arn }) => arn === taskDefinitionArn);
}
