// What pulling an image gives: the digest of its manifest, or that it is gone.
// Sources: "Container image resolution", ECS developer guide (documented: a deployment establishes the digest of each tag, and its
// later tasks run that digest; versionConsistency "disabled" on a container turns that off). Here the digest is settled when the
// deployment begins, not by its first task. Which digest a task reports for an index is inferred: that of a listed manifest.
// Invariants: a repository that this world holds is exact; images of registries that it does not hold are always there, unless a
// fault takes them away (the switch unknownRepository decides about this lane's own registry).

import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { parseImageReference } from "../../domain/image-reference";
import type { Lane } from "./lane";
import { imageIn, type Repository } from "./repository";
import type { TaskDefinition } from "./task-definition";
import type { WorldState } from "./world-state";

export interface PulledImage {
  /** What a deployment keeps: the digest of the manifest that the reference names. */
  readonly digest: string;
  /** What a task shows: of an index, the digest of one of the manifests that it lists. */
  readonly runs: string;
}

export interface PullQuestion {
  readonly lane: Lane;
  readonly definition: TaskDefinition;
  readonly container: ContainerDefinition;
  /** The digest that the task's deployment settled on; null: the reference decides now. */
  readonly settled: string | null;
}

/** Null when the image is gone. */
export function pullImage(world: WorldState, question: PullQuestion): PulledImage | null {
  const { lane, definition, container, settled } = question;
  const image = container.image ?? "";
  if (world.nowMs < (lane.missingImages.get(image) ?? 0)) return null;
  const reference = parseImageReference(image);
  const pinned = reference.kind === "ecr" && "digest" in reference.id ? reference.id.digest : digestIn(image);
  if (reference.kind === "ecr") {
    const repository = repositoryNamed(world, reference);
    if (repository !== undefined) {
      const found = imageIn(repository, settled === null ? reference.id : { digest: settled }, world.nowMs);
      return found === null ? null : { digest: found.digest, runs: found.platformDigests[0] ?? found.digest };
    }
    const isOwn = reference.account === lane.account && reference.region === lane.region;
    if (isOwn && world.switches.unknownRepository === "missing") return null;
  }
  const digest = settled ?? pinned ?? definition.imageDigests[container.name ?? ""] ?? "";
  return { digest, runs: digest };
}

/** The digests that a deployment of a task definition settles on when it begins, by container; what is gone has none. */
export function settledDigests(
  world: WorldState,
  lane: Lane,
  definition: TaskDefinition | undefined,
): Readonly<Record<string, string>> {
  if (definition === undefined) return {};
  const settled = (definition.definition.containerDefinitions ?? []).flatMap((container) => {
    const pulled = pullImage(world, { lane, definition, container, settled: null });
    return pulled === null || container.versionConsistency === "disabled" ? [] : [[container.name, pulled.digest]];
  });
  return Object.fromEntries(settled);
}

/** The repository of Amazon ECR that a reference means, in whatever lane of this world it is. */
export function repositoryNamed(
  world: WorldState,
  { account, region, repository }: { readonly account: string; readonly region: string; readonly repository: string },
): Repository | undefined {
  return world.lanes.get(`${account}/${region}`)?.repositories.get(repository);
}

function digestIn(image: string): string | null {
  const at = image.indexOf("@");
  return at < 0 ? null : image.slice(at + 1);
}
