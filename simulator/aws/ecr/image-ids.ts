// How callers name images: by tag, by digest, or by both, which must then agree.
// Source: ImageIdentifier and ImageFailure, ECR API reference (documented codes); the texts are reported.

import type { ImageFailure, ImageIdentifier } from "@aws-sdk/client-ecr";
import { AwsError, invalidParameter } from "../../world/aws-error";
import { imageIn, type Repository, type StoredImage } from "../../world/repository";

/** A call names at most this many images (documented). */
const IDS_MAX = 100;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,299}$/;

export type Named =
  | { readonly kind: "found"; readonly image: StoredImage }
  | { readonly kind: "failed"; readonly failure: ImageFailure };

export function requireIds(ids: readonly ImageIdentifier[] | undefined): readonly ImageIdentifier[] {
  const count = ids?.length ?? 0;
  if (count >= 1 && count <= IDS_MAX) return ids ?? [];
  throw invalidParameter(
    `Invalid parameter at 'imageIds' failed to satisfy constraint: 'Member must have length between 1 and ${IDS_MAX}'`,
  );
}

export function imageNamed(repository: Repository, imageId: ImageIdentifier, nowMs: number): Named {
  const { imageTag: tag, imageDigest: digest } = imageId;
  const failed = (failureCode: NonNullable<ImageFailure["failureCode"]>, failureReason: string): Named => ({
    kind: "failed",
    failure: { imageId, failureCode, failureReason },
  });
  if (tag === undefined && digest === undefined) return failed("MissingDigestAndTag", "Neither tag nor digest given");
  if (digest !== undefined && !DIGEST.test(digest)) return failed("InvalidImageDigest", "Invalid image digest");
  if (tag !== undefined && !TAG.test(tag)) return failed("InvalidImageTag", "Invalid image tag");
  const found = imageIn(repository, tag === undefined ? { digest: digest ?? "" } : { tag }, nowMs);
  if (found === null) return failed("ImageNotFound", "Requested image not found");
  if (digest === undefined || found.digest === digest) return { kind: "found", image: found };
  return failed("ImageTagDoesNotMatchDigest", "The tag names another image than the digest");
}

export function requireTag(tag: string): void {
  if (TAG.test(tag)) return;
  throw new AwsError("InvalidParameterException", `${JSON.stringify(tag)} is no image tag.`);
}
