// The flags of `plan` → the options of a plan.
// Invariant: a class is allowed only by name and with a reason; nothing is allowed by default.

import type { Fleet } from "../../domain/fleet";
import { ALLOWABLE_CLASSES } from "../core/classify/allowable-classes";
import type { Plan, PlanOptions } from "../core/model/plan";
import { DEFAULT_PLAN_OPTIONS } from "../core/plan/default-plan-options";
import { durationMsOf, numberOf, wrongValue } from "./option-values";

export interface PlanFlags {
  readonly order?: string;
  readonly soak?: string;
  readonly inFlight?: string;
  readonly failures?: string;
  readonly allow?: readonly string[];
  readonly platformPin?: PlanOptions["platformPin"];
  readonly mutexTag?: readonly string[];
  readonly approve?: boolean;
  readonly gateAlarm?: readonly string[];
  readonly waveFailures?: string;
}

const IN_FLIGHT = { option: "--in-flight", min: 1, max: 500 };
const FAILURES = { option: "--failures", min: 0, max: 10_000 };
const WAVE_FAILURES = { ...FAILURES, option: "--wave-failures" };

/** @throws FargateCmkError `usage` */
export function planOptionsOf(flags: PlanFlags): PlanOptions {
  const { order, soak, inFlight, failures, allow, platformPin, mutexTag, waveFailures } = flags;
  return {
    ...DEFAULT_PLAN_OPTIONS,
    ...(order === undefined ? {} : { order: orderOf(order) }),
    ...(soak === undefined ? {} : { soakMs: durationMsOf(soak, "--soak") }),
    ...(inFlight === undefined ? {} : { inFlightMax: numberOf(inFlight, IN_FLIGHT) }),
    ...(failures === undefined ? {} : { failuresMax: numberOf(failures, FAILURES) }),
    ...(allow === undefined ? {} : { allow: allow.map(allowanceOf) }),
    ...(platformPin === undefined ? {} : { platformPin }),
    ...(mutexTag === undefined ? {} : { mutexTags: mutexTagsOf(mutexTag) }),
    ...gateOf(flags),
    ...(waveFailures === undefined ? {} : { waveFailuresMax: numberOf(waveFailures, WAVE_FAILURES) }),
  };
}

function gateOf({ approve: approval = false, gateAlarm = [] }: PlanFlags): Pick<PlanOptions, "gate"> {
  const wrong = gateAlarm.find((name) => name.trim() === "" || name.length > ALARM_LENGTH_MAX);
  if (wrong !== undefined)
    throw wrongValue("--gate-alarm", wrong, "give the name of a CloudWatch alarm of this Region");
  if (!approval && gateAlarm.length === 0) return {};
  return { gate: { alarms: [...new Set(gateAlarm)].toSorted(), approval } };
}

/** AlarmName, CloudWatch API reference (documented). */
const ALARM_LENGTH_MAX = 255;

export interface UnmatchedOption {
  readonly option: string;
  readonly value: string;
  /** What it names that the fleet does not have. */
  readonly missing: string;
}

/** What was asked for and meets nothing in this fleet: more often a slip of the pen than an intention. */
export function unmatchedOptions({ options }: Plan, fleet: Fleet): readonly UnmatchedOption[] {
  const clusterNames = new Map(fleet.clusters.map(({ arn, name }) => [arn, name]));
  const names = new Set(fleet.services.map(({ clusterArn, name }) => `${clusterNames.get(clusterArn)}/${name}`));
  const { order, allow, mutexTags = [] } = options;
  const tagged = new Set(order === null ? [] : fleet.services.map(({ tags }) => tags[order.tag]));
  return [
    ...(order?.values ?? [])
      .filter((value) => !tagged.has(value))
      .map((value) => ({ option: "--order", value, missing: `service with tag ${order?.tag}=${value}` })),
    ...allow
      .map(({ service }) => service)
      .filter(
        (service) => service !== null && !names.has(service) && !fleet.services.some(({ arn }) => arn === service),
      )
      .map((service) => ({ option: "--allow", value: service ?? "", missing: `service ${service}` })),
    ...mutexTags
      .filter((tag) => !fleet.services.some(({ tags }) => Object.hasOwn(tags, tag)))
      .map((tag) => ({ option: "--mutex-tag", value: tag, missing: `service with tag ${tag}` })),
  ];
}

function orderOf(text: string): NonNullable<PlanOptions["order"]> {
  const [, tag = "", list = ""] = /^tag:([^=]+)=(.+)$/.exec(text) ?? [];
  const values = list.split(",").map((value) => value.trim());
  const right = tag !== "" && values.every((value) => value !== "") && new Set(values).size === values.length;
  if (right) return { tag, values };
  throw wrongValue("--order", text, "give a tag and its values in order, e.g. tag:tier=dev,staging,prod");
}

/** AWS tag keys have 1 to 128 characters. The order in which they were typed means nothing, so plans do not differ by it. */
function mutexTagsOf(tags: readonly string[]): readonly string[] {
  const wrong = tags.find((tag) => tag.trim() === "" || tag.length > TAG_LENGTH_MAX);
  if (wrong !== undefined) throw wrongValue("--mutex-tag", wrong, "give the key of a tag, e.g. --mutex-tag shared-db");
  return [...new Set(tags)].toSorted();
}

const TAG_LENGTH_MAX = 128;

function allowanceOf(text: string): PlanOptions["allow"][number] {
  const [, name = "", service, reason = ""] = /^([a-z-]+)(?::([^=]+))?=(.+)$/s.exec(text) ?? [];
  const known = ALLOWABLE_CLASSES.find((one) => one === name);
  if (known !== undefined && reason.trim() !== "")
    return { class: known, service: service ?? null, reason: reason.trim() };
  throw wrongValue(
    "--allow",
    text,
    `give CLASS=REASON or CLASS:cluster/service=REASON, where CLASS is one of ${ALLOWABLE_CLASSES.join(", ")}`,
  );
}
