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

/** In the order in which a plan needs them. */
const KINDS: readonly GapKind[] = [
  "configuration",
  "services",
  "tasks",
  "task-definition",
  "key",
  "key-policy",
  "subnet",
];

function unknownText(all: readonly Gap[], region: string, width: number): readonly string[] {
  const keys = new Set(all.filter(({ kind }) => kind === "key").map(({ subject }) => subject));
  // One command shows a key and its policy.
  const gaps = all.filter(({ kind, subject }) => kind !== "key-policy" || !keys.has(subject));
  const groups = KINDS.flatMap((kind) =>
    groupsOf(
      kind,
      gaps.filter((gap) => gap.kind === kind),
    ),
  );
  const lines = groups.slice(0, SHOWN_MAX).flatMap(({ kind, of }) => [
    ...indented(wrap(heading(kind, of), inner(width, 2)), 2),
    ...indented(
      wrap(
        showCommand(
          kind,
          of.map(({ subject }) => subject),
          region,
        ),
        inner(width, 6),
      ),
      6,
    ),
  ]);
  const lead = "Unknown: no output shows it. These commands do; put their files into the folder and scan again.";
  return [...wrap(lead, Math.max(width, WIDTH_MIN)), ...lines, ...more(groups.length)];
}

interface Group {
  readonly kind: GapKind;
  readonly of: readonly Gap[];
}

/** What one command shows together: services and tasks are asked for cluster by cluster. */
function groupsOf(kind: GapKind, gaps: readonly Gap[]): readonly Group[] {
  if (kind === "services" || kind === "tasks" || kind === "key" || kind === "key-policy")
    return gaps.map((gap) => ({ kind, of: [gap] }));
  const count = Math.ceil(gaps.length / TOGETHER_MAX);
  return Array.from({ length: count }, (_, index) => ({
    kind,
    of: gaps.slice(index * TOGETHER_MAX, (index + 1) * TOGETHER_MAX),
  }));
}

const TOGETHER_MAX = 100;

function heading(kind: GapKind, gaps: readonly Gap[]): string {
  const [first] = gaps;
  if (first === undefined) return "";
  if (gaps.length === 1) return first.why.slice(0, first.why.length - first.command.length - 2);
  return `${gaps.length} ${PLURALS[kind]}`;
}

const PLURALS: Readonly<Record<GapKind, string>> = {
  configuration: "cluster configurations",
  services: "lists of services",
  tasks: "lists of tasks",
  "task-definition": "task definitions",
  key: "keys",
  "key-policy": "key policies",
  subnet: "subnets",
};

function inner(width: number, indent: number): number {
  return Math.max(width - indent, WIDTH_MIN);
}

function indented(lines: readonly string[], by: number): readonly string[] {
  return lines.map((line) => `${" ".repeat(by)}${line}`);
}
