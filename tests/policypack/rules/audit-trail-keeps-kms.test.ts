import assert from "node:assert/strict";
import { auditTrailKeepsKms } from "../../../policypack/rules/access/audit-trail-keeps-kms";
import { type Properties, UNKNOWN } from "../../../policypack/rules/look";
import { NATIVE_TRAIL, TRAIL } from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import type { Verdict } from "../../../policypack/rules/verdict";
import { recording } from "../compliant/access";
import { findings, judged } from "../judged";
import { SCENES } from "../scenes/audit-trail-keeps-kms";
import { subject } from "../subjects";

function trail(properties: Properties, rest: Partial<StackSubject> = {}): StackSubject {
  return subject(TRAIL, properties, { name: "audit", ...rest });
}

function check(properties: Properties, type = TRAIL): Verdict {
  const [finding, ...more] = findings(auditTrailKeepsKms, [subject(type, properties, { name: "audit" })]);
  assert.equal(more.length, 0);
  return finding?.verdict ?? assert.fail("nothing was judged");
}

function kinds(...trails: readonly StackSubject[]): readonly string[] {
  return findings(auditTrailKeepsKms, trails).map(({ verdict }) => verdict.kind);
}

function advanced(...fieldSelectors: readonly Properties[]): Properties {
  return { advancedEventSelectors: [{ fieldSelectors }] };
}

const MANAGEMENT = { field: "eventCategory", equals: ["Management"] };
const DATA = { field: "eventCategory", equals: ["Data"] };

describe("audit-trail-keeps-kms", () => {
  it("has scenes that are silent when compliant and fail once when not", () => judged(auditTrailKeepsKms, SCENES));

  it("passes without selectors: a trail records every management event by default", () => {
    for (const none of [undefined, null, []]) {
      assert.equal(check({ eventSelectors: none, advancedEventSelectors: none }).kind, "pass");
    }
    assert.equal(check({ eventSelectors: [{ __defaults: ["includeManagementEvents"] }] }).kind, "pass");
  });

  it("passes with selectors that take both kinds, together or apart, also in texts", () => {
    assert.equal(check(recording({ readWriteType: undefined, includeManagementEvents: "true" })).kind, "pass");
    const halves = ["ReadOnly", "WriteOnly"].map((readWriteType) => ({ readWriteType }));
    assert.equal(check({ eventSelectors: halves }).kind, "pass");
    assert.equal(check(recording({ excludeManagementEventSources: ["rdsdata.amazonaws.com"] })).kind, "pass");
    assert.equal(check(advanced(MANAGEMENT)).kind, "pass");
    assert.equal(check(advanced(MANAGEMENT, { field: "eventSource", startsWiths: ["kms."] })).kind, "pass");
  });

  it("fails with a stopped trail, in either provider's word", () => {
    for (const off of [false, "false"]) {
      const verdict = check({ enableLogging: off, ...recording() });
      assert.ok(verdict.kind === "fail" && verdict.reason === 'Trail "audit" records no event of KMS.');
      assert.ok(verdict.change.includes("+   enableLogging: true,"));
      assert.ok(!verdict.change.join().includes("eventSelectors"));
      assert.equal(check({ isLogging: off }, NATIVE_TRAIL).kind, "fail");
    }
  });

  it("fails with KMS left out to save cost, and shows the value", () => {
    const verdict = check(recording({ excludeManagementEventSources: ["kms.amazonaws.com"] }));
    assert.ok(verdict.kind === "fail" && verdict.evidence[0]?.includes('["kms.amazonaws.com"]'));
    assert.ok(verdict.change.some((line) => line.includes('readWriteType: "All"')));
  });

  it("fails with one kind of event missing, and says which", () => {
    const writes = check(recording({ readWriteType: "WriteOnly" }));
    assert.match(writes.reason, /^Trail "audit" records no read event of KMS, such as GenerateDataKeyWithoutPlaintext/);
    assert.match(check(recording({ readWriteType: "ReadOnly" })).reason, /no write event of KMS, such as CreateGrant/);
  });

  it("fails with advanced selectors that leave KMS or a kind out", () => {
    for (const field of [
      { field: "eventSource", notEquals: ["rdsdata.amazonaws.com", "kms.amazonaws.com"] },
      { field: "eventSource", equals: ["ecs.amazonaws.com"] },
      { field: "eventSource", notStartsWiths: ["kms"] },
      { field: "readOnly", equals: ["false"] },
      { field: "eventName", notEquals: ["GenerateDataKeyWithoutPlaintext"] },
    ]) {
      const verdict = check(advanced(MANAGEMENT, field));
      assert.equal(verdict.kind, "fail", JSON.stringify(field));
      assert.ok(verdict.kind === "fail" && verdict.change.some((line) => line.includes("advancedEventSelectors")));
    }
    const natively = advanced(MANAGEMENT, { field: "eventSource", notEndsWith: ["kms.amazonaws.com"] });
    assert.equal(check({ isLogging: true, ...natively }, NATIVE_TRAIL).kind, "fail");
  });

  it("fails without management events, and leaves a trail of data events alone", () => {
    assert.equal(check(recording({ includeManagementEvents: false })).kind, "fail");
    const dataResources = [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }];
    assert.equal(check(recording({ includeManagementEvents: false, dataResources })).kind, "notApplicable");
    assert.equal(check(advanced(DATA, { field: "resources.type", equals: ["AWS::S3::Object"] })).kind, "notApplicable");
  });

  it("lets trails of the stack share the work where they reach the same Region", () => {
    const cheap = trail(recording({ excludeManagementEventSources: ["kms.amazonaws.com"] }), { name: "cheap" });
    assert.deepEqual(kinds(cheap, trail(recording())), ["pass", "pass"]);
    const far = { region: { state: "known", value: "us-east-1" } } as const;
    assert.deepEqual(kinds(cheap, trail(recording(), far)), ["fail", "pass"]);
    assert.deepEqual(kinds(cheap, trail({ ...recording(), isMultiRegionTrail: true }, far)), ["pass", "pass"]);
    assert.deepEqual(kinds(cheap, trail({ ...recording(), enableLogging: false })), ["fail", "fail"]);
  });

  it("is unknown where what it records hangs on a value that is not known yet, or on a field that it does not read", () => {
    for (const properties of [
      { enableLogging: UNKNOWN },
      { eventSelectors: UNKNOWN },
      { eventSelectors: [UNKNOWN] },
      { advancedEventSelectors: UNKNOWN },
      recording({ readWriteType: UNKNOWN }),
      recording({ includeManagementEvents: UNKNOWN }),
      recording({ excludeManagementEventSources: [UNKNOWN] }),
      advanced(MANAGEMENT, { field: "eventSource", notEquals: [UNKNOWN] }),
      advanced(MANAGEMENT, { field: UNKNOWN, equals: ["true"] }),
      advanced(MANAGEMENT, { field: "userIdentity.arn", startsWiths: ["arn:aws:iam"] }),
      { advancedEventSelectors: [{ fieldSelectors: UNKNOWN }] },
    ]) {
      assert.equal(check(properties).kind, "unknown", JSON.stringify(properties));
    }
  });

  it("does not ask for what makes no difference", () => {
    assert.equal(check({ ...recording(), isMultiRegionTrail: UNKNOWN }).kind, "pass");
    assert.equal(check({ eventSelectors: [{}, UNKNOWN] }).kind, "pass");
    assert.equal(check({ enableLogging: false, eventSelectors: UNKNOWN }).kind, "fail");
  });
});
