// What CloudTrail keeps of one call, as little as its text can be made of later (aws/cloudtrail/event-text.ts).
// Invariants: instants are milliseconds; `sequence` grows with every event of a lane; `nonce` is the event's only chance: its
// ids and the delay until it can be looked up are drawn from it.

import type { FargateCall } from "../../domain/fargate-kms-request";
import type { Caller } from "./call";

interface Recorded {
  readonly atMs: number;
  readonly sequence: number;
  readonly nonce: number;
}

/** One of the four calls that Fargate makes for a volume. */
export interface VolumeKeyEvent extends Recorded {
  readonly kind: "volume-key";
  readonly call: FargateCall;
  readonly use: VolumeKeyUse;
  /** Null for a dry run that would have succeeded, too. */
  readonly error: EventError | null;
}

/** Shared by the events of one launch. */
export interface VolumeKeyUse {
  readonly keyArn: string;
  /** Of the cluster, in whose account and Region the call was made. */
  readonly account: string;
  readonly region: string;
  readonly clusterName: string;
  readonly volumeId: string | null;
  readonly grantId: string | null;
}

/** The volume of a stopped task is gone. */
export interface GrantRetiredEvent extends Recorded {
  readonly kind: "grant-retired";
  readonly keyArn: string;
  readonly grantId: string;
}

/** Somebody called the API. */
export interface CallEvent extends Recorded {
  readonly kind: "call";
  readonly service: "ecs" | "kms";
  readonly operation: string;
  readonly caller: Caller;
  readonly input: Readonly<Record<string, unknown>>;
  readonly error: EventError | null;
}

export interface EventError {
  readonly code: string;
  readonly message: string;
}

export type TrailEvent = VolumeKeyEvent | GrantRetiredEvent | CallEvent;

/** An event before the log gave it its number. */
export type NewTrailEvent =
  | Omit<VolumeKeyEvent, "sequence">
  | Omit<GrantRetiredEvent, "sequence">
  | Omit<CallEvent, "sequence">;

/** CloudTrail delivers within about 15 minutes (documented as an average of 5); nothing is there at once. */
const DELAY_MS = { least: 30_000, most: 900_000 };
const NONCES = 4_294_967_296;

export function visibleFromMs({ atMs, nonce }: TrailEvent): number {
  return atMs + DELAY_MS.least + Math.floor((nonce / NONCES) * (DELAY_MS.most - DELAY_MS.least));
}
