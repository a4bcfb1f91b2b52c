// The trails of a fleet, with selectors that keep what the scan found them to keep.
// Invariants: a trail of another Region or account stays what it is, seen from this lane; trails that nobody could list stand for
// one that keeps everything, and unread selectors for those that a trail begins with.

import type { Fleet } from "../../../domain/fleet";
import type { TrailEvents, TrailRecord } from "../../../domain/fleet-surroundings";
import { arnOrNull, cloudtrailArn } from "../arns";
import type { Lane } from "../lane";
import { classicSelectors, type Trail, type TrailSelectors } from "../trail";

export function importTrails(lane: Lane, { trails }: Fleet): void {
  const known = trails.kind === "known" ? trails.value.map((record) => trailOf(lane, record)) : [unseenTrail(lane)];
  for (const trail of known) lane.trails.set(trail.arn, trail);
}

function trailOf(lane: Lane, { arn, name, isMultiRegion, events }: TrailRecord): Trail {
  const { account, region } = arnOrNull(arn) ?? lane;
  return {
    arn,
    name,
    account,
    homeRegion: region,
    isMultiRegion,
    isOrganization: account !== lane.account,
    bucket: `${name.toLowerCase()}-${account}`,
    selectors: events.kind === "known" ? selectorsThatKeep(events.value) : classicSelectors(),
  };
}

function selectorsThatKeep({ kmsReads, kmsWrites }: TrailEvents): TrailSelectors {
  if (kmsReads && kmsWrites) return classicSelectors();
  if (kmsWrites) return classicSelectors({ readWriteType: "WriteOnly" });
  return kmsReads ? classicSelectors({ readWriteType: "ReadOnly" }) : classicSelectors({ withoutKms: true });
}

function unseenTrail(lane: Lane): Trail {
  const name = "management-events";
  return {
    arn: cloudtrailArn(lane, `trail/${name}`),
    name,
    account: lane.account,
    homeRegion: lane.region,
    isMultiRegion: true,
    isOrganization: false,
    bucket: `${name}-${lane.account}`,
    selectors: classicSelectors(),
  };
}
