// What will not be redeployed, group by group: which service, why, and the next step.

import type { NotPlanned, Plan } from "../core/model/plan";
import { CLASS_GROUP, type ClassGroup, type Classification, type ServiceClass } from "../core/model/service-class";
import { compareText } from "../core/plan/fleet-index";
import { besideName, nameColumn } from "./name-column";
import { wrap } from "./wrap";

/** One block of lines for each group that a person has to do something about. */
export function planSections({ rest }: Plan, width: number): readonly (readonly string[])[] {
  const sections = SECTIONS.map(([group, title]) => {
    const members = rest.filter(({ classification }) => CLASS_GROUP[classification.class] === group);
    const rows = members.toSorted(byDisplayName).map((one) => rowOf(one, one.classification));
    return [...section(title, rows, width), ...(group === "blocked" ? allowTogether(members, width) : [])];
  });
  return [...sections, section(NO_RESTART, withoutRestart(rest), width)];
}

/** What is said of services that are left alone and could not start again. */
export const NO_RESTART = "would not start again if restarted";

/** Of those that have such a note, in the order of their names. */
export function withoutRestart(rest: Plan["rest"]): readonly SectionRow[] {
  return rest
    .toSorted(byDisplayName)
    .flatMap((one) => (one.restart === undefined ? [] : [rowOf(one, { ...one.classification, ...one.restart })]));
}

export interface SectionRow {
  readonly name: string;
  readonly owner: string | null;
  readonly class: ServiceClass;
  readonly reason: string;
  readonly remedy: string | null;
}

/** With its class, or what is said of it instead. */
export function rowOf(one: NotPlanned, { class: name, reason, remedy }: Classification): SectionRow {
  return { name: displayName(one), owner: one.owner, class: name, reason, remedy };
}

/** Each remedy allows one service: pasted one after the other from the same page, the last one would undo the others. */
export function needsTogether(members: readonly NotPlanned[]): boolean {
  return members.filter(({ classification: { remedy } }) => remedy?.includes(" --allow ")).length > 1;
}

export const TOGETHER =
  "Each of these commands allows one service. To allow several, give the --allow of each to one command.";

function allowTogether(members: readonly NotPlanned[], width: number): readonly string[] {
  return needsTogether(members) ? ["", ...wrap(TOGETHER, width - 4).map((line) => `    ${line}`)] : [];
}

/** How the plan calls a service or a task of no service: `cluster/name`. */
export function displayName({ clusterName, name }: Pick<NotPlanned, "clusterName" | "name">): string {
  return `${clusterName}/${name}`;
}

export function byDisplayName(a: NotPlanned, b: NotPlanned): number {
  const [first, second] = [displayName(a), displayName(b)];
  if (first === second) return a.arn < b.arn ? -1 : 1;
  return first < second ? -1 : 1;
}

const SECTIONS: readonly (readonly [ClassGroup, string])[] = [
  ["blocked", "blocked"],
  ["by-hand", "by hand"],
  ["waiting", "wait"],
  ["unknown", "could not be judged"],
];

/** A plan of thousands of services must still fit a terminal; the file and the Markdown view hold them all. */
const SHOWN_MAX = 25;
/** Of one class when not all are shown: the next one would say the same, and hide another class. */
const SHOWN_OF_CLASS_MAX = 5;

function section(title: string, members: readonly SectionRow[], width: number): readonly string[] {
  if (members.length === 0) return [];
  const shown = members.length > SHOWN_MAX ? fewOfEach(members) : members;
  const nameWidth = nameColumn(
    shown.map(({ name }) => name),
    width,
  );
  const hidden = members.filter((one) => !shown.includes(one));
  return [
    `  ${title}`,
    ...shown.flatMap((one) => entry(one, nameWidth, width)),
    ...(hidden.length > 0 ? wrap(moreOf(hidden), width - 4).map((line) => `    ${line}`) : []),
  ];
}

function fewOfEach(members: readonly SectionRow[]): readonly SectionRow[] {
  const counts = new Map<string, number>();
  const few = members.filter(({ class: name }) => {
    counts.set(name, (counts.get(name) ?? 0) + 1);
    return (counts.get(name) ?? 0) <= SHOWN_OF_CLASS_MAX;
  });
  return few.slice(0, SHOWN_MAX);
}

/** What those that are not shown are, for hundreds alike are one thing to do. */
function moreOf(hidden: readonly SectionRow[]): string {
  const counts = new Map<string, number>();
  for (const { class: name } of hidden) counts.set(name, (counts.get(name) ?? 0) + 1);
  const kinds = [...counts].toSorted(([a, m], [b, n]) => n - m || compareText(a, b));
  const words = kinds.map(([name, count]) => `${count} ${name}`).join(", ");
  return `and ${hidden.length} more (${words}), all in the plan file`;
}

function entry({ name, reason, remedy }: SectionRow, nameWidth: number, width: number): readonly string[] {
  const room = width - 4 - nameWidth - 3;
  const single = remedy === null ? reason : `${reason}   → ${remedy}`;
  const lines =
    single.length <= room ? [single] : [...wrap(reason, room), ...(remedy === null ? [] : arrow(remedy, room))];
  return besideName({ name, nameWidth, lines });
}

function arrow(remedy: string, room: number): readonly string[] {
  return wrap(remedy, room - 2).map((line, index) => (index === 0 ? `→ ${line}` : `  ${line}`));
}
