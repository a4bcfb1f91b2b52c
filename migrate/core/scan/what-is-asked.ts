// What a scan asks about of all that a fleet names: one rule for the scan itself and for how many calls it takes at least.
//
// Invariants
//   only this lane is asked: the lists that a scan reads hold nothing of other Regions and accounts, so not being in them means nothing
//   what is not asked about has a reason, which is no missing permission

import type { Lane, TaskRecord } from "../../../domain/fleet";
import type { EcrImage, ImageReference } from "../../../domain/image-reference";
import type { SecretReference } from "../../../domain/secret-reference";

/** Only Amazon ECR answers, and only of the lane's Region: other accounts may have let this one in. */
export function isImageAsked(image: ImageReference, lane: Lane): image is EcrImage {
  return image.kind === "ecr" && image.region === lane.region;
}

export function whyImageNotAsked(image: ImageReference, lane: Lane): string {
  if (image.kind === "elsewhere") return `registry ${image.host} is not asked`;
  return `its registry is in ${image.region}; this scan reads ${lane.region}`;
}

/** Null: it is asked about. A secret of another account too: its owner may have let this one in. */
export function whySecretNotAsked({ kind, account, region, name }: SecretReference, lane: Lane): string | null {
  if (region !== null && region !== lane.region) return `it is in ${region}; this scan reads ${lane.region}`;
  if (kind === "secret") return null;
  if (account !== null && account !== lane.account)
    return `it belongs to account ${account}; only parameters of ${lane.account} are listed`;
  return name.startsWith(PROVIDED) ? `Systems Manager does not list parameters below ${PROVIDED}` : null;
}

/** Public parameters, and those that stand for a secret. Source: Systems Manager user guide, "public parameters" (documented). */
const PROVIDED = "/aws/";

/** Of those on Fargate: only a task of a service that shall run can be protected and hold a deployment up. */
export function isProtectionAsked({ desiredStatus, group }: TaskRecord): boolean {
  return desiredStatus !== "STOPPED" && group?.startsWith("service:") === true;
}
