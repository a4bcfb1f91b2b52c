// unknown: what decides could not be seen. It never counts as fine; the permission that would show it is named.

import type { Unknown } from "../../../domain/fact";
import { parsePlatformVersion } from "../../../domain/platform-version";
import type { Classification } from "../model/service-class";
import type { Family } from "./context";

export const configurationNotSeen: Family = ({ cluster: { name, configuration } }) =>
  configuration.kind === "unknown" ? notSeen(`the key of cluster ${name}`, configuration) : null;

export const tasksNotSeen: Family = ({ cluster: { name, tasks } }) =>
  tasks.kind === "unknown" ? notSeen(`the tasks of cluster ${name}`, tasks) : null;

export const taskDefinitionNotSeen: Family = ({ service, taskDefinition }) =>
  taskDefinition?.kind === "unknown" ? notSeen(`task definition ${service.taskDefinitionArn}`, taskDefinition) : null;

export const platformNotUnderstood: Family = ({ service: { platformVersion } }) => {
  if (parsePlatformVersion(platformVersion).kind !== "problem") return null;
  return {
    class: "unknown",
    reason: `its platform version ${JSON.stringify(platformVersion)} is neither LATEST nor a number such as 1.4.0`,
    remedy: "set its platform version to LATEST or 1.4.0, then scan again",
  };
};

export function notSeen(what: string, fact: Unknown): Classification {
  const grant = fact.permission === undefined ? "cure that" : `allow ${fact.permission} to who scans`;
  return { class: "unknown", reason: `${what} could not be seen: ${fact.why}`, remedy: `${grant}, then scan again` };
}
