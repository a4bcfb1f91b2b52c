// excluded, not-fargate, batch-managed, windows: no customer managed key will come to these, by wish or by nature.
// Sources: Amazon ECS developer guide, fargate-create-storage-key (no Windows; documented); AWS Batch user guide, managed compute
// environments (its clusters must not be changed by hand; documented; that their names begin with AWSBatch is common knowledge).

import type { ClusterRecord, TaskRecord } from "../../../domain/fleet";
import { isWindows } from "../../../domain/platform-version";
import { runsOnFargate } from "../../../domain/runs-on-fargate";
import type { Classification } from "../model/service-class";
import { shellCommand } from "../words/remedy-command";
import type { Family, ServiceFacts } from "./context";

export const SKIP_TAG = "fargate-cmk:skip";

export const excluded: Family = ({ service }) => {
  const reason = service.tags[SKIP_TAG];
  if (reason === undefined) return null;
  const untag = shellCommand("aws", "ecs", "untag-resource", "--resource-arn", service.arn, "--tag-keys", SKIP_TAG);
  return {
    class: "excluded",
    reason: `tag ${SKIP_TAG} says: ${reason === "" ? "(no reason given)" : reason}`,
    remedy: `to include it, remove the tag: ${untag}`,
  };
};

export const notFargate: Family = ({ service, cluster, tasks }) => {
  const placed = runsOnFargate(service, cluster);
  if (placed.answer === "fargate") return null;
  if (tasks.some(taskOnFargate)) return null;
  if (placed.answer === "not-fargate")
    return { class: "not-fargate", reason: `does not run on Fargate (${placed.evidence.join("; ")})`, remedy: null };
  return {
    class: "unknown",
    reason: `nothing shows where it runs: ${placed.evidence.join("; ")}`,
    remedy: "look at its launch type with its owner, then scan again",
  };
};

export const batchManaged: Family = ({ cluster }) => batchCluster(cluster);

export function batchCluster({ name }: Pick<ClusterRecord, "name">): Classification | null {
  if (!name.startsWith("AWSBatch")) return null;
  const reason = `cluster ${name} belongs to AWS Batch, which does not support changes to its clusters by others`;
  return { class: "batch-managed", reason, remedy: null };
}

export const windows: Family = (facts) => {
  const family = windowsFamily(facts);
  return family === null ? null : windowsClass(family);
};

export function windowsClass(family: string): Classification {
  return {
    class: "windows",
    reason: `runs ${family}; Fargate takes customer managed keys on Linux only`,
    remedy: null,
  };
}

/** Whether the task itself shows that it runs on Fargate: only there has a task a platform version. */
export function taskOnFargate({ launchType, capacityProviderName, platformVersion }: TaskRecord): boolean {
  if (launchType === "FARGATE" || platformVersion !== null) return true;
  return capacityProviderName === "FARGATE" || capacityProviderName === "FARGATE_SPOT";
}

function windowsFamily({ service, tasks, taskDefinition }: ServiceFacts): string | null {
  const declared = taskDefinition?.kind === "known" ? taskDefinition.value.operatingSystemFamily : null;
  const families = [service.platformFamily, declared, ...tasks.map((task) => task.platformFamily)];
  return families.find((family) => isWindows(family)) ?? null;
}
