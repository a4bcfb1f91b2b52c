// The fleet in one table: how many services and tasks are where, before anything is done.
// Invariant: every service of the plan is in exactly one line; lines without anything are left out, but for the first two.

import { kindWords } from "../core/classify/kind-words";
import type { NotPlanned, Plan } from "../core/model/plan";
import { CLASS_GROUP, type ClassGroup } from "../core/model/service-class";
import { share } from "../core/report/share";
import { counted } from "../core/words/counted";

export function planGroups(plan: Plan): readonly string[] {
  const rows = [
    onKey(plan),
    row("to redeploy", plan.services.length, sum(plan.services.map(({ tasks }) => tasks))),
    ...REST.flatMap(([group, label]) => restRow(plan, group, label)),
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

function onKey({ rest, totals }: Plan): string {
  const current = rest.filter(({ kind, classification }) => kind === "service" && classification.class === "current");
  const line = row("runs on its cluster's key", current.length, totals.tasksOnKey);
  return totals.tasks === 0 ? line : `${line}   ${share(totals.tasksOnKey, totals.tasks)}`;
}

function row(label: string, services: number, tasks: number): string {
  const serviceWord = services === 1 ? "service " : "services";
  return `  ${label.padEnd(LABEL_WIDTH)}${String(services).padStart(4)} ${serviceWord}${String(tasks).padStart(6)} ${tasks === 1 ? "task" : "tasks"}`;
}

function restRow({ rest }: Plan, group: ClassGroup, label: string): readonly string[] {
  const members = rest.filter(({ classification }) => CLASS_GROUP[classification.class] === group);
  if (members.length === 0) return [];
  const services = members.filter(({ kind }) => kind === "service");
  const tasks = members.filter(({ kind }) => kind === "task");
  const parts = [
    ...(services.length > 0 ? [counted(services.length, "service")] : []),
    ...(tasks.length > 0 ? [counted(tasks.length, "task of no service", "tasks of no service")] : []),
  ];
  const [first = "", ...others] = parts;
  const number = first.slice(0, first.indexOf(" ")).padStart(4);
  const text = [`${number}${first.slice(first.indexOf(" "))}`, ...others].join(", ");
  return [`  ${label.padEnd(LABEL_WIDTH)}${text}${group === "not-applicable" ? kindsOf(members) : ""}`];
}

/** Of what kind the not applicable ones are, as a reader asks that first. */
function kindsOf(members: readonly NotPlanned[]): string {
  return ` (${kindWords(members.map(({ classification }) => classification.class))})`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
