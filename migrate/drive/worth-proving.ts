// Which of the services that have drained are proved in this look: those of this look, and all that have waited for others.

import { isAnythingUnderWay, isDrained, isWorthProving } from "../core/machine/proof-wait";
import { byCluster } from "./by-cluster";
import { plannedOrFail, type RunContext } from "./run-context";
import { cheapestList } from "./tasks-of-services";

export function worthProving(context: RunContext, drainedNow: readonly string[]): readonly string[] {
  const { plan, clock, recorder } = context;
  const { state } = recorder;
  const nowMs = clock.nowMs();
  const since = new Map(drainedNow.map((arn) => [arn, nowMs]));
  for (const run of state.services.values()) if (isDrained(run)) since.set(run.arn, run.drainedAtMs ?? nowMs);
  const isAnythingElseUnderWay = isAnythingUnderWay(state, new Set(since.keys()));
  return [...byCluster(context, [...since.keys()])].flatMap(([clusterArn, services]) => {
    const calls = (desiredStatus: "RUNNING" | "STOPPED") =>
      cheapestList(context, { clusterArn, services, desiredStatus }).calls;
    const group = {
      drained: services.map((arn) => plannedOrFail(plan, arn)),
      waitedMs: nowMs - Math.min(...services.map((arn) => since.get(arn) ?? nowMs)),
      listCalls: calls("RUNNING") + calls("STOPPED"),
      isAnythingElseUnderWay,
    };
    return isWorthProving(group) ? services : [];
  });
}
