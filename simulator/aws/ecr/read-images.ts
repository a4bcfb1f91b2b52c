// BatchGetImage and DescribeImages.
// Source: ECR API reference (documented: what is not found is a failure of BatchGetImage and the error of a whole DescribeImages;
// pages have 100 images; maxResults and nextToken cannot be used with imageIds). Every manifest is given in its own media type.

import type {
  BatchGetImageRequest,
  DescribeImagesRequest,
  Image,
  ImageDetail,
  ImageFailure,
} from "@aws-sdk/client-ecr";
import { AwsError, invalidParameter } from "../../world/aws-error";
import { type Repository, type StoredImage, tagsOf } from "../../world/repository";
import { instant } from "../instant";
import { type Context, withoutUndefined } from "../operation";
import { limitOf, pageOf } from "../pagination";
import { requireRepository } from "./find-repository";
import { imageNamed, requireIds } from "./image-ids";

const PAGE = { standard: 100, most: 1_000 };

export function batchGetImage(context: Context, input: BatchGetImageRequest) {
  const repository = requireRepository(context, input);
  const images: Image[] = [];
  const failures: ImageFailure[] = [];
  for (const imageId of requireIds(input.imageIds)) {
    const named = imageNamed(repository, imageId, context.world.nowMs);
    if (named.kind === "failed") failures.push(named.failure);
    else images.push(imageView(repository, named.image, imageId.imageTag));
  }
  return { images, failures };
}

export function describeImages(context: Context, input: DescribeImagesRequest) {
  const repository = requireRepository(context, input);
  if (input.imageIds !== undefined) return { imageDetails: namedDetails(context, repository, input) };
  const { world } = context;
  const status = input.filter?.tagStatus ?? "ANY";
  const tagged = ({ digest }: StoredImage): boolean => tagsOf(repository, digest).length > 0;
  const page = pageOf(
    repository.images.values(),
    {
      question: `images ${repository.arn} ${status}`,
      token: input.nextToken,
      limit: limitOf(input.maxResults, PAGE),
    },
    (image) => world.nowMs >= image.goneUntilMs && (status === "ANY" || tagged(image) === (status === "TAGGED")),
  );
  return { imageDetails: page.items.map((image) => detailView(repository, image)), nextToken: page.nextToken };
}

export function imageView(repository: Repository, image: StoredImage, imageTag: string | undefined): Image {
  return {
    registryId: repository.registryId,
    repositoryName: repository.name,
    imageId: withoutUndefined({ imageDigest: image.digest, imageTag }),
    imageManifest: image.text,
    imageManifestMediaType: image.mediaType,
  };
}

function namedDetails({ world }: Context, repository: Repository, input: DescribeImagesRequest): ImageDetail[] {
  if (input.maxResults !== undefined || input.nextToken !== undefined) {
    throw invalidParameter("maxResults and nextToken cannot be given together with imageIds.");
  }
  return requireIds(input.imageIds).map((imageId) => {
    const named = imageNamed(repository, imageId, world.nowMs);
    if (named.kind === "found") return detailView(repository, named.image);
    const { imageDigest, imageTag } = imageId;
    throw new AwsError(
      "ImageNotFoundException",
      `The image with imageId {imageDigest:'${imageDigest ?? "null"}', imageTag:'${imageTag ?? "null"}'} does not exist ` +
        `within the repository with name '${repository.name}' in the registry with id '${repository.registryId}'`,
    );
  });
}

function detailView(repository: Repository, image: StoredImage): ImageDetail {
  const tags = tagsOf(repository, image.digest);
  return withoutUndefined({
    registryId: repository.registryId,
    repositoryName: repository.name,
    imageDigest: image.digest,
    imageTags: tags.length === 0 ? undefined : tags,
    imagePushedAt: instant(image.pushedAtMs),
    imageManifestMediaType: image.mediaType,
  });
}
