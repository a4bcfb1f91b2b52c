// What an ECR repository holds under given tags and digests: BatchGetImage.
//
// Invariants
//   a reply may leave out an image that it was asked for only by naming it among its failures: any other silence is no answer
//   an index lists the digests of its platforms, and of attestations beside them, which no task ever reports
//
// Source: BatchGetImage, ECR API reference (documented): 100 ids a call; failureCode ImageNotFound, MissingDigestAndTag, …

import { BatchGetImageCommand, ECRClient, type Image, type ImageFailure } from "@aws-sdk/client-ecr";
import { BATCH_LIMITS } from "../../../../domain/api-quotas";
import type { FoundImage } from "../../../../domain/fleet-surroundings";
import { INDEX_MANIFEST_TYPES, SINGLE_MANIFEST_TYPES } from "../../../../domain/image-manifest-types";
import { batchesOf } from "../../../core/batches-of";
import { AwsFailure } from "../../../ports/aws-failure";
import type { ImageId, RepositoryQuestion } from "../../../ports/surroundings-port";
import { platformDigestsOf } from "../to-found-image";
import type { SurroundingsOptions } from "./surroundings-adapter";

export async function images(
  { clientOf, send }: SurroundingsOptions,
  { account, repository, ids }: RepositoryQuestion,
): Promise<readonly (FoundImage | null)[]> {
  const client = clientOf(ECRClient);
  const replies = batchesOf(ids, BATCH_LIMITS.batchGetImage).map(async (batch) => {
    const command = new BatchGetImageCommand({
      registryId: account,
      repositoryName: repository,
      imageIds: batch.map((id) => ("tag" in id ? { imageTag: id.tag } : { imageDigest: id.digest })),
      acceptedMediaTypes: ACCEPTED,
    });
    try {
      const reply = await send(BATCH, (options) => client.send(command, options));
      return batch.map((id) => foundIn(id, reply.images ?? [], reply.failures ?? []));
    } catch (error) {
      if (error instanceof AwsFailure && error.code === "RepositoryNotFoundException") return batch.map(() => null);
      throw error;
    }
  });
  return (await Promise.all(replies)).flat();
}

/** Without these ECR turns a manifest into the oldest form that it can be told in, whose digest is another one. */
const ACCEPTED = [...SINGLE_MANIFEST_TYPES, ...INDEX_MANIFEST_TYPES];

function foundIn(id: ImageId, found: readonly Image[], failures: readonly ImageFailure[]): FoundImage | null {
  const image = found.find(({ imageId }) => isMeant(id, imageId));
  const digest = image?.imageId?.imageDigest;
  if (digest !== undefined && digest !== "")
    return { digest, platformDigests: platformDigestsOf(image?.imageManifest) };
  const failure = failures.find(({ imageId }) => isMeant(id, imageId));
  if (NOWHERE.includes(failure?.failureCode ?? "")) return null;
  const code = failure?.failureCode ?? "NoAnswer";
  const message = `${OPERATION}: AWS answers ${code} for ${"tag" in id ? id.tag : id.digest}`;
  throw new AwsFailure({ kind: "rejected", operation: OPERATION, code, message });
}

/** Not there, or of a form that no image can have. */
const NOWHERE: readonly string[] = ["ImageNotFound", "InvalidImageTag", "InvalidImageDigest"];

function isMeant(id: ImageId, shown: Image["imageId"]): boolean {
  return "tag" in id ? shown?.imageTag === id.tag : shown?.imageDigest === id.digest;
}

const OPERATION = "ecr:BatchGetImage";
const BATCH = { service: "ecr", operation: "BatchGetImage" } as const;
