// Which trails a lane sees, and the one that a caller means.
// Sources: DescribeTrails and GetTrailStatus, CloudTrail API reference (documented: a trail of all Regions has shadows in them,
// and a shadow is named by its ARN only); the text is reported in aws/aws-sdk-go-v2#1957; that the selectors of a shadow are
// readable by ARN is reported (nccgroup/ScoutSuite asks so in every Region).

import { AwsError } from "../../world/aws-error";
import type { Lane } from "../../world/lane";
import type { Trail } from "../../world/trail";
import type { WorldState } from "../../world/world-state";

/** The trails that record this lane, shadows included, sorted by ARN. */
export function trailsSeenFrom(world: WorldState, lane: Lane): readonly Trail[] {
  const seen = new Map<string, Trail>(lane.trails);
  for (const other of world.lanes.values()) {
    if (other.account !== lane.account) continue;
    for (const trail of other.trails.values()) {
      if (trail.isMultiRegion && !seen.has(trail.arn)) seen.set(trail.arn, trail);
    }
  }
  return [...seen.values()].toSorted((left, right) => (left.arn < right.arn ? -1 : 1));
}

export function isAtHome(trail: Trail, lane: Lane): boolean {
  return trail.homeRegion === lane.region && trail.account === lane.account;
}

/** By name: a trail made in this Region. By ARN: any that the lane sees. */
export function trailNamed(world: WorldState, lane: Lane, reference: string): Trail | undefined {
  return trailsSeenFrom(world, lane).find(
    (trail) => trail.arn === reference || (trail.name === reference && isAtHome(trail, lane)),
  );
}

export function requireTrail(world: WorldState, lane: Lane, reference: string): Trail {
  const found = trailNamed(world, lane, reference);
  if (found !== undefined) return found;
  throw unknownTrail(lane, reference);
}

export function unknownTrail({ account }: Lane, reference: string): AwsError {
  return new AwsError("TrailNotFoundException", `Unknown trail: ${reference} for the user: ${account}`);
}

/** Trails are changed in their home Region only (documented). */
export function requireTrailAtHome(world: WorldState, lane: Lane, reference: string): Trail {
  const trail = requireTrail(world, lane, reference);
  if (isAtHome(trail, lane)) return trail;
  throw new AwsError(
    "InvalidHomeRegionException",
    `Trail ${trail.arn} is changed in its home Region ${trail.homeRegion}, not in ${lane.region}.`,
  );
}
