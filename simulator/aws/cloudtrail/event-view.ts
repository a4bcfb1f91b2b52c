// An event as LookupEvents shows it, and whether it is one that was asked for.
// Source: Event and LookupAttribute, CloudTrail API reference (documented). Calls of AWS's services have no user name (inferred).
// Invariant: what is compared with a lookup attribute is what the event shows.

import type { LookupAttribute, Event as SdkEvent } from "@aws-sdk/client-cloudtrail";
import { lastPart } from "../../../domain/arn";
import { kmsArn } from "../../world/arns";
import type { Lane } from "../../world/lane";
import type { CallEvent, TrailEvent } from "../../world/trail-event";
import { instant } from "../instant";
import { withoutUndefined } from "../operation";
import { eventIdOf, eventText } from "./event-text";

export function eventView(event: TrailEvent, lane: Lane): SdkEvent {
  const { name, source, readOnly } = headOf(event);
  return withoutUndefined({
    EventId: eventIdOf(event),
    EventName: name,
    ReadOnly: String(readOnly),
    EventTime: instant(Math.floor(event.atMs / 1000) * 1000),
    EventSource: source,
    Username: userOf(event),
    Resources: [{ ResourceType: resourceOf(event).type, ResourceName: resourceOf(event).name }],
    CloudTrailEvent: eventText(event, { head: headOf(event), resource: resourceOf(event), lane }),
  });
}

export function matchesAttribute(event: TrailEvent, { AttributeKey, AttributeValue }: LookupAttribute): boolean {
  switch (AttributeKey) {
    case "EventName":
      return headOf(event).name === AttributeValue;
    case "EventSource":
      return headOf(event).source === AttributeValue;
    case "ReadOnly":
      return String(headOf(event).readOnly) === AttributeValue;
    case "ResourceName":
      return resourceOf(event).name === AttributeValue;
    case "ResourceType":
      return resourceOf(event).type === AttributeValue;
    case "Username":
      return userOf(event) === AttributeValue;
    case "EventId":
      return eventIdOf(event) === AttributeValue;
    default:
      // Access keys are not kept: no event here has one.
      return false;
  }
}

export interface EventHead {
  readonly name: string;
  readonly source: string;
  readonly readOnly: boolean;
}

const KMS_SOURCE = "kms.amazonaws.com";

function headOf(event: TrailEvent): EventHead {
  switch (event.kind) {
    case "volume-key": {
      const name = event.call.operation;
      return { name, source: KMS_SOURCE, readOnly: name === "GenerateDataKeyWithoutPlaintext" };
    }
    case "grant-retired":
      return { name: "RetireGrant", source: KMS_SOURCE, readOnly: false };
    case "call":
      return { name: event.operation, source: `${event.service}.amazonaws.com`, readOnly: false };
  }
}

export interface EventResource {
  readonly type: string;
  readonly name: string;
}

function resourceOf(event: TrailEvent): EventResource {
  switch (event.kind) {
    case "volume-key":
      return { type: KEY_TYPE, name: event.use.keyArn };
    case "grant-retired":
      return { type: KEY_TYPE, name: event.keyArn };
    case "call":
      return event.service === "kms" ? keyOf(event) : { type: "AWS::ECS::Cluster", name: textOf(event.input.cluster) };
  }
}

const KEY_TYPE = "AWS::KMS::Key";

function keyOf({ input, caller }: CallEvent): EventResource {
  const key = textOf(input.KeyId);
  const place = { ...caller, partition: lastPartition(caller.principalArn) };
  return { type: KEY_TYPE, name: key.startsWith("arn:") ? key : kmsArn(place, `key/${key}`) };
}

function lastPartition(arn: string): string {
  return arn.split(":")[1] ?? "aws";
}

function userOf(event: TrailEvent): string | undefined {
  return event.kind === "call" ? lastPart(event.caller.principalArn) : undefined;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
