// The tables of a report that go down to single tasks.

import type { KeySighting, Report, ReportedService, ReportedTask } from "../core/model/report";
import { chapter, code, plain, table, withCommand } from "./markdown";

/** One chapter a service, with what was seen of each of its tasks. */
export function serviceTables({ services }: Report): readonly string[] {
  if (services.length === 0) return ["None."];
  return services.flatMap((service) =>
    chapter(`${plain(service.clusterName)}/${plain(service.name)}: ${service.outcome}`, serviceBody(service), 3),
  );
}

export function standaloneTable({ standalone }: Report): readonly string[] {
  return table(
    [...TASK_HEAD, "Class", "Owner", "Next step"],
    standalone.map((task) => [
      ...taskCells(task),
      code(task.class),
      plain(task.owner ?? "not known"),
      task.nextStep === null ? "none" : withCommand(task.nextStep),
    ]),
  );
}

function serviceBody(service: ReportedService): readonly string[] {
  const { evidence } = service;
  const look =
    evidence === null
      ? "not looked at again"
      : `${evidence.verdict}, ${plain(evidence.reason)} (as of ${evidence.asOf})`;
  return [
    `${code(service.arn)}`,
    "",
    `Class ${code(service.class)}: ${plain(service.reason)}.`,
    `Key before: ${sighting(service.keyBefore)}; after: ${sighting(service.keyAfter)}. Last look: ${look}.`,
    "",
    ...(service.tasks.length === 0 ? ["No tasks."] : table(TASK_HEAD, service.tasks.map(taskCells))),
  ];
}

const TASK_HEAD: readonly string[] = [
  "Task",
  "Key before",
  "Key after",
  "Platform",
  "Started",
  "Deployment",
  "Verdict",
  "Reason",
  "As of",
];

function taskCells(task: ReportedTask): readonly string[] {
  return [
    code(task.arn),
    sighting(task.keyBefore),
    sighting(task.keyAfter),
    plain(task.platformVersion ?? "none"),
    plain(task.startedAt ?? "not started"),
    task.deploymentId === null ? "none" : code(task.deploymentId),
    task.verdict,
    plain(task.reason),
    task.asOf,
  ];
}

function sighting(key: KeySighting): string {
  switch (key.seen) {
    case "key":
      return code(key.arn);
    case "no-key":
      return "no key";
    case "several":
      return key.arns.map((arn) => (arn === "none" ? "no key" : code(arn))).join(", ");
    case "not-seen":
      return "not seen";
  }
}
