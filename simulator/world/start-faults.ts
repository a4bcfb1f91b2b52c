// Faults that change what a start of tasks needs: images, secrets, parameters, log groups and task definitions.
// Invariants: a fault that names what does not exist is refused with the name; an image that is gone is gone for everybody who
// shares it, in the registry and for the pulls of every revision that settled on it.

import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { lastPart } from "../../domain/arn";
import { parseImageReference } from "../../domain/image-reference";
import { manifestDigest, unseenManifest } from "./image-manifest";
import { repositoryNamed } from "./image-pull";
import type { Lane } from "./lane";
import { imageIn, type Repository, storeImage } from "./repository";
import type { Revision } from "./revision";
import { secretNamed } from "./secret";
import { unitsOf } from "./service-deletion";
import type { TaskDefinition } from "./task-definition";
import type { StartFault } from "./world-fault";
import type { WorldState } from "./world-state";

const FOR_EVER_MS = Number.MAX_SAFE_INTEGER;
const DAY_MS = 86_400_000;
const RECOVERY_DAYS = 30;

export function changeStartNeeds(world: WorldState, lane: Lane, fault: StartFault): void {
  switch (fault.kind) {
    case "image-missing":
      loseImages(world, lane, fault);
      return;
    case "image-moved":
      moveTag(world, lane, fault);
      return;
    case "secret-deleted":
      secretAt(world, lane, fault.secret).deletionAtMs = world.nowMs;
      return;
    case "secret-scheduled-for-deletion":
      secretAt(world, lane, fault.secret).deletionAtMs = world.nowMs + (fault.windowDays ?? RECOVERY_DAYS) * DAY_MS;
      return;
    case "parameter-deleted":
      if (!lane.parameters.delete(fault.parameter)) throw absent("parameter", fault.parameter);
      return;
    case "log-group-deleted":
      if (!lane.logGroups.delete(fault.logGroup)) throw absent("log group", fault.logGroup);
      return;
    case "task-definition-inactive": {
      const definition = definitionAt(lane, fault.taskDefinition);
      definition.status = "INACTIVE";
      definition.deregisteredAtMs ??= world.nowMs;
      return;
    }
  }
}

function loseImages(world: WorldState, lane: Lane, fault: Extract<StartFault, { kind: "image-missing" }>): void {
  const definition = definitionAt(lane, fault.taskDefinition);
  const untilMs = fault.untilMs ?? FOR_EVER_MS;
  for (const container of definition.definition.containerDefinitions ?? []) {
    const image = container.image ?? "";
    const parsed = parseImageReference(image);
    const repository = parsed.kind === "ecr" ? repositoryNamed(world, parsed) : undefined;
    if (parsed.kind !== "ecr" || repository === undefined) {
      lane.missingImages.set(image, untilMs);
      continue;
    }
    const named = imageIn(repository, parsed.id, world.nowMs);
    const digests = [...(named === null ? [] : [named.digest]), ...settledOn(lane, definition, container)];
    for (const digest of new Set(digests)) hide(repository, digest, untilMs);
  }
}

/** An index goes with the manifests that it lists. */
function hide(repository: Repository, digest: string, untilMs: number): void {
  const image = repository.images.get(digest);
  if (image === undefined) return;
  for (const each of [image, ...image.platformDigests.map((listed) => repository.images.get(listed))]) {
    if (each !== undefined) each.goneUntilMs = untilMs;
  }
}

/** The digests of a container's image that the present revisions of services settled on. */
function settledOn(lane: Lane, { arn }: TaskDefinition, { name = "" }: ContainerDefinition): readonly string[] {
  const revisions: Revision[] = [];
  for (const cluster of lane.clusters.values()) {
    for (const service of cluster.services.values()) {
      revisions.push(...unitsOf(service).map(({ revision }) => revision));
      if (service.lastSuccessful !== null) revisions.push(service.lastSuccessful.revision);
    }
  }
  return revisions
    .filter(({ spec }) => spec.taskDefinitionArn === arn)
    .flatMap(({ imageDigests }) => imageDigests[name] ?? []);
}

function moveTag(world: WorldState, lane: Lane, fault: Extract<StartFault, { kind: "image-moved" }>): void {
  const parsed = parseImageReference(fault.image);
  const isFull = parsed.kind === "ecr";
  const [name = "", tag = "latest"] = isFull ? [parsed.repository] : fault.image.split(":");
  const repository = isFull ? repositoryNamed(world, parsed) : lane.repositories.get(name);
  if (repository === undefined) throw absent("repository", isFull ? parsed.repository : name);
  if (isFull && "digest" in parsed.id) {
    throw new RangeError(`image ${fault.image} is named by its digest and cannot move; name it by its tag`);
  }
  const moved = isFull && "tag" in parsed.id ? parsed.id.tag : tag;
  if (!repository.tags.has(moved)) throw absent("image", `${repository.name}:${moved}`);
  const digest = fault.digest ?? manifestDigest(`${repository.arn}:${moved} pushed at ${world.nowMs}`);
  storeImage(world, repository, { digest, manifest: unseenManifest(digest, []) });
  repository.tags.set(moved, digest);
}

function secretAt(world: WorldState, lane: Lane, reference: string) {
  const secret = secretNamed(lane, reference, world.nowMs);
  if (secret === undefined) throw absent("secret", reference);
  return secret;
}

function definitionAt(lane: Lane, reference: string): TaskDefinition {
  const definition = lane.taskDefinitions.get(lastPart(reference));
  if (definition !== undefined) return definition;
  throw new RangeError(`no task definition ${reference}; give family:revision or its ARN`);
}

function absent(kind: string, name: string): RangeError {
  return new RangeError(`no ${kind} ${name} in the simulated world; name one that is there`);
}
