// What a plan calls the least is never more than what a run then measures: no wave is over sooner than its bound made from the times
// that its services took, and no operation is called less often than the duties that were done ask for.

import type { Fleet } from "../../../domain/fleet";
import { foldRun } from "../../../migrate/core/machine/fold-run";
import type { ServiceVerdict } from "../../../migrate/core/model/verdict";
import { callDuties } from "../../../migrate/core/plan/api-calls-min";
import { measuredBoundMs, measuredWaves } from "../../../migrate/core/report/measured-bound";
import type { Life } from "../stage/live";
import type { Story } from "../stories/story";

export function boundProblems(life: Life): readonly string[] {
  return [...timeProblems(life), ...callProblems(life)];
}

function timeProblems({ fleet, plan, lines }: Life): readonly string[] {
  const state = foldRun(plan, lines);
  const measured = { fleet, plan, state };
  const waves = measuredWaves(measured).flatMap(({ number, boundMs, tookMs }) =>
    boundMs <= tookMs ? [] : [`wave ${number} took ${tookMs} ms, and its bound is ${boundMs} ms`],
  );
  const boundMs = measuredBoundMs(measured);
  const tookMs = (state.endedAtMs ?? 0) - (state.startedAtMs ?? 0);
  return boundMs === null || boundMs <= tookMs
    ? waves
    : [...waves, `the run took ${tookMs} ms, and its bound is ${boundMs} ms`];
}

/** Of the services that a deployment of ours put on their key; what was set aside, failed or left to the final look costs less. */
function callProblems({ story, fleet, plan, lines, calls }: Life): readonly string[] {
  const state = foldRun(plan, lines);
  const late = new Set(lines.flatMap(({ event }) => (event.kind === "overdue" ? [event.service] : [])));
  const done = plan.services.filter(({ arn }) => {
    const run = state.services.get(arn);
    return run?.phase === "verified" && run.ownership === "ours" && run.supersededBy === null && !late.has(arn);
  });
  const least = new Map<string, number>();
  const isLookedAt = (clusterArn: string | null) =>
    state.swept !== null && !mayBeGone(story, clusterArn ?? "") && !isUnseen(fleet, state.swept.proofs, clusterArn);
  const duties = callDuties(fleet, done).filter(
    ({ duty, clusterArn }) => duty !== "final look" || isLookedAt(clusterArn),
  );
  for (const { operation, calls: count } of duties) {
    const name = operation.slice(operation.indexOf(":") + 1);
    least.set(name, (least.get(name) ?? 0) + count);
  }
  return [...least].flatMap(([operation, fewest]) => {
    const sent = calls.filter((call) => call.operation === operation).length;
    return sent >= fewest ? [] : [`${operation} was called ${sent} times, and at least ${fewest} was said`];
  });
}

/** Where a list was refused, what it would have named was not asked for. */
function isUnseen({ services }: Fleet, proofs: readonly ServiceVerdict[], clusterArn: string | null): boolean {
  const unseen = new Set(proofs.flatMap(({ verdict, serviceArn }) => (verdict === "unknown" ? [serviceArn] : [])));
  return services.some((one) => one.clusterArn === clusterArn && unseen.has(one.arn));
}

/** Where somebody has deleted a cluster, or a service of it, there is less left to list than the plan saw. */
function mayBeGone({ rivals }: Story, clusterArn: string): boolean {
  const faults = rivals.flatMap(({ acts }) => acts.map(({ fault }) => fault));
  return faults.some(
    (fault) =>
      (fault.kind === "cluster-deleted" || fault.kind === "service-deleted") &&
      clusterArn.endsWith(`/${fault.cluster}`),
  );
}
