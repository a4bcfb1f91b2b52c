// The image digest that tasks report, from their image's reference.
// Invariants: whoever runs the same reference runs the same digest; one that is named by its digest runs that, unless it is an index.

import type { Lane } from "../../domain/fleet";
import { isPinnedByDigest, parseImageReference } from "../../domain/image-reference";
import { hexOf } from "./fleet-ids";

/** The tag of the images that nothing was said about. */
export const USUAL_TAG = "1.0.0";

export function digestAtHand(image: string, { multiArch, lane }: { readonly multiArch: boolean; readonly lane: Lane }) {
  if (isPinnedByDigest(image) && !multiArch) return image.slice(image.indexOf("@") + 1);
  return `sha256:${hexOf(`image ${usualFamilyOf(image, lane) ?? image}`, 64)}`;
}

/** The task definition for which the lane's own ECR has an image of that name when nothing is said. */
function usualFamilyOf(image: string, { account, partition, region }: Lane): string | null {
  const parsed = parseImageReference(image);
  if (parsed.kind !== "ecr" || parsed.account !== account || parsed.region !== region) return null;
  const isUsual = "tag" in parsed.id && parsed.id.tag === USUAL_TAG;
  return isUsual ? `arn:${partition}:ecs:${region}:${account}:task-definition/${parsed.repository}:1` : null;
}
