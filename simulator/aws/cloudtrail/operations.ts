// The modelled operations of AWS CloudTrail: trails and what they keep, and the event history.

import { type Operation, operation } from "../operation";
import { describeTrails } from "./describe-trails";
import { getEventSelectors, putEventSelectors } from "./event-selectors";
import { lookupEvents } from "./lookup-events";
import { createTrail, deleteTrail } from "./trail-lifecycle";

export const cloudtrailOperations: Readonly<Record<string, Operation>> = {
  CreateTrail: operation(createTrail),
  DeleteTrail: operation(deleteTrail),
  DescribeTrails: operation(describeTrails),
  GetEventSelectors: operation(getEventSelectors),
  LookupEvents: operation(lookupEvents),
  PutEventSelectors: operation(putEventSelectors),
};
