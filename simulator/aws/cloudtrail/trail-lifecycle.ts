// CreateTrail and DeleteTrail.
// Source: CloudTrail API reference (documented: names of 3 to 128 characters, one name once in a Region, a new trail keeps all
// management events, deletion in the home Region only). Whether the bucket exists, and whether logging was started, is not
// modelled: a trail records from its creation on.

import type { CreateTrailRequest, DeleteTrailRequest } from "@aws-sdk/client-cloudtrail";
import { cloudtrailArn } from "../../world/arns";
import { AwsError } from "../../world/aws-error";
import { classicSelectors, type Trail } from "../../world/trail";
import type { Context } from "../operation";
import { requireTrailAtHome, trailNamed } from "./find-trail";

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{1,126}[A-Za-z0-9]$/;

export function createTrail({ world, lane }: Context, input: CreateTrailRequest) {
  const name = input.Name ?? "";
  if (!NAME.test(name)) {
    throw new AwsError("InvalidTrailNameException", `Trail name ${JSON.stringify(name)} is not valid.`);
  }
  if (trailNamed(world, lane, name) !== undefined) {
    throw new AwsError("TrailAlreadyExistsException", `Trail ${name} already exists for customer: ${lane.account}`);
  }
  const trail: Trail = {
    arn: cloudtrailArn(lane, `trail/${name}`),
    name,
    homeRegion: lane.region,
    account: lane.account,
    isMultiRegion: input.IsMultiRegionTrail === true,
    isOrganization: input.IsOrganizationTrail === true,
    bucket: input.S3BucketName ?? "",
    selectors: classicSelectors(),
  };
  lane.trails.set(trail.arn, trail);
  return {
    Name: name,
    S3BucketName: trail.bucket,
    IncludeGlobalServiceEvents: input.IncludeGlobalServiceEvents ?? true,
    IsMultiRegionTrail: trail.isMultiRegion,
    TrailARN: trail.arn,
    LogFileValidationEnabled: input.EnableLogFileValidation === true,
    IsOrganizationTrail: trail.isOrganization,
  };
}

export function deleteTrail({ world, lane }: Context, { Name = "" }: DeleteTrailRequest) {
  lane.trails.delete(requireTrailAtHome(world, lane, Name).arn);
  return {};
}
