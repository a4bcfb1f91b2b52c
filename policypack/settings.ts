// The pack-wide settings: waivers of single violations, and clusters that need no key. Parsed at the edge, answers what holds on a day.
//
// Invariants
//   a waiver or exemption that cannot be read whole counts for nothing, and is a problem that names its place and value
//   a waiver counts up to and with the day it expires (UTC), and is never silent, neither while it counts nor after
//   nothing waives everything: a pattern names a stack, a project or a resource, a waiver names one rule

import { matchWildcard, piecesOf } from "../domain/policy/match-wildcard";
import { shown } from "./rules/look";
import {
  CLUSTER,
  KEY,
  NATIVE_CLUSTER,
  NATIVE_KEY,
  NATIVE_SERVICE,
  NATIVE_TASK_SET,
  SERVICE,
  TASK_SET,
} from "./rules/resource-types";

/** Accepts one rule's violations on the resources whose URN matches, until a day. */
export interface Waiver {
  readonly rule: string;
  /** A URN in which `*` stands for any run of characters and `?` for one. */
  readonly urnPattern: string;
  readonly reason: string;
  readonly owner: string;
  /** ISO 8601 day, the last on which it counts. */
  readonly expires: string;
}

/** A cluster that runs no tasks on Fargate, and so needs no key for their storage. */
export interface Exemption {
  readonly urnPattern: string;
  readonly reason: string;
  readonly owner: string;
}

export interface Settings {
  readonly waivers: readonly Waiver[];
  readonly exemptClusters: readonly Exemption[];
}

export interface SettingsProblem {
  /** The entry that it spoils: `settings.waivers[2]`. */
  readonly entry: string;
  /** Where in the configuration: `settings.waivers[2].expires`. */
  readonly place: string;
  readonly value: string;
  readonly remedy: string;
}

export interface ParsedSettings {
  readonly settings: Settings;
  readonly problems: readonly SettingsProblem[];
}

export const NO_SETTINGS: Settings = { waivers: [], exemptClusters: [] };

/** Reads what stands under `settings` in the pack's configuration. `rules` are the ids that a waiver may name. */
export function parseSettings(config: Readonly<Record<string, unknown>>, rules: readonly string[]): ParsedSettings {
  const waiver: Shape = { rule: oneOf(rules), urnPattern: PATTERN, reason: WORDS, owner: WORDS, expires: DAY };
  const exemption: Shape = { urnPattern: PATTERN, reason: WORDS, owner: WORDS };
  const waivers = entriesOf(config, "waivers", waiver);
  const exemptions = entriesOf(config, "exemptClusters", exemption);
  return {
    settings: {
      waivers: waivers.sound.map((entry) => entry as unknown as Waiver),
      exemptClusters: exemptions.sound.map((entry) => entry as unknown as Exemption),
    },
    problems: [...oddNames(config), ...waivers.problems, ...exemptions.problems],
  };
}

export interface WaiverAnswer {
  /** The waiver in force, else null. */
  readonly inForce: Waiver | null;
  /** One that matches but has expired, when none is in force. */
  readonly expired: Waiver | null;
}

/** Which waiver speaks of this violation on this day (ISO 8601). */
export function waiverFor(settings: Settings, violation: { rule: string; urn: string; today: string }): WaiverAnswer {
  const matching = settings.waivers.filter(
    ({ rule, urnPattern }) => rule === violation.rule && matches(urnPattern, violation.urn),
  );
  const inForce = matching.find(({ expires }) => violation.today <= expires) ?? null;
  return { inForce, expired: inForce === null ? (matching.at(-1) ?? null) : null };
}

export function exemptionFor(settings: Settings, urn: string): Exemption | null {
  return settings.exemptClusters.find(({ urnPattern }) => matches(urnPattern, urn)) ?? null;
}

export interface Unused {
  /** `The waiver` or `The exemption`. */
  readonly what: string;
  readonly entry: Waiver | Exemption;
  /** Whether a resource of the stack matches. */
  readonly isSeen: boolean;
}

/**
 * What of the settings accepted nothing. `urns` are all resources of the stack; of an entry that names another stack or project, and so
 * cannot match here, nothing is said: one configuration may serve many stacks.
 */
export function unusedEntries(
  { waivers, exemptClusters }: Settings,
  { inUse, urns }: { readonly inUse: ReadonlySet<Waiver | Exemption>; readonly urns: readonly string[] },
): readonly Unused[] {
  const entries = [
    ...waivers.map((entry) => ({ what: `The waiver of ${entry.rule}`, entry })),
    ...exemptClusters.map((entry) => ({ what: "The exemption", entry })),
  ];
  return entries
    .filter(({ entry }) => !inUse.has(entry))
    .map((unused) => ({ ...unused, isSeen: urns.some((urn) => matches(unused.entry.urnPattern, urn)) }))
    .filter(({ entry, isSeen }) => isSeen || mayMean(entry.urnPattern, urns));
}

