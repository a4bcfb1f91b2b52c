// GetEventSelectors and PutEventSelectors.
// Source: CloudTrail API reference (documented: one kind of selectors at a time, at most five classic ones, left-out members mean
// all management events, advanced ones name their eventCategory, changes in the home Region only); that a trail of another
// account cannot be read is reported in jantman/awslimitchecker#439.

import type {
  AdvancedEventSelector,
  EventSelector,
  GetEventSelectorsRequest,
  PutEventSelectorsRequest,
} from "@aws-sdk/client-cloudtrail";
import { AwsError } from "../../world/aws-error";
import type { Trail, TrailSelectors } from "../../world/trail";
import type { Context } from "../operation";
import { requireTrail, requireTrailAtHome, unknownTrail } from "./find-trail";

const CLASSIC_MAX = 5;

export function getEventSelectors({ world, lane }: Context, input: GetEventSelectorsRequest) {
  const trail = requireTrail(world, lane, input.TrailName ?? "");
  if (trail.account !== lane.account) throw unknownTrail(lane, trail.arn);
  return selectorsView(trail);
}

export function putEventSelectors({ world, lane }: Context, input: PutEventSelectorsRequest) {
  const trail = requireTrailAtHome(world, lane, input.TrailName ?? "");
  trail.selectors = requireSelectors(input);
  return selectorsView(trail);
}

function selectorsView({ arn, selectors }: Trail) {
  return {
    TrailARN: arn,
    EventSelectors: selectors.kind === "classic" ? [...selectors.selectors] : undefined,
    AdvancedEventSelectors: selectors.kind === "advanced" ? [...selectors.selectors] : undefined,
  };
}

function requireSelectors({ EventSelectors, AdvancedEventSelectors }: PutEventSelectorsRequest): TrailSelectors {
  const classic = EventSelectors ?? [];
  const advanced = AdvancedEventSelectors ?? [];
  if (classic.length > 0 === advanced.length > 0) {
    throw invalid("A trail takes EventSelectors or AdvancedEventSelectors, and one of them.");
  }
  if (classic.length > CLASSIC_MAX) throw invalid(`A trail takes at most ${CLASSIC_MAX} event selectors.`);
  if (!advanced.every(hasCategory)) throw invalid("Every advanced event selector needs the field eventCategory.");
  if (advanced.length > 0) return { kind: "advanced", selectors: advanced };
  return { kind: "classic", selectors: classic.map(withDefaults) };
}

function hasCategory({ FieldSelectors = [] }: AdvancedEventSelector): boolean {
  return FieldSelectors.some(({ Field, Equals = [] }) => Field === "eventCategory" && Equals.length > 0);
}

function withDefaults(selector: EventSelector): EventSelector {
  return {
    ReadWriteType: selector.ReadWriteType ?? "All",
    IncludeManagementEvents: selector.IncludeManagementEvents ?? true,
    DataResources: selector.DataResources ?? [],
    ExcludeManagementEventSources: selector.ExcludeManagementEventSources ?? [],
  };
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidEventSelectorsException", message);
}
