// DescribeTrails.
// Source: CloudTrail API reference (documented: shadows and trails of the organisation are shown unless includeShadowTrails is
// false, names count in this Region only, a trail of another Region is asked for by ARN, names of no trail are left out).

import type { DescribeTrailsRequest, Trail as SdkTrail } from "@aws-sdk/client-cloudtrail";
import type { Trail } from "../../world/trail";
import type { Context } from "../operation";
import { isAtHome, trailsSeenFrom } from "./find-trail";

export function describeTrails({ world, lane }: Context, input: DescribeTrailsRequest) {
  const { trailNameList = [], includeShadowTrails = true } = input;
  const isNamed = (trail: Trail): boolean =>
    trailNameList.includes(trail.arn) || (trailNameList.includes(trail.name) && isAtHome(trail, lane));
  const trails = trailsSeenFrom(world, lane).filter((trail) =>
    trailNameList.length > 0 ? isNamed(trail) : includeShadowTrails || isAtHome(trail, lane),
  );
  return { trailList: trails.map(trailView) };
}

function trailView(trail: Trail): SdkTrail {
  return {
    Name: trail.name,
    S3BucketName: trail.bucket,
    IncludeGlobalServiceEvents: true,
    IsMultiRegionTrail: trail.isMultiRegion,
    HomeRegion: trail.homeRegion,
    TrailARN: trail.arn,
    LogFileValidationEnabled: false,
    HasCustomEventSelectors: true,
    HasInsightSelectors: false,
    IsOrganizationTrail: trail.isOrganization,
  };
}
