// Stacks that audit-trail-keeps-kms judges: selectors of both forms, a stopped trail, and trails that share the work.

import type { Properties } from "../../../policypack/rules/look";
import { NATIVE_TRAIL, TRAIL } from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import { recording } from "../compliant/access";
import { subject } from "../subjects";
import type { Scene } from "./scene";

function trail(properties: Properties, name = "audit"): StackSubject {
  return subject(TRAIL, { enableLogging: true, ...properties }, { name });
}

function advanced(...source: readonly Properties[]): Properties {
  const fieldSelectors = [{ field: "eventCategory", equals: ["Management"] }, ...source];
  return { advancedEventSelectors: [{ name: "management", fieldSelectors }] };
}

const FOR_READS = trail(recording({ readWriteType: "ReadOnly" }), "reads");

export const SCENES: readonly Scene[] = [
  {
    rule: "audit-trail-keeps-kms",
    compliant: [trail(recording())],
    violating: [trail(recording({ excludeManagementEventSources: ["kms.amazonaws.com"] }))],
    on: "audit",
  },
  {
    rule: "audit-trail-keeps-kms",
    compliant: [trail(advanced({ field: "eventSource", notEquals: ["rdsdata.amazonaws.com"] }))],
    violating: [trail(advanced({ field: "eventSource", notEquals: ["kms.amazonaws.com"] }))],
    on: "audit",
  },
  {
    rule: "audit-trail-keeps-kms",
    compliant: [subject(NATIVE_TRAIL, { isLogging: true, ...recording() }, { name: "audit" })],
    violating: [subject(NATIVE_TRAIL, { isLogging: false, ...recording() }, { name: "audit" })],
    on: "audit",
  },
  {
    rule: "audit-trail-keeps-kms",
    compliant: [FOR_READS, trail(recording({ readWriteType: "WriteOnly" }))],
    violating: [{ ...FOR_READS, region: { state: "known", value: "us-east-1" } }, trail(recording(), "audit")],
    on: "reads",
  },
];
