// Whose a service is, as its tags or its cluster's say it.

import type { ClusterRecord, ServiceRecord } from "../../../domain/fleet";

/** The value of the first of these tags, whatever their case: the service's own before its cluster's; null when none is there. */
export function ownerOf(
  service: Pick<ServiceRecord, "tags"> | null,
  cluster: Pick<ClusterRecord, "tags">,
): string | null {
  for (const tags of [service?.tags ?? {}, cluster.tags]) {
    for (const wanted of OWNER_TAGS) {
      const found = Object.keys(tags)
        .toSorted()
        .find((tag) => tag.toLowerCase() === wanted && tags[tag]?.trim() !== "");
      if (found !== undefined) return tags[found] ?? null;
    }
  }
  return null;
}

const OWNER_TAGS = ["owner", "team", "service-owner", "contact"] as const;
