// The trails that record this Region, and which management events of KMS they keep: DescribeTrails, GetEventSelectors.
// Invariant: trails of other Regions and of the organisation that record this one too are asked for: DescribeTrails shows them as
// shadow trails (documented). Selectors are asked for by ARN, for a trail of another Region is not known by its name here.

import { CloudTrailClient, DescribeTrailsCommand, GetEventSelectorsCommand } from "@aws-sdk/client-cloudtrail";
import type { TrailEvents, TrailRecord } from "../../../../domain/fleet-surroundings";
import { toTrailEvents } from "../to-trail-events";
import type { SurroundingsOptions } from "./surroundings-adapter";

export async function trails({ clientOf, send }: SurroundingsOptions): Promise<readonly Omit<TrailRecord, "events">[]> {
  const client = clientOf(CloudTrailClient);
  const command = new DescribeTrailsCommand({ includeShadowTrails: true });
  const { trailList = [] } = await send(DESCRIBE, (options) => client.send(command, options));
  return trailList.map(({ TrailARN: arn = "", Name: name = "", IsMultiRegionTrail: isMultiRegion = false }) => ({
    arn,
    name,
    isMultiRegion,
  }));
}

export async function trailEvents({ clientOf, send }: SurroundingsOptions, trailArn: string): Promise<TrailEvents> {
  const client = clientOf(CloudTrailClient);
  const command = new GetEventSelectorsCommand({ TrailName: trailArn });
  return toTrailEvents(await send(SELECTORS, (options) => client.send(command, options)));
}

const DESCRIBE = { service: "cloudtrail", operation: "DescribeTrails" } as const;
const SELECTORS = { service: "cloudtrail", operation: "GetEventSelectors" } as const;
