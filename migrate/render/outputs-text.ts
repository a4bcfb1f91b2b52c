// What a person reads after a scan of AWS CLI outputs: what was skipped, what is odd, what is unknown and how to show it.
//
// Invariants
//   the files that were skipped come first: they may be what is missing
//   a command is never cut; where several things are missing of a kind, one command shows them
//   long lists end in "and N more": the fleet file and --json hold all of them

import type { Gap, GapKind } from "../core/offline/gap";
import type { OutputRemark } from "../core/offline/outputs";
import { showCommand } from "../core/offline/show-command";
import { printable } from "./printable";
import { wrap } from "./wrap";

export interface OutputsText {
  readonly skipped: readonly OutputRemark[];
  readonly odd: readonly OutputRemark[];
  readonly gaps: readonly Gap[];
  readonly region: string;
  readonly width: number;
}

/** Lines, without an end; none when everything was read and shown. */
export function outputsText({ skipped, odd, gaps, region, width }: OutputsText): readonly string[] {
  const blocks = [
    remarks(`Not read`, skipped, width),
    remarks("Odd", odd, width),
    ...(gaps.length === 0 ? [] : [unknownText(gaps, region, width)]),
  ].filter((block) => block.length > 0);
  return blocks.flatMap((block, index) => (index === 0 ? block : ["", ...block]));
}

const SHOWN_MAX = 12;
const WIDTH_MIN = 40;

function remarks(title: string, all: readonly OutputRemark[], width: number): readonly string[] {
  if (all.length === 0) return [];
  const lines = all
    .slice(0, SHOWN_MAX)
    .flatMap(({ file, what }) => [`  ${printable(file)}`, ...indented(wrap(what, inner(width, 4)), 4)]);
  return [`${title} (${all.length})`, ...lines, ...more(all.length)];
}

function more(length: number): readonly string[] {
  return length > SHOWN_MAX ? [`  and ${length - SHOWN_MAX} more; --json shows all`] : [];
}

/** In the order in which a plan needs them, those that may be many at the end. */
const KINDS: readonly GapKind[] = [
  "configuration",
  "services",
  "tasks",
  "task-definition",
  "key",
  "key-policy",
  "key-rotation",
  "subnet",
  "secrets",
  "parameters",
  "log-groups",
  "alarms",
  "scaling",
  "quotas",
  "usage",
  "trails",
  "protection",
  "images",
  "secret",
  "trail-events",
];

function unknownText(all: readonly Gap[], region: string, width: number): readonly string[] {
  const gaps = all.filter((gap) => !isShownWithAnother(gap, all));
  const groups = KINDS.flatMap((kind) =>
    groupsOf(
      kind,
      gaps.filter((gap) => gap.kind === kind),
    ),
  );
  const lines = groups
    .slice(0, SHOWN_MAX)
    .flatMap(({ kind, of }) => [
      ...indented(wrap(heading(kind, of), inner(width, 2)), 2),
      ...indented(wrap(commandOf({ kind, of }, region), inner(width, 6)), 6),
    ]);
  const lead = "Unknown: no output shows it. These commands do; put their files into the folder and scan again.";
  return [...wrap(lead, Math.max(width, WIDTH_MIN)), ...lines, ...more(groups.length)];
}

/** One command shows a key, its policy and its rotation. */
function isShownWithAnother({ kind, subject }: Gap, all: readonly Gap[]): boolean {
  const before = OF_KEYS.slice(0, Math.max(0, OF_KEYS.indexOf(kind)));
  return all.some((other) => other.subject === subject && before.includes(other.kind));
}

const OF_KEYS: readonly GapKind[] = ["key", "key-policy", "key-rotation"];

interface Group {
  readonly kind: GapKind;
  readonly of: readonly Gap[];
}

/** What one command shows together: services and tasks are asked for cluster by cluster. */
function groupsOf(kind: GapKind, gaps: readonly Gap[]): readonly Group[] {
  if (!TOGETHER.includes(kind)) return gaps.map((gap) => ({ kind, of: [gap] }));
  const count = Math.ceil(gaps.length / TOGETHER_MAX);
  return Array.from({ length: count }, (_, index) => ({
    kind,
    of: gaps.slice(index * TOGETHER_MAX, (index + 1) * TOGETHER_MAX),
  }));
}

const TOGETHER: readonly GapKind[] = ["configuration", "task-definition", "subnet"];
const TOGETHER_MAX = 100;

function heading(kind: GapKind, gaps: readonly Gap[]): string {
  const [first] = gaps;
  if (first === undefined) return "";
  if (gaps.length === 1) return first.why.slice(0, first.why.length - first.command.length - 2);
  return `${gaps.length} ${PLURALS[kind] ?? kind}`;
}

function commandOf({ kind, of }: Group, region: string): string {
  const [first, ...more] = of;
  if (first !== undefined && more.length === 0) return first.command;
  return showCommand(
    kind,
    of.map(({ subject }) => subject),
    region,
  );
}

const PLURALS: Partial<Readonly<Record<GapKind, string>>> = {
  configuration: "cluster configurations",
  "task-definition": "task definitions",
  subnet: "subnets",
};

function inner(width: number, indent: number): number {
  return Math.max(width - indent, WIDTH_MIN);
}

function indented(lines: readonly string[], by: number): readonly string[] {
  return lines.map((line) => `${" ".repeat(by)}${line}`);
}
