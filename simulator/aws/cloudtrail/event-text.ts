// The JSON text of an event, as CloudTrail would have written it.
// Source: the samples of "Managing AWS KMS keys for Fargate ephemeral storage", ECS developer guide (documented) for what Fargate
// and its volumes do; "CloudTrail record contents", CloudTrail user guide (documented) for calls of people and roles. Which members
// those carry beyond the documented ones is not modelled, nor are the replies of calls.
// Invariant: ids are made of the event's own nonce, so every look at an event shows the same ones.

import type { Caller } from "../../world/call";
import { Identifiers } from "../../world/identifiers";
import type { Lane } from "../../world/lane";
import { Random } from "../../world/random";
import type { CallEvent, EventError, GrantRetiredEvent, TrailEvent, VolumeKeyEvent } from "../../world/trail-event";
import type { EventHead, EventResource } from "./event-view";

export interface EventFrame {
  readonly head: EventHead;
  readonly resource: EventResource;
  /** The lane that shows it. */
  readonly lane: Lane;
}

export function eventText(event: TrailEvent, { head, resource, lane }: EventFrame): string {
  const { eventID, requestID, sharedEventID } = idsOf(event);
  const { userIdentity, ...client } = callerOf(event);
  const byService = event.kind !== "call";
  return JSON.stringify({
    eventVersion: "1.08",
    userIdentity,
    eventTime: new Date(event.atMs).toISOString().replace(/\.\d+Z$/, "Z"),
    eventSource: head.source,
    eventName: head.name,
    awsRegion: lane.region,
    ...client,
    ...bodyOf(event),
    requestID,
    eventID,
    readOnly: head.readOnly,
    resources: [{ accountId: byService ? AWS_INTERNAL : lane.account, type: resource.type, ARN: resource.name }],
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: lane.account,
    ...(byService ? { sharedEventID } : {}),
    eventCategory: "Management",
  });
}

export function eventIdOf(event: TrailEvent): string {
  return idsOf(event).eventID;
}

const AWS_INTERNAL = "AWS Internal";

function idsOf({ nonce, sequence }: TrailEvent) {
  const identifiers = new Identifiers(new Random(nonce, `event ${sequence}`));
  return {
    eventID: identifiers.eventId(),
    requestID: identifiers.eventId(),
    sharedEventID: identifiers.eventId(),
  };
}

interface EventCaller {
  readonly userIdentity: object;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
}

function callerOf(event: TrailEvent): EventCaller {
  switch (event.kind) {
    case "volume-key": {
      const isDryRun = event.call.mode === "dryRun";
      return serviceCaller(isDryRun ? "fargate.amazonaws.com" : "ec2-frontend-api.amazonaws.com");
    }
    case "grant-retired":
      return serviceCaller(AWS_INTERNAL);
    case "call":
      return { userIdentity: identityOf(event.caller), sourceIPAddress: "192.0.2.1", userAgent: "simulated" };
  }
}

function serviceCaller(invokedBy: string): EventCaller {
  return { userIdentity: { type: "AWSService", invokedBy }, sourceIPAddress: invokedBy, userAgent: invokedBy };
}

function identityOf({ principalArn, account }: Caller): object {
  const resource = principalArn.split(":")[5] ?? "";
  const kind = resource.split("/")[0] ?? "";
  return { type: IDENTITY_TYPES[kind] ?? "AssumedRole", arn: principalArn, accountId: account };
}

const IDENTITY_TYPES: Readonly<Record<string, string>> = { user: "IAMUser", root: "Root" };

function bodyOf(event: TrailEvent): object {
  switch (event.kind) {
    case "volume-key":
      return { ...errorOf(event), requestParameters: volumeRequest(event), responseElements: volumeReply(event) };
    case "grant-retired":
      return retired(event);
    case "call":
      return { ...told(event.error), requestParameters: requestOf(event), responseElements: null };
  }
}

function errorOf({ call, error }: VolumeKeyEvent): object {
  if (error !== null || call.mode === "real") return told(error);
  return {
    errorCode: "DryRunOperationException",
    errorMessage: "The request would have succeeded, but the DryRun option is set.",
  };
}

function told(error: EventError | null): object {
  if (error === null) return {};
  const errorCode = error.code === "AccessDeniedException" ? "AccessDenied" : error.code;
  return { errorCode, errorMessage: error.message };
}

function volumeRequest(event: VolumeKeyEvent): object {
  const { call, use } = event;
  const dryRun = call.mode === "dryRun" ? { dryRun: true } : {};
  const context = encryptionContextOf(event);
  if (call.operation === "GenerateDataKeyWithoutPlaintext") {
    return { numberOfBytes: 64, keyId: use.keyArn, encryptionContext: context, ...dryRun };
  }
  return {
    keyId: use.keyArn,
    granteePrincipal: `fargate.${use.region}.amazonaws.com`,
    operations: ["Decrypt"],
    constraints: { encryptionContextSubset: context },
    ...(call.mode === "real" ? { retiringPrincipal: `ec2.${use.region}.amazonaws.com` } : dryRun),
  };
}

function encryptionContextOf(event: VolumeKeyEvent): object {
  const { account, clusterName, volumeId } = event.use;
  const place = { "aws:ecs:clusterAccount": account, "aws:ecs:clusterName": clusterName };
  if (event.call.mode === "dryRun") return place;
  return { ...place, "aws:ebs:id": volumeId ?? volumeNeverMade(event) };
}

/** The volume of a call that was refused: it had an id before it had a key. */
function volumeNeverMade({ nonce, sequence }: VolumeKeyEvent): string {
  return new Identifiers(new Random(nonce, `volume ${sequence}`)).volumeId();
}

function volumeReply({ call, use }: VolumeKeyEvent): object | null {
  if (call.operation !== "CreateGrant" || call.mode === "dryRun" || use.grantId === null) return null;
  return { grantId: use.grantId, keyId: use.keyArn };
}

function retired({ keyArn, grantId }: GrantRetiredEvent): object {
  return { requestParameters: null, responseElements: { keyId: keyArn }, additionalEventData: { grantId } };
}

/** CloudTrail writes the members of requests with a small first letter. */
function requestOf({ input }: CallEvent): object {
  const members = Object.entries(input).map(([name, value]) => [name.slice(0, 1).toLowerCase() + name.slice(1), value]);
  return Object.fromEntries(members);
}
