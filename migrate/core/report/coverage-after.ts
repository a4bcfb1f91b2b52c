// Coverage after a run, from looks alone: a task counts as on its key only when a look passed it.
// Invariant: tasks that ran before and whose service was not looked at again stay in the total, and never count as on the key.

import type { Fleet, TaskRecord } from "../../../domain/fleet";
import type { ReportedCoverage } from "../model/report";
import type { ServiceVerdict } from "../model/verdict";
import { couldUseKey } from "../plan/coverage";
import type { Evidence } from "./evidence";

export function coverageAfter(fleet: Fleet, evidence: Evidence): ReportedCoverage["after"] {
  const running = [...evidence.tasks.values()].filter((task) => task.verdict !== "notApplicable");
  const serviceOfGroup = new Map(fleet.services.map((one) => [`${one.clusterArn} service:${one.name}`, one.arn]));
  const notLookedAt = fleet.tasks.filter((task) => {
    const service = serviceOfGroup.get(`${task.clusterArn} ${task.group}`);
    return couldUseKey(task) && !(service === undefined ? ofNoService(task) : lookedAt(evidence.services.get(service)));
  }).length;
  return {
    tasks: running.length + notLookedAt,
    onKey: running.filter((task) => task.verdict === "pass").length,
    notLookedAt,
    asOf: evidence.asOf,
  };

  /** A look at all tasks of no service ends the doubt about those it does not name; tasks of unseen services are not among them. */
  function ofNoService(task: TaskRecord): boolean {
    return evidence.tasks.has(task.arn) || (evidence.standaloneSwept && !task.group?.startsWith("service:"));
  }
}

/** A look that could not see the tasks leaves them as they were before. */
function lookedAt(look: ServiceVerdict | undefined): boolean {
  return look !== undefined && (look.verdict !== "unknown" || look.tasks.length > 0);
}
