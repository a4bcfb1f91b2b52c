// A repository of Amazon ECR: the manifests that it holds, and the tags that name some of them.
// Invariants: a tag names a manifest that is stored here; an image that is gone for a while is neither shown nor pulled.

import type { ArnPlace } from "./arns";
import { arnIn } from "./arns";
import type { ImageManifest } from "./image-manifest";
import type { Lane } from "./lane";
import { nextSequence, type WorldState } from "./world-state";

export type ImageId = { readonly tag: string } | { readonly digest: string };

export interface StoredImage extends ImageManifest {
  readonly sequence: number;
  readonly digest: string;
  readonly pushedAtMs: number;
  /** Until then nobody finds it: somebody deleted it and will push it again. */
  goneUntilMs: number;
}

export interface Repository {
  readonly name: string;
  readonly arn: string;
  /** The account that it belongs to. */
  readonly registryId: string;
  readonly uri: string;
  readonly createdAtMs: number;
  readonly tagMutability: "MUTABLE" | "IMMUTABLE";
  /** By digest. */
  readonly images: Map<string, StoredImage>;
  /** The digest that each tag names. */
  readonly tags: Map<string, string>;
}

/** The image that an id names now; null when there is none. */
export function imageIn({ images, tags }: Repository, id: ImageId, nowMs: number): StoredImage | null {
  const digest = "digest" in id ? id.digest : tags.get(id.tag);
  const found = digest === undefined ? undefined : images.get(digest);
  return found !== undefined && nowMs >= found.goneUntilMs ? found : null;
}

export function tagsOf({ tags }: Repository, digest: string): string[] {
  return [...tags].flatMap(([tag, named]) => (named === digest ? [tag] : [])).toSorted();
}

/** The repository of that name in a lane; made, empty, when first named. */
export function repositoryOf(
  world: WorldState,
  lane: Lane,
  { name, tagMutability = "MUTABLE" }: { readonly name: string; readonly tagMutability?: Repository["tagMutability"] },
): Repository {
  const found = lane.repositories.get(name);
  if (found !== undefined) return found;
  const repository: Repository = {
    name,
    arn: arnIn(lane, "ecr", `repository/${name}`),
    registryId: lane.account,
    uri: `${lane.account}.dkr.ecr.${lane.region}.${domainOf(lane)}/${name}`,
    createdAtMs: world.nowMs,
    tagMutability,
    images: new Map(),
    tags: new Map(),
  };
  lane.repositories.set(name, repository);
  return repository;
}

/** Stores a manifest unless one of that digest is there; the one that is there is then found again. */
export function storeImage(
  world: WorldState,
  repository: Repository,
  { digest, manifest }: { readonly digest: string; readonly manifest: ImageManifest },
): StoredImage {
  const found = repository.images.get(digest);
  if (found !== undefined) return found;
  const image = { ...manifest, sequence: nextSequence(world), digest, pushedAtMs: world.nowMs, goneUntilMs: 0 };
  repository.images.set(digest, image);
  return image;
}

function domainOf({ partition }: ArnPlace): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}
