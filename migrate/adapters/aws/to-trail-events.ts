// A trail's event selectors → whether it keeps the events of KMS that Fargate's use of a key leaves.
//
// An advanced selector keeps an event that fits all of its fields. The two events are held against them as they are logged: what
// they have no value for fits a field that excludes, and none that demands.
// Source: EventSelector, AdvancedEventSelector and AdvancedFieldSelector, CloudTrail API reference (documented).

import type {
  AdvancedEventSelector,
  AdvancedFieldSelector,
  EventSelector,
  GetEventSelectorsResponse,
} from "@aws-sdk/client-cloudtrail";
import type { TrailEvents } from "../../../domain/fleet-surroundings";

export function toTrailEvents({ EventSelectors, AdvancedEventSelectors }: GetEventSelectorsResponse): TrailEvents {
  const keeps = (event: KmsEvent): boolean =>
    (EventSelectors ?? []).some((selector) => keepsClassic(selector, event)) ||
    (AdvancedEventSelectors ?? []).some((selector) => keepsAdvanced(selector, event));
  return { kmsReads: keeps(READ), kmsWrites: keeps(WRITE) };
}

/** The fields of an event that a selector of management events can name. */
interface KmsEvent {
  readonly eventCategory: "Management";
  readonly eventSource: "kms.amazonaws.com";
  readonly readOnly: "true" | "false";
  readonly eventName: string;
}

const KMS = { eventCategory: "Management", eventSource: "kms.amazonaws.com" } as const;
const READ: KmsEvent = { ...KMS, readOnly: "true", eventName: "GenerateDataKeyWithoutPlaintext" };
const WRITE: KmsEvent = { ...KMS, readOnly: "false", eventName: "CreateGrant" };

function keepsClassic(selector: EventSelector, { readOnly, eventSource }: KmsEvent): boolean {
  const { ReadWriteType: kind = "All", IncludeManagementEvents: included = true } = selector;
  const isKind = kind === "All" || kind === (readOnly === "true" ? "ReadOnly" : "WriteOnly");
  return included && isKind && !(selector.ExcludeManagementEventSources ?? []).includes(eventSource);
}

function keepsAdvanced({ FieldSelectors = [] }: AdvancedEventSelector, event: KmsEvent): boolean {
  return FieldSelectors.length > 0 && FieldSelectors.every((field) => fits(field, event));
}

function fits(field: AdvancedFieldSelector, event: KmsEvent): boolean {
  const value = (event as unknown as Readonly<Record<string, string | undefined>>)[field.Field ?? ""];
  const any = (values: readonly string[] | undefined, test: (given: string, wanted: string) => boolean): boolean =>
    value !== undefined && (values ?? []).some((wanted) => test(value, wanted));
  const demands = [
    [field.Equals, equals],
    [field.StartsWith, startsWith],
    [field.EndsWith, endsWith],
  ] as const;
  const excludes = [
    [field.NotEquals, equals],
    [field.NotStartsWith, startsWith],
    [field.NotEndsWith, endsWith],
  ] as const;
  return (
    demands.every(([values, test]) => isNone(values) || any(values, test)) &&
    excludes.every(([values, test]) => isNone(values) || !any(values, test))
  );
}

function isNone(values: readonly string[] | undefined): boolean {
  return values === undefined || values.length === 0;
}

const equals = (given: string, wanted: string): boolean => given === wanted;
const startsWith = (given: string, wanted: string): boolean => given.startsWith(wanted);
const endsWith = (given: string, wanted: string): boolean => given.endsWith(wanted);
