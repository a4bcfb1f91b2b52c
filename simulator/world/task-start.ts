// What a start of a task needs beside its key: the images, secrets and log groups of its containers.
// Source: "Stopped tasks error messages", ECS developer guide (documented: CannotPullContainerError, ResourceInitializationError, and
// how each begins); the rest of the texts is reported.
// Invariant: everything is looked at when the task has its volume, in AWS's order: secrets, images, logging.

import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { logTrouble } from "./container-log";
import { secretsOf, secretTrouble } from "./container-secrets";
import { type PulledImage, pullImage } from "./image-pull";
import type { Task } from "./task";
import { definitionOf } from "./task-launch";
import type { WorldState } from "./world-state";

export type TaskStart =
  /** The digests that its containers show, by name. */
  | { readonly kind: "starts"; readonly imageDigests: Readonly<Record<string, string>> }
  | { readonly kind: "fails"; readonly reason: string };

export function startOf(world: WorldState, task: Task): TaskStart {
  const { lane } = task.cluster;
  const containers = containersOf(task);
  const pulls = pullAll(world, task);
  const reason =
    firstOf(
      containers.flatMap((container) => secretsOf(lane, container)),
      (written) => secretTrouble(world, lane, written),
    ) ??
    firstOf(pulls, ({ image, pulled }) => (pulled === null ? cannotPull(image) : null)) ??
    firstOf(containers, (container) => logTrouble(world, lane, container));
  if (reason !== null) return { kind: "fails", reason };
  const digests = pulls.map(({ name, pulled }) => [name, pulled?.runs ?? ""] as const);
  return { kind: "starts", imageDigests: Object.fromEntries(digests) };
}

/** As AWS says it of an image that its registry does not have. */
export function cannotPull(image: string): string {
  return (
    "CannotPullContainerError: pull image manifest has been retried 1 time(s): " +
    `failed to resolve ref ${image}: ${image}: not found`
  );
}

export function containersOf(task: Task): readonly ContainerDefinition[] {
  return definitionOf(task.cluster.lane, task.taskDefinitionArn)?.definition.containerDefinitions ?? [];
}

interface ContainerPull {
  readonly name: string;
  readonly image: string;
  readonly pulled: PulledImage | null;
}

function pullAll(world: WorldState, task: Task): readonly ContainerPull[] {
  const { lane } = task.cluster;
  const definition = definitionOf(lane, task.taskDefinitionArn);
  if (definition === undefined) return [];
  const settled = task.unit?.revision.imageDigests ?? {};
  return containersOf(task).map((container) => {
    const { name = "", image = "" } = container;
    return { name, image, pulled: pullImage(world, { lane, definition, container, settled: settled[name] ?? null }) };
  });
}

function firstOf<T>(items: readonly T[], trouble: (item: T) => string | null): string | null {
  for (const item of items) {
    const found = trouble(item);
    if (found !== null) return found;
  }
  return null;
}
