// One recognised JSON object → the sightings in it: one, but for an image, which is seen by its digest and by each of its tags.

import { IMAGE_ID } from "./image-id";
import type { Sighting, ThingKind } from "./outputs";
import { isRecord, type Raw } from "./raw";
import { type ThingRead, thingOf } from "./thing-of";

export interface ThingsRead {
  readonly sightings: readonly Sighting[];
  readonly odd: readonly string[];
}

type Place = Pick<Sighting, "file" | "showsConfiguration">;

export function thingsOf(kind: ThingKind, raw: Raw, place: Place): ThingsRead {
  if (kind !== "image") return together([thingOf(kind, raw, place)]);
  return together(imageIdsOf(raw).map((id) => thingOf(kind, { ...raw, [IMAGE_ID]: id }, place)));
}

function together(reads: readonly ThingRead[]): ThingsRead {
  return {
    sightings: reads.flatMap(({ sighting }) => sighting ?? []),
    odd: [...new Set(reads.flatMap(({ odd }) => odd))],
  };
}

/** BatchGetImage shows one tag a time in `imageId`, DescribeImages all of them in `imageTags` (documented). */
function imageIdsOf({ registryId, repositoryName, imageId, imageDigest, imageTags }: Raw): readonly string[] {
  const named = isRecord(imageId) ? imageId : {};
  const tags = [named.imageTag, ...(Array.isArray(imageTags) ? imageTags : [])];
  const digest = named.imageDigest ?? imageDigest;
  const ids = [...tags.map((tag) => [":", tag]), ["@", digest]].filter(([, id]) => typeof id === "string" && id !== "");
  return [...new Set(ids.map(([mark, id]) => `${registryId}/${repositoryName}${mark}${id}`))];
}
