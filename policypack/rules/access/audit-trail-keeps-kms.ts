// audit-trail-keeps-kms: what happens to a key is on record, who changed it and what used it.
//
// Why a check of the stack: several trails may share the work, one of them recording what another leaves out.
//
// Invariants
//   a trail fails only for what no trail of the stack that reaches its Region records
//   a trail of data events alone is another kind of trail, and not judged
// Source: CloudTrail user guide, "Logging management events" (documented): events of KMS are management events, can be excluded to save
//   cost, and stay in Event history for 90 days whatever a trail leaves out.

import { any } from "../../../domain/policy/ternary";
import { blockAt, isOff, isOn } from "../block-at";
import { lookAt, shown } from "../look";
import { construction, NATIVE_TRAIL, TRAIL } from "../resource-types";
import type { Finding, Rule, StackSubject } from "../rule";
import { fail, notApplicable, pass, unknown, type Verdict } from "../verdict";
import { isForDataOnly, type KmsEventsKept, kmsEventsKept } from "./kms-events-kept";

const TRAILS: readonly string[] = [TRAIL, NATIVE_TRAIL];
const SELECTORS = ["eventSelectors", "advancedEventSelectors", "isMultiRegionTrail"];

export const auditTrailKeepsKms: Rule = {
  id: "audit-trail-keeps-kms",
  title: "The audit trail records the use and the changes of KMS keys.",
  levels: { baseline: "disabled", strict: "advisory" },
  severity: "medium",
  controls: [
    { framework: "AWS Security Hub", version: "current", ids: ["CloudTrail.1"] },
    { framework: "PCI DSS", version: "4.0.1", ids: ["10.2"] },
    { framework: "HIPAA", version: "45 CFR", ids: ["164.312(b)"] },
    { framework: "ISO/IEC 27001", version: "2022", ids: ["A.8.15"] },
    { framework: "SOC 2", version: "TSC 2017", ids: ["CC7.2"] },
  ],
  why:
    "Each start of a task with a key leaves GenerateDataKeyWithoutPlaintext, a read event, and CreateGrant, a write event. Without them " +
    "the evidence that the key was used, and by which cluster, ends with the 90 days of Event history.",
  remedy: "Let the trail record management events of both kinds, and do not exclude kms.amazonaws.com.",
  limits:
    "It runs at the end of a preview or update, on the trails of the stack: an organization's trail elsewhere is not seen, and may make " +
    "a finding pointless. Trails of data events alone and event data stores of CloudTrail Lake are not judged.",
  example: [
    'new aws.cloudtrail.Trail("audit", {',
    '  s3BucketName: "audit-111122223333",',
    "  isMultiRegionTrail: true,",
    '  eventSelectors: [{ includeManagementEvents: true, readWriteType: "All" }],',
    "});",
  ],
  judges: TRAILS,
  reads: { [TRAIL]: ["enableLogging", ...SELECTORS], [NATIVE_TRAIL]: ["isLogging", ...SELECTORS] },
  checkStack: check,
};

function check(resources: readonly StackSubject[]): readonly Finding[] {
  const trails = resources.filter(({ type }) => TRAILS.includes(type));
  return trails.map((subject) => ({ subject, verdict: judge(subject, trails) }));
}

function judge(trail: StackSubject, trails: readonly StackSubject[]): Verdict {
  const own = kmsEventsKept(trail.properties);
  const others = trails
    .filter((one) => one !== trail && reaches(one, trail))
    .map(({ properties }) => kmsEventsKept(properties));
  const read = any([own.read, ...others.map((kept) => kept.read)]);
  const write = any([own.write, ...others.map((kept) => kept.write)]);
  if (read === "yes" && write === "yes") return pass("events of KMS are recorded");
  if (isForDataOnly(trail.properties)) return notApplicable("it records data events alone");
  if (read === "no" || write === "no") return losing(trail, { read, write });
  return unknown(
    `Whether trail "${trail.name}" records the events of KMS cannot be seen: a value of its selectors is not known yet, or not read here.`,
    "you, in the trail's event selectors",
  );
}

/** Whether what one trail records covers the Region of the other; it does where nobody can say. */
function reaches(one: StackSubject, other: StackSubject): boolean {
  const isMultiRegion = lookAt(one.properties, "isMultiRegionTrail");
  if (isMultiRegion.state === "unknown" || isOn(isMultiRegion)) return true;
  return one.region.state !== "known" || other.region.state !== "known" || one.region.value === other.region.value;
}

function losing(trail: StackSubject, kept: KmsEventsKept): Verdict {
  return fail({
    reason: `Trail "${trail.name}" records ${lost(kept)}.`,
    evidence: evidence(trail),
    change: change(trail),
  });
}

function lost({ read, write }: KmsEventsKept): string {
  if (read === "no" && write === "no") return "no event of KMS";
  return read === "no"
    ? "no read event of KMS, such as GenerateDataKeyWithoutPlaintext and Decrypt"
    : "no write event of KMS, such as CreateGrant and ScheduleKeyDeletion";
}

const LOGGING = ["enableLogging", "isLogging"];

function evidence(trail: StackSubject): readonly string[] {
  const selectors = selectorsFor(trail).length === 0 ? [] : ["eventSelectors", "advancedEventSelectors"];
  return [...LOGGING, ...selectors].flatMap((name) => {
    const look = blockAt(trail.properties, name);
    return look.state === "known" && !isOn(look) ? [`${name} is ${shown(look.value)}`] : [];
  });
}

/** Only what is wrong: a stopped trail may have the right selectors. */
function change(trail: StackSubject): readonly string[] {
  const stopped = LOGGING.find((name) => isOff(lookAt(trail.properties, name)));
  const selectors = selectorsFor(trail);
  if (stopped === undefined) return [construction(trail), ...selectors, "});"];
  const value = lookAt(trail.properties, stopped);
  return [
    `  ${construction(trail)}`,
    `-   ${stopped}: ${value.state === "known" ? shown(value.value) : "false"},`,
    `+   ${stopped}: true,`,
    ...selectors.map((line) => `+ ${line}`),
    "  });",
  ];
}

function selectorsFor({ properties }: StackSubject): readonly string[] {
  const { eventSelectors, advancedEventSelectors } = properties;
  const kept = kmsEventsKept({ eventSelectors, advancedEventSelectors });
  if (kept.read !== "no" && kept.write !== "no") return [];
  return blockAt(properties, "advancedEventSelectors").state === "absent" ? BASIC : ADVANCED;
}

const BASIC = [
  "  eventSelectors: [{",
  "    includeManagementEvents: true,",
  '    readWriteType: "All",',
  "    // no excludeManagementEventSources; keep dataResources",
  "  }],",
];

const ADVANCED = [
  "  advancedEventSelectors: [{",
  "    // nothing on eventSource, eventName or readOnly here;",
  "    // keep the selectors of data events beside it",
  "    fieldSelectors: [",
  '      { field: "eventCategory", equals: ["Management"] },',
  "    ],",
  "  }],",
];
