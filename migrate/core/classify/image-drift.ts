// Whether a redeployment would start another image than the one that runs: a tag that was moved since its tasks started.
// Sources: API reference, Container.imageDigest (the digest of the image that a container runs; documented); developer guide,
// "Amazon ECS services: container image resolution" (a new deployment resolves tags anew; documented). That ECS may show the
// platform's own manifest of a multi-architecture image, and not the index that the tag names, is reported.
//
// Invariants
//   a digest that the present image lists for one of its platforms is the same image
//   only running tasks of the primary deployment are judged; if one of them runs another image than a start would pull now, it drifts
//   what no task shows, or no registry, is unseen; a reference pinned by digest never drifts, nor does a service that wants no task

import type { ContainerRecord, ServiceRecord, TaskRecord } from "../../../domain/fleet";
import type { FoundImage } from "../../../domain/fleet-surroundings";
import { isPinnedByDigest } from "../../../domain/image-reference";
import { type StartQuestion, type Unseen, unseen } from "./start-question";

export interface MovedImage {
  /** As the task definition writes it. */
  readonly reference: string;
  readonly container: string;
  /** `sha256:…`: what the container runs. */
  readonly runningDigest: string;
  /** `sha256:…`: what a start would pull now. */
  readonly presentDigest: string;
}

export interface DriftAnswer {
  readonly moved: readonly MovedImage[];
  readonly unseen: readonly Unseen[];
}

export function imageDrift({ service, tasks, taskDefinition, surroundings }: StartQuestion): DriftAnswer {
  if (taskDefinition?.kind !== "known" || service.desiredCount === 0) return { moved: [], unseen: [] };
  const running = runningTasks(service, tasks);
  const parts = taskDefinition.value.containers
    .filter(({ image }) => !isPinnedByDigest(image))
    .map((container): DriftAnswer => {
      const fact = surroundings.image(container.image);
      const what = `whether image ${container.image} moved since its tasks started`;
      if (fact.kind === "unknown") return { moved: [], unseen: [unseen("drift", container.image, { fact, what })] };
      if (fact.value === null) return { moved: [], unseen: [] };
      return compare(container, running, { present: fact.value, what });
    });
  return { moved: parts.flatMap(({ moved }) => moved), unseen: parts.flatMap((part) => part.unseen) };
}

function compare(
  { name, image }: ContainerRecord,
  running: readonly TaskRecord[],
  { present, what }: { readonly present: FoundImage; readonly what: string },
): DriftAnswer {
  const digests = new Set(running.flatMap(({ imageDigests }) => imageDigests[name] ?? []));
  if (digests.size === 0) {
    const fact = { kind: "unknown", why: "no running task shows what it runs" } as const;
    return { moved: [], unseen: [unseen("drift", image, { fact, what })] };
  }
  const same = new Set([present.digest, ...present.platformDigests]);
  const runningDigest = [...digests].toSorted().find((digest) => !same.has(digest));
  if (runningDigest === undefined) return { moved: [], unseen: [] };
  return {
    moved: [{ reference: image, container: name, runningDigest, presentDigest: present.digest }],
    unseen: [],
  };
}

/** Whose images are judged: tasks that the primary deployment started, that run and shall run on. */
export function runningTasks({ deployments }: ServiceRecord, tasks: readonly TaskRecord[]): readonly TaskRecord[] {
  const primary = deployments.find(({ status }) => status === "PRIMARY");
  if (primary === undefined) return [];
  return tasks.filter(
    ({ startedBy, lastStatus, desiredStatus }) =>
      startedBy === primary.id && lastStatus === "RUNNING" && desiredStatus === "RUNNING",
  );
}
