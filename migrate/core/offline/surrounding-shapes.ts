// The members of the replies of the services around ECS that a fleet is made of, with their types in the API.
// Source: the API references of ECR, Secrets Manager, Systems Manager, CloudWatch Logs, CloudWatch, Application Auto Scaling,
// Service Quotas, CloudTrail and KMS (documented).
// Invariant: what a secret or a parameter holds is in no shape: where an output shows it, it is passed over.

import { IMAGE_ID } from "./image-id";
import type { ThingKind } from "./outputs";
import { ahead, at, count, flag, list, number, type RecordShape, record, text, word } from "./wire-shape-parts";

const texts = list(text);
const fieldSelector = record({
  Field: text,
  Equals: texts,
  StartsWith: texts,
  EndsWith: texts,
  NotEquals: texts,
  NotStartsWith: texts,
  NotEndsWith: texts,
});

/** Of the kinds that `wire-shapes.ts` does not hold itself: together they are all. */
export const SURROUNDING_SHAPES = {
  rotation: record({ KeyId: text, KeyRotationEnabled: flag, RotationPeriodInDays: count }),
  protection: record({ taskArn: text, protectionEnabled: flag, expirationDate: ahead }),
  image: record({
    [IMAGE_ID]: text,
    imageId: record({ imageDigest: text }),
    imageDigest: text,
    imageManifest: text,
    imageManifestMediaType: text,
    imagePushedAt: at,
    failureCode: text,
  }),
  secret: record({ ARN: text, Name: text, CreatedDate: at, LastChangedDate: at, DeletedDate: ahead }),
  parameter: record({ Name: text, LastModifiedDate: at }),
  "log-group": record({ logGroupName: text, creationTime: at }),
  alarm: record({
    AlarmName: text,
    StateValue: word("OK", "ALARM", "INSUFFICIENT_DATA"),
    StateUpdatedTimestamp: at,
  }),
  "scalable-target": record({
    ResourceId: text,
    ScalableDimension: text,
    MinCapacity: count,
    MaxCapacity: count,
    CreationTime: at,
  }),
  quota: record({ ServiceCode: text, QuotaCode: text, Value: number }),
  usage: record({ Id: text, Values: list(number), Timestamps: list(at) }),
  trail: record({ TrailARN: text, Name: text, IsMultiRegionTrail: flag }),
  "event-selectors": record({
    TrailARN: text,
    EventSelectors: list(
      record({
        ReadWriteType: word("All", "ReadOnly", "WriteOnly"),
        IncludeManagementEvents: flag,
        ExcludeManagementEventSources: texts,
      }),
    ),
    AdvancedEventSelectors: list(record({ FieldSelectors: list(fieldSelector) })),
  }),
} as const satisfies Partial<Readonly<Record<ThingKind, RecordShape>>>;
