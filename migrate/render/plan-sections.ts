// What will not be redeployed, group by group: which service, why, and the next step.

import type { NotPlanned, Plan } from "../core/model/plan";
import { CLASS_GROUP, type ClassGroup } from "../core/model/service-class";
import { compareText } from "../core/plan/fleet-index";
import { besideName, nameColumn } from "./name-column";
import { wrap } from "./wrap";

/** One block of lines for each group that a person has to do something about. */
export function planSections({ rest }: Plan, width: number): readonly (readonly string[])[] {
  return SECTIONS.map(([group, title]) => {
    const members = rest.filter(({ classification }) => CLASS_GROUP[classification.class] === group);
    return members.length === 0 ? [] : section(title, members.toSorted(byDisplayName), width);
  });
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

function section(title: string, members: readonly NotPlanned[], width: number): readonly string[] {
  const shown = members.length > SHOWN_MAX ? fewOfEach(members) : members;
  const nameWidth = nameColumn(shown.map(displayName), width);
  const hidden = members.filter((one) => !shown.includes(one));
  return [
    `  ${title}`,
    ...shown.flatMap((one) => entry(one, nameWidth, width)),
    ...(hidden.length > 0 ? wrap(moreOf(hidden), width - 4).map((line) => `    ${line}`) : []),
  ];
}

function fewOfEach(members: readonly NotPlanned[]): readonly NotPlanned[] {
  const counts = new Map<string, number>();
  const few = members.filter(({ classification: { class: name } }) => {
    counts.set(name, (counts.get(name) ?? 0) + 1);
    return (counts.get(name) ?? 0) <= SHOWN_OF_CLASS_MAX;
  });
  return few.slice(0, SHOWN_MAX);
}

/** What those that are not shown are, for hundreds alike are one thing to do. */
function moreOf(hidden: readonly NotPlanned[]): string {
  const counts = new Map<string, number>();
  for (const { classification } of hidden)
    counts.set(classification.class, (counts.get(classification.class) ?? 0) + 1);
  const kinds = [...counts].toSorted(([a, m], [b, n]) => n - m || compareText(a, b));
  const words = kinds.map(([name, count]) => `${count} ${name}`).join(", ");
  return `and ${hidden.length} more (${words}), all in the plan file`;
}

function entry(one: NotPlanned, nameWidth: number, width: number): readonly string[] {
  const room = width - 4 - nameWidth - 3;
  const { reason, remedy } = one.classification;
  const single = remedy === null ? reason : `${reason}   → ${remedy}`;
  const lines =
    single.length <= room ? [single] : [...wrap(reason, room), ...(remedy === null ? [] : arrow(remedy, room))];
  return besideName({ name: displayName(one), nameWidth, lines });
}

function arrow(remedy: string, room: number): readonly string[] {
  return wrap(remedy, room - 2).map((line, index) => (index === 0 ? `→ ${line}` : `  ${line}`));
}
