// CreateRepository, PutImage and BatchDeleteImage.
// Source: ECR API reference (documented: an image is its manifest and its digest; immutable tags; an index needs the manifests that
// it lists; deleting the last tag of an image deletes the image, deleting by digest takes all its tags; a manifest that an index
// lists cannot be deleted); the texts are inferred. Layers are not modelled, so none is ever missing.

import type {
  BatchDeleteImageRequest,
  CreateRepositoryRequest,
  ImageFailure,
  ImageIdentifier,
  PutImageRequest,
} from "@aws-sdk/client-ecr";
import { AwsError, invalidParameter } from "../../world/aws-error";
import { type ImageManifest, manifestDigest, readManifest } from "../../world/image-manifest";
import { imageIn, type Repository, repositoryOf, type StoredImage, storeImage, tagsOf } from "../../world/repository";
import { instant } from "../instant";
import type { Context } from "../operation";
import { requireOwnRegistry, requireRepository } from "./find-repository";
import { imageNamed, requireIds, requireTag } from "./image-ids";
import { imageView } from "./read-images";

const NAME = /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;
const NAME_LENGTH = { least: 2, most: 256 };

export function createRepository(context: Context, input: CreateRepositoryRequest) {
  const { world, lane } = context;
  requireOwnRegistry(context, input.registryId);
  const name = requireName(input.repositoryName ?? "");
  const tagMutability = input.imageTagMutability ?? "MUTABLE";
  if (tagMutability !== "MUTABLE" && tagMutability !== "IMMUTABLE") {
    throw invalidParameter(`The simulator models the tag mutabilities MUTABLE and IMMUTABLE, not ${tagMutability}.`);
  }
  if (lane.repositories.has(name)) {
    throw new AwsError(
      "RepositoryAlreadyExistsException",
      `The repository with name '${name}' already exists in the registry with id '${lane.account}'`,
    );
  }
  return { repository: repositoryView(repositoryOf(world, lane, { name, tagMutability })) };
}

export function putImage(context: Context, input: PutImageRequest) {
  requireOwnRegistry(context, input.registryId);
  const repository = requireRepository(context, input);
  const text = input.imageManifest ?? "";
  const manifest = readManifest(text, input.imageManifestMediaType);
  if (manifest === null) throw invalidParameter("Invalid parameter at 'imageManifest': it is no manifest in JSON.");
  const digest = manifestDigest(text);
  if (input.imageDigest !== undefined && input.imageDigest !== digest) {
    throw new AwsError(
      "ImageDigestDoesNotMatchException",
      `The digest of the manifest is ${digest}, not ${input.imageDigest}`,
    );
  }
  if (input.imageTag !== undefined) requireTag(input.imageTag);
  requireListed(context, repository, manifest);
  requireNew(context, repository, { digest, tag: input.imageTag });
  const image = storeImage(context.world, repository, { digest, manifest });
  image.goneUntilMs = 0;
  if (input.imageTag !== undefined) repository.tags.set(input.imageTag, digest);
  return { image: imageView(repository, image, input.imageTag) };
}

export function batchDeleteImage(context: Context, input: BatchDeleteImageRequest) {
  requireOwnRegistry(context, input.registryId);
  const repository = requireRepository(context, input);
  const imageIds: ImageIdentifier[] = [];
  const failures: ImageFailure[] = [];
  for (const imageId of requireIds(input.imageIds)) {
    const named = imageNamed(repository, imageId, context.world.nowMs);
    const failure = named.kind === "failed" ? named.failure : deleteOne(repository, named.image, imageId);
    if (failure === null && named.kind === "found") imageIds.push({ ...imageId, imageDigest: named.image.digest });
    else if (failure !== null) failures.push(failure);
  }
  return { imageIds, failures };
}

function deleteOne(repository: Repository, { digest }: StoredImage, imageId: ImageIdentifier): ImageFailure | null {
  const { imageTag } = imageId;
  const isLastTag = imageTag !== undefined && tagsOf(repository, digest).length === 1;
  if (imageTag !== undefined && !isLastTag) {
    repository.tags.delete(imageTag);
    return null;
  }
  if ([...repository.images.values()].some(({ platformDigests }) => platformDigests.includes(digest))) {
    const failureReason = "Requested image referenced by manifest list";
    return { imageId, failureCode: "ImageReferencedByManifestList", failureReason };
  }
  for (const tag of tagsOf(repository, digest)) repository.tags.delete(tag);
  repository.images.delete(digest);
  return null;
}

function requireName(name: string): string {
  if (NAME.test(name) && name.length >= NAME_LENGTH.least && name.length <= NAME_LENGTH.most) return name;
  throw invalidParameter(`Invalid parameter at 'repositoryName': ${JSON.stringify(name)} is no name of a repository.`);
}

function requireListed({ world }: Context, repository: Repository, { platformDigests }: ImageManifest): void {
  const missing = platformDigests.filter((digest) => imageIn(repository, { digest }, world.nowMs) === null);
  if (missing.length === 0) return;
  throw new AwsError(
    "ReferencedImagesNotFoundException",
    `Requested image manifest lists what the repository does not have: ${missing.join(", ")}`,
  );
}

function requireNew(
  { world }: Context,
  repository: Repository,
  { digest, tag }: { readonly digest: string; readonly tag: string | undefined },
): void {
  const isThere = imageIn(repository, { digest }, world.nowMs) !== null;
  if (isThere && (tag === undefined || repository.tags.get(tag) === digest)) {
    throw new AwsError(
      "ImageAlreadyExistsException",
      `Image with digest '${digest}' already exists in ${repository.name}`,
    );
  }
  if (tag === undefined || repository.tagMutability === "MUTABLE" || !repository.tags.has(tag)) return;
  throw new AwsError(
    "ImageTagAlreadyExistsException",
    `The image tag '${tag}' already exists in the '${repository.name}' repository and cannot be overwritten because the repository is immutable.`,
  );
}

function repositoryView(repository: Repository) {
  return {
    repositoryArn: repository.arn,
    registryId: repository.registryId,
    repositoryName: repository.name,
    repositoryUri: repository.uri,
    createdAt: instant(repository.createdAtMs),
    imageTagMutability: repository.tagMutability,
  };
}
