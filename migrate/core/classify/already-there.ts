// current: every deployment (or task set) and every task that has not stopped carries the cluster's key, and nothing is in flight.
//
// Invariants
//   nothing is inferred from the cluster's setting or from start times: only what deployments and tasks show counts
//   as many running tasks must have been seen as AWS counts, else it is not known whether all carry the key

import { lastPart } from "../../../domain/arn";
import type { Classification } from "../model/service-class";
import { counted } from "../words/counted";
import type { Family, ServiceFacts } from "./context";
import { everyCarrierOnKey, taskOnKey } from "./on-key";
import { unfinishedDeployment } from "./unfinished-deployment";

export const alreadyThere: Family = (facts) => {
  const { service, tasks, keyArn } = facts;
  if (keyArn == null) return null;
  if (!everyCarrierOnKey(service, keyArn) || unfinishedDeployment(facts) !== null) return null;
  if (!tasks.every((task) => taskOnKey(task, keyArn))) return null;
  const running = tasks.filter((task) => task.lastStatus === "RUNNING" && task.desiredStatus === "RUNNING").length;
  if (running < service.runningCount) return notAllSeen(running, service.runningCount);
  if (service.runningCount < service.desiredCount) return null;
  return { class: "current", reason: currentReason(facts, lastPart(keyArn)), remedy: null };
};

function notAllSeen(seen: number, runningCount: number): Classification {
  return {
    class: "unknown",
    reason: `AWS counts ${counted(runningCount, "running task")} and ${seen} could be seen, all on the key`,
    remedy: "scan and plan again once its count of tasks rests",
  };
}

function currentReason({ service, tasks }: ServiceFacts, keyId: string): string {
  const deployments = service.taskSets.length > 0 ? "its task sets carry" : "its deployment carries";
  if (tasks.length === 0) return `${deployments} key ${keyId} and no task runs`;
  return `${deployments} key ${keyId}, and so ${tasks.length === 1 ? "does its task" : `do all ${tasks.length} tasks`}`;
}
