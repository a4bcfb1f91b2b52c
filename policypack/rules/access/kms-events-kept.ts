// Which events of KMS a CloudTrail trail records, from its selectors: those that read, and those that change.
//
// Invariants
//   an event is recorded when any selector takes it; without selectors every management event is
//   what is not known, and a field that this file does not know, makes the answer unknown and never "no"
// Sources: CloudTrail API reference, EventSelector and AdvancedFieldSelector (documented): management events are included, and both kinds
//   recorded, unless it says otherwise; several operators of one field all count. Which events are which: Amazon ECS developer guide,
//   the events of a Fargate key (documented): GenerateDataKeyWithoutPlaintext has readOnly true, CreateGrant false.

import { all, any, not, type Ternary, ternary } from "../../../domain/policy/ternary";
import { isOn, itemsAt } from "../block-at";
import { type Look, lookAt, type Properties, UNKNOWN } from "../look";

export interface KmsEventsKept {
  /** GenerateDataKeyWithoutPlaintext, Decrypt: the use of a key. */
  readonly read: Ternary;
  /** CreateGrant, DisableKey, ScheduleKeyDeletion: who changed what. */
  readonly write: Ternary;
}

/** A property is of the aws provider, or aws-native's name for it. */
export function kmsEventsKept(properties: Properties): KmsEventsKept {
  const isLogging = flag(firstOf(properties, ["enableLogging", "isLogging"]), "yes");
  const kept = (event: KmsEvent) => all([isLogging, takenBy(properties, event)]);
  return { read: kept(READ), write: kept(WRITE) };
}

/** A trail of data events, beside which another records management events: it has selectors, and none of them takes any of those. */
export function isForDataOnly(properties: Properties): boolean {
  const [basic, advanced] = [listAt(properties, "eventSelectors"), listAt(properties, "advancedEventSelectors")];
  if (basic === null || advanced === null || basic.length + advanced.length === 0) return false;
  const isData = (selector: unknown) =>
    flag(lookAt(selector, "includeManagementEvents"), "yes") === "no" &&
    (listAt(selector, "dataResources") ?? []).length > 0;
  return basic.every(isData) && advanced.every((selector) => hasCategory(selector) === "no");
}

type KmsEvent = Readonly<Record<string, string>>;

const READ: KmsEvent = { readOnly: "true", eventName: "GenerateDataKeyWithoutPlaintext" };
const WRITE: KmsEvent = { readOnly: "false", eventName: "CreateGrant" };
const OF_EACH: KmsEvent = { eventCategory: "Management", eventSource: "kms.amazonaws.com", eventType: "AwsApiCall" };

function takenBy(properties: Properties, event: KmsEvent): Ternary {
  const [basic, advanced] = [listAt(properties, "eventSelectors"), listAt(properties, "advancedEventSelectors")];
  if (basic === null || advanced === null) return "unknown";
  if (basic.length + advanced.length === 0) return "yes";
  return any([
    ...basic.map((selector) => takenByBasic(selector, event)),
    ...advanced.map((selector) => takenByAdvanced(selector, { ...OF_EACH, ...event })),
  ]);
}

function takenByBasic(selector: unknown, { readOnly }: KmsEvent): Ternary {
  const excluded = wordsAt(selector, "excludeManagementEventSources");
  const type = lookAt(selector, "readWriteType");
  const other = readOnly === "true" ? "WriteOnly" : "ReadOnly";
  return all([
    flag(lookAt(selector, "includeManagementEvents"), "yes"),
    type.state === "unknown" ? "unknown" : ternary(type.state === "absent" || type.value !== other),
    excluded === null ? "unknown" : ternary(!excluded.includes("kms.amazonaws.com")),
  ]);
}

/** Every field of a selector has to match. */
function takenByAdvanced(selector: unknown, event: KmsEvent): Ternary {
  const fields = listAt(selector, "fieldSelectors");
  return fields === null ? "unknown" : all(fields.map((field) => fieldMatches(field, event)));
}

function hasCategory(selector: unknown): Ternary {
  const fields = listAt(selector, "fieldSelectors") ?? [];
  const category = fields.filter((field) => textAt(field, "field") === "eventCategory");
  return all(category.map((field) => fieldMatches(field, OF_EACH)));
}

function fieldMatches(selector: unknown, event: KmsEvent): Ternary {
  const value = event[textAt(selector, "field") ?? ""];
  if (value === undefined) return "unknown";
  return all(
    OPERATORS.map(({ names, matches, negated }) => {
      const words = names.map((name) => wordsAt(selector, name));
      if (words.includes(null)) return "unknown";
      const given = words.flatMap((list) => list ?? []);
      if (given.length === 0) return "yes";
      const isHit = ternary(given.some((word) => matches(value, word)));
      return negated ? not(isHit) : isHit;
    }),
  );
}

interface Operator {
  /** The aws provider's plural, and aws-native's. */
  readonly names: readonly string[];
  readonly matches: (value: string, word: string) => boolean;
  readonly negated: boolean;
}

const isEqual = (value: string, word: string) => value === word;
const starts = (value: string, word: string) => value.startsWith(word);
const ends = (value: string, word: string) => value.endsWith(word);

const OPERATORS: readonly Operator[] = [
  { names: ["equals"], matches: isEqual, negated: false },
  { names: ["startsWiths", "startsWith"], matches: starts, negated: false },
  { names: ["endsWiths", "endsWith"], matches: ends, negated: false },
  { names: ["notEquals"], matches: isEqual, negated: true },
  { names: ["notStartsWiths", "notStartsWith"], matches: starts, negated: true },
  { names: ["notEndsWiths", "notEndsWith"], matches: ends, negated: true },
];

function firstOf(properties: Properties, names: readonly string[]): Look {
  const looks = names.map((name) => lookAt(properties, name));
  return looks.find(({ state }) => state !== "absent") ?? { state: "absent" };
}

function flag(look: Look, otherwise: Ternary): Ternary {
  if (look.state === "unknown") return "unknown";
  return look.state === "absent" ? otherwise : ternary(isOn(look));
}

/** Null when it is not known whether anything stands there. */
function listAt(value: unknown, path: string): readonly unknown[] | null {
  const list = itemsAt(value, path);
  if (list.state === "unknown") return null;
  return list.state === "known" ? list.items : [];
}

/** Null when one of them is not known. */
function wordsAt(value: unknown, path: string): readonly string[] | null {
  const items = listAt(value, path);
  return items === null || items.includes(UNKNOWN) ? null : items.map(String);
}

function textAt(value: unknown, path: string): string | null {
  const look = lookAt(value, path);
  return look.state === "known" ? String(look.value) : null;
}
