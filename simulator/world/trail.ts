// A CloudTrail trail: where it lives, which Regions it records, and which events it keeps.
// Source: EventSelector and AdvancedEventSelector, CloudTrail API reference (documented); that events reach a trail, and when,
// is not modelled.
// Invariant: a trail has selectors of one kind, never both.

import type { AdvancedEventSelector, EventSelector } from "@aws-sdk/client-cloudtrail";

export interface Trail {
  readonly arn: string;
  readonly name: string;
  /** Where it was made; its copies in other Regions are its shadows. */
  readonly homeRegion: string;
  /** The account that owns it: an organisation's trail belongs to another one than the lane's. */
  readonly account: string;
  readonly isMultiRegion: boolean;
  readonly isOrganization: boolean;
  readonly bucket: string;
  selectors: TrailSelectors;
}

export type TrailSelectors =
  | { readonly kind: "classic"; readonly selectors: readonly EventSelector[] }
  | { readonly kind: "advanced"; readonly selectors: readonly AdvancedEventSelector[] };

const KMS = "kms.amazonaws.com";

/** What a trail keeps of management events; left out, what it keeps by default: all of them. */
export function classicSelectors({
  readWriteType = "All",
  withoutKms = false,
}: {
  readonly readWriteType?: "All" | "ReadOnly" | "WriteOnly";
  readonly withoutKms?: boolean;
} = {}): TrailSelectors {
  const ExcludeManagementEventSources = withoutKms ? [KMS] : [];
  const selector: EventSelector = {
    ReadWriteType: readWriteType,
    IncludeManagementEvents: true,
    DataResources: [],
    ExcludeManagementEventSources,
  };
  return { kind: "classic", selectors: [selector] };
}
