// LookupEvents: the event history of a lane, newest first. It needs no trail.
// Source: LookupEvents, CloudTrail API reference (documented: management events of 90 days, 50 a page at most, one lookup attribute,
// a token is good for the same parameters only); that an event can be looked up some minutes after its call is documented too
// (within about 15), how late each is here is drawn from the seed.

import type { LookupAttribute, LookupEventsRequest } from "@aws-sdk/client-cloudtrail";
import { PAGE_SIZES } from "../../../domain/api-quotas";
import { AwsError } from "../../world/aws-error";
import { type TrailEvent, visibleFromMs } from "../../world/trail-event";
import type { EventPlace } from "../../world/trail-log";
import type { Context } from "../operation";
import { eventView, matchesAttribute } from "./event-view";

const KEPT_MS = 90 * 24 * 3_600_000;

export function lookupEvents({ world, lane }: Context, input: LookupEventsRequest) {
  const limit = limitOf(input.MaxResults);
  const wanted = { attribute: attributeOf(input), ...rangeOf(input, world.nowMs) };
  const question = questionOf(input);
  const below = input.NextToken === undefined ? NEWEST : placeIn(input.NextToken, question);
  // Only management events are modelled: Insights has none.
  if (input.EventCategory === "insight") return { Events: [] };
  const page: TrailEvent[] = [];
  for (const event of lane.trailLog.newestFirst(below)) {
    if (event.atMs < wanted.fromMs) break;
    if (!isWanted(event, wanted, world.nowMs)) continue;
    if (page.length === limit) return { Events: page.map(viewIn), NextToken: tokenAfter(page.at(-1), question) };
    page.push(event);
  }
  return { Events: page.map(viewIn) };

  function viewIn(event: TrailEvent) {
    return eventView(event, lane);
  }
}

const NEWEST: EventPlace = { atMs: Number.MAX_SAFE_INTEGER, sequence: 0 };

interface Wanted {
  readonly attribute: LookupAttribute | null;
  readonly fromMs: number;
  readonly toMs: number;
}

function isWanted(event: TrailEvent, { attribute, toMs }: Wanted, nowMs: number): boolean {
  if (event.atMs > toMs || visibleFromMs(event) > nowMs) return false;
  return attribute === null || matchesAttribute(event, attribute);
}

function limitOf(asked: number | undefined): number {
  const { standard, most } = PAGE_SIZES.lookupEvents;
  if (asked === undefined) return standard;
  if (asked >= 1 && asked <= most) return asked;
  throw new AwsError("InvalidMaxResultsException", `MaxResults must be between 1 and ${most}, not ${asked}.`);
}

function attributeOf({ LookupAttributes: attributes = [] }: LookupEventsRequest): LookupAttribute | null {
  if (attributes.length > 1) {
    throw new AwsError("InvalidLookupAttributesException", "You can have only 1 lookup attribute.");
  }
  return attributes[0] ?? null;
}

/** Events are told to the second, so an instant takes in its whole second. */
function rangeOf({ StartTime, EndTime }: LookupEventsRequest, nowMs: number): Pick<Wanted, "fromMs" | "toMs"> {
  const oldestMs = nowMs - KEPT_MS;
  const fromMs = Math.max(oldestMs, StartTime === undefined ? oldestMs : secondOf(StartTime));
  const toMs = EndTime === undefined ? nowMs : secondOf(EndTime) + 999;
  if (StartTime !== undefined && EndTime !== undefined && StartTime > EndTime) {
    throw new AwsError("InvalidTimeRangeException", "The start time must not be after the end time.");
  }
  return { fromMs, toMs };
}

function secondOf(at: Date): number {
  return Math.floor(at.getTime() / 1000) * 1000;
}

function questionOf({ LookupAttributes, StartTime, EndTime, EventCategory }: LookupEventsRequest): string {
  return JSON.stringify([LookupAttributes ?? [], StartTime ?? null, EndTime ?? null, EventCategory ?? null]);
}

function tokenAfter(last: TrailEvent | undefined, question: string): string {
  return Buffer.from(`${last?.atMs} ${last?.sequence} ${question}`, "utf8").toString("base64url");
}

function placeIn(token: string, question: string): EventPlace {
  const [, atMs, sequence, asked] = /^(\d+) (\d+) (.*)$/s.exec(Buffer.from(token, "base64url").toString("utf8")) ?? [];
  if (atMs !== undefined && asked === question) return { atMs: Number(atMs), sequence: Number(sequence) };
  throw new AwsError("InvalidNextTokenException", "The token is not valid, or was given with other parameters.");
}