/** Whether a pattern speaks of the stack of these URNs: by its stack and project, where it begins with them. */
function mayMean(pattern: string, urns: readonly string[]): boolean {
  if (!pattern.startsWith("urn:")) return true;
  const place = (text: string) => text.split("::").slice(0, 2).join("::");
  return urns.some((urn) => matches(place(pattern), place(urn)));
}

const NAMES = ["waivers", "exemptClusters"];
/** Types that waivers speak of; below a stack, a project and a resource that have no name. */
const NAMELESS_TYPES = [CLUSTER, NATIVE_CLUSTER, SERVICE, NATIVE_SERVICE, TASK_SET, NATIVE_TASK_SET, KEY, NATIVE_KEY];
const ENTRIES_MAX = 500;
const TEXT_CHARACTERS_MAX = 1000;

/** What a field must be: null when it is, else what to give instead. */
type Field = (value: string) => string | null;
type Shape = Readonly<Record<string, Field>>;
type Entry = Readonly<Record<string, string>>;

const WORDS: Field = () => null;
const PATTERN: Field = (value) =>
  namesSomething(value) ? null : "name a resource, stack or project: a URN, with * for the parts that may differ";
const DAY: Field = (value) => (isDay(value) ? null : "give a day of the calendar, such as 2027-03-31");

/** A misspelt `waiver` would count for nothing without a word. */
function oddNames(config: Readonly<Record<string, unknown>>): readonly SettingsProblem[] {
  return Object.keys(config)
    .filter((name) => !NAMES.includes(name))
    .map((name) => ({
      entry: `settings.${name}`,
      place: `settings.${name}`,
      value: shown(config[name]),
      remedy: `there are only ${NAMES.join(" and ")}`,
    }));
}

function oneOf(names: readonly string[]): Field {
  return (value) => (names.includes(value) ? null : `give a rule of this pack: ${names.join(", ")}`);
}

function entriesOf(config: Readonly<Record<string, unknown>>, name: string, shape: Shape) {
  const place = `settings.${name}`;
  const list = config[name] ?? [];
  if (!Array.isArray(list) || list.length > ENTRIES_MAX) {
    return {
      sound: [],
      problems: [{ entry: place, place, value: shown(list), remedy: `give a list of at most ${ENTRIES_MAX} entries` }],
    };
  }
  const parsed = list.map((entry: unknown, index) => entryOf(entry, `${place}[${index}]`, shape));
  return {
    sound: parsed.flatMap(({ entry, problems }) => (entry === null || problems.length > 0 ? [] : [entry])),
    problems: parsed.flatMap(({ problems }) => problems),
  };
}

function entryOf(value: unknown, place: string, shape: Shape): { entry: Entry | null; problems: SettingsProblem[] } {
  const fields = Object.keys(shape).join(", ");
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return {
      entry: null,
      problems: [{ entry: place, place, value: shown(value), remedy: `give an object with ${fields}` }],
    };
  }
  const given = value as Readonly<Record<string, unknown>>;
  const odd = Object.keys(given).filter((name) => !Object.hasOwn(shape, name));
  const problems = [
    ...odd.map((name) => ({ name, value: shown(given[name]), remedy: `there are only ${fields}` })),
    ...Object.entries(shape).flatMap(([name, field]) => {
      const wrong = fieldProblem(given[name], field);
      return wrong === null ? [] : [{ name, ...wrong }];
    }),
  ].map(({ name, value: seen, remedy }) => ({ entry: place, place: `${place}.${name}`, value: seen, remedy }));
  return { entry: given as Entry, problems };
}

function fieldProblem(value: unknown, field: Field): { value: string; remedy: string } | null {
  if (value === undefined) return { value: "absent", remedy: "every entry needs it" };
  if (typeof value !== "string" || value.trim() === "" || value.length > TEXT_CHARACTERS_MAX) {
    return { value: shown(value), remedy: `give a text of 1 to ${TEXT_CHARACTERS_MAX} characters` };
  }
  const remedy = field(value);
  return remedy === null ? null : { value: shown(value), remedy };
}

/** `*:*` and `*Cluster*` match whatever stack, project and resource there are: such a pattern switches the rule off, which levels do. */
function namesSomething(pattern: string): boolean {
  return !/\s/.test(pattern) && !NAMELESS_TYPES.some((type) => matches(pattern, `urn:pulumi:\0::\0::${type}::\0`));
}

/** A day that exists: 2027-02-30 does not. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function matches(pattern: string, urn: string): boolean {
  return matchWildcard(urn, piecesOf(pattern));
}
