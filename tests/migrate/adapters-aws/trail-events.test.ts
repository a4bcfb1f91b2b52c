import assert from "node:assert/strict";
import type { AdvancedFieldSelector, EventSelector } from "@aws-sdk/client-cloudtrail";
import { toTrailEvents } from "../../../migrate/adapters/aws/to-trail-events";

const ALL = { kmsReads: true, kmsWrites: true };
const NONE = { kmsReads: false, kmsWrites: false };
const READS = { kmsReads: true, kmsWrites: false };
const WRITES = { kmsReads: false, kmsWrites: true };

describe("what a trail keeps of KMS, by its event selectors", () => {
  for (const [title, selector, expected] of [
    ["all management events", { ReadWriteType: "All", IncludeManagementEvents: true }, ALL],
    ["what only reads", { ReadWriteType: "ReadOnly", IncludeManagementEvents: true }, READS],
    ["what changes something", { ReadWriteType: "WriteOnly", IncludeManagementEvents: true }, WRITES],
    ["no management events", { ReadWriteType: "All", IncludeManagementEvents: false }, NONE],
    [
      "all but those of KMS",
      {
        ReadWriteType: "All",
        IncludeManagementEvents: true,
        ExcludeManagementEventSources: ["rdsdata.amazonaws.com", "kms.amazonaws.com"],
      },
      NONE,
    ],
    ["what AWS keeps when it says nothing more", {}, ALL],
  ] as readonly [string, EventSelector, typeof ALL][])
    it(`is told by a classic selector: ${title}`, () => {
      assert.deepEqual(toTrailEvents({ EventSelectors: [selector] }), expected);
    });

  it("is what any of several selectors keeps", () => {
    const EventSelectors: EventSelector[] = [{ ReadWriteType: "ReadOnly" }, { ReadWriteType: "WriteOnly" }];
    assert.deepEqual(toTrailEvents({ EventSelectors }), ALL);
  });

  const management = { Field: "eventCategory", Equals: ["Management"] };
  for (const [title, fields, expected] of [
    ["management events", [management], ALL],
    ["data events", [{ Field: "eventCategory", Equals: ["Data"] }], NONE],
    ["what only reads", [management, { Field: "readOnly", Equals: ["true"] }], READS],
    ["what changes something", [management, { Field: "readOnly", Equals: ["false"] }], WRITES],
    ["all but KMS", [management, { Field: "eventSource", NotEquals: ["kms.amazonaws.com"] }], NONE],
    ["all but RDS", [management, { Field: "eventSource", NotEquals: ["rdsdata.amazonaws.com"] }], ALL],
    ["one other source", [management, { Field: "eventSource", Equals: ["s3.amazonaws.com"] }], NONE],
    ["names that begin alike", [management, { Field: "eventName", StartsWith: ["GenerateDataKey"] }], READS],
    ["names that do not end so", [management, { Field: "eventName", NotEndsWith: ["Grant"] }], READS],
    ["a user, which a service is not", [management, { Field: "userIdentity.arn", Equals: ["arn:x"] }], NONE],
    ["all but a user", [management, { Field: "userIdentity.arn", NotStartsWith: ["arn:x"] }], ALL],
    ["nothing at all", [], NONE],
  ] as readonly [string, AdvancedFieldSelector[], typeof ALL][])
    it(`is told by an advanced selector: ${title}`, () => {
      assert.deepEqual(toTrailEvents({ AdvancedEventSelectors: [{ FieldSelectors: fields }] }), expected);
    });

  it("is nothing where there are no selectors", () => {
    assert.deepEqual(toTrailEvents({}), NONE);
  });
});
