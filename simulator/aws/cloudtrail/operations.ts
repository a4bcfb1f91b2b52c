// The modelled operations of AWS CloudTrail: trails and what they keep, and no events.

import { type Operation, operation } from "../operation";
import { describeTrails } from "./describe-trails";
import { getEventSelectors, putEventSelectors } from "./event-selectors";
import { createTrail, deleteTrail } from "./trail-lifecycle";

export const cloudtrailOperations: Readonly<Record<string, Operation>> = {
  CreateTrail: operation(createTrail),
  DeleteTrail: operation(deleteTrail),
  DescribeTrails: operation(describeTrails),
  GetEventSelectors: operation(getEventSelectors),
  PutEventSelectors: operation(putEventSelectors),
};
