// in-flight: someone's deployment is not finished. It is never pre-empted: forcing a deployment stops the one under way
// (developer guide, service-deployment, documented). Looked at again later.

import { counted } from "../words/counted";
import { ecsServiceCommand } from "../words/remedy-command";
import type { Family, ServiceFacts } from "./context";
import { everyCarrierOnKey, taskOnKey } from "./on-key";
import { unfinishedDeployment } from "./unfinished-deployment";

export const waiting: Family = (facts) => {
  const reason = unfinishedDeployment(facts) ?? lastTasksMoving(facts);
  if (reason === null) return null;
  const { service, cluster } = facts;
  const target = { clusterName: cluster.name, serviceName: service.name };
  const look = ecsServiceCommand("describe-services", target, "--query", "services[0].deployments");
  return { class: "in-flight", reason, remedy: `wait until it has ended, then scan and plan again: ${look}` };
};

/** What new tasks are made from carries the key already; only tasks that come or go keep the service from being current. */
function lastTasksMoving({ service, tasks, keyArn }: ServiceFacts): string | null {
  if (keyArn == null || !everyCarrierOnKey(service, keyArn)) return null;
  const without = tasks.filter((task) => !taskOnKey(task, keyArn));
  const draining = without.filter((task) => task.desiredStatus === "STOPPED");
  const starting = without.filter((task) => task.desiredStatus !== "STOPPED" && task.lastStatus !== "RUNNING");
  if (draining.length + starting.length < without.length) return null;
  const missing = service.runningCount > 0 && service.runningCount < service.desiredCount;
  if (without.length === 0 && !missing) return null;
  const parts = [
    draining.length > 0 ? `${counted(draining.length, "task")} without it still to stop` : "",
    starting.length > 0 ? `${counted(starting.length, "task")} not yet started` : "",
    missing ? `${service.runningCount} of ${counted(service.desiredCount, "task")} run` : "",
  ];
  return `its deployment carries the key; ${parts.filter((part) => part !== "").join(", ")}`;
}
