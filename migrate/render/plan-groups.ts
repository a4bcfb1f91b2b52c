// The fleet in one table: how many services and tasks are where, before anything is done.
// Invariant: every service of the plan is in exactly one row; rows without anything are left out, but for the first two.

import { kindWords } from "../core/classify/kind-words";
import type { NotPlanned, Plan } from "../core/model/plan";
import { CLASS_GROUP, type ClassGroup } from "../core/model/service-class";
import { share } from "../core/report/share";
import { counted } from "../core/words/counted";
import { wrapParts } from "./wrap";

export function planGroups(plan: Plan, width: number): readonly string[] {
  const rows = [
    onKey(plan),
    row("to redeploy", plan.services.length, sum(plan.services.map(({ tasks }) => tasks))),
    ...REST.flatMap(([group, label]) => restRow({ plan, group, label, width })),
  ];
  return rows;
}

const REST: readonly (readonly [ClassGroup, string])[] = [
  ["blocked", "blocked, needs a change first"],
  ["by-hand", "by hand"],
  ["waiting", "wait, deployment under way"],
  ["unknown", "could not be judged"],
  ["not-applicable", "not applicable"],
];

const LABEL_WIDTH = 32;
const COUNT_WIDTH = 4;
/** Where the words after a count begin, and what of a row does not fit goes on. */
const BELOW = 2 + LABEL_WIDTH + COUNT_WIDTH + 1;

function onKey({ rest, totals }: Plan): string {
  const current = rest.filter(({ kind, classification }) => kind === "service" && classification.class === "current");
  const line = row("runs on its cluster's key", current.length, totals.tasksOnKey);
  return totals.tasks === 0 ? line : `${line}   ${share(totals.tasksOnKey, totals.tasks)}`;
}

function row(label: string, services: number, tasks: number): string {
  const serviceWord = services === 1 ? "service " : "services";
  return `  ${label.padEnd(LABEL_WIDTH)}${String(services).padStart(COUNT_WIDTH)} ${serviceWord}${String(tasks).padStart(6)} ${tasks === 1 ? "task" : "tasks"}`;
}

interface RestRow {
  readonly plan: Plan;
  readonly group: ClassGroup;
  readonly label: string;
  readonly width: number;
}

function restRow({ plan, group, label, width }: RestRow): readonly string[] {
  const members = plan.rest.filter(({ classification }) => CLASS_GROUP[classification.class] === group);
  if (members.length === 0) return [];
  const services = members.filter(({ kind }) => kind === "service");
  const tasks = members.filter(({ kind }) => kind === "task");
  const parts = [
    ...(services.length > 0 ? [counted(services.length, "service")] : []),
    ...(tasks.length > 0 ? [counted(tasks.length, "task of no service", "tasks of no service")] : []),
  ];
  const [first = "", ...others] = parts;
  const number = first.slice(0, first.indexOf(" ")).padStart(COUNT_WIDTH);
  const text = [`${number}${first.slice(first.indexOf(" "))}`, ...others].join(", ");
  const kinds = group === "not-applicable" ? kindsOf(members) : [];
  const [line = "", ...more] = wrapParts([text, ...kinds], " ", width - BELOW);
  return [`  ${label.padEnd(LABEL_WIDTH)}${line}`, ...more.map((one) => `${" ".repeat(BELOW)}${one}`)];
}

/** Of what kind the not applicable ones are, as a reader asks that first; each kind stays whole. */
function kindsOf(members: readonly NotPlanned[]): readonly string[] {
  const kinds = kindWords(members.map(({ classification }) => classification.class)).split(", ");
  const last = kinds.length - 1;
  return kinds.map((kind, at) => `${at === 0 ? "(" : ""}${kind}${at === last ? ")" : ","}`);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
