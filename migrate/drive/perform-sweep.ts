// The final look at every cluster of the fleet: a scan like the first one, judged by the same rule as `verify`.
// Invariant: what was missed by a failure that may pass is looked at again, a few times; what was denied stays unknown.

import type { Fleet, ServiceRecord } from "../../domain/fleet";
import { LIMITS } from "../core/limits";
import type { ChangedService } from "../core/model/journal-event";
import { compareUntouched } from "../core/verify/compare-untouched";
import { verifyFleet } from "../core/verify/verify-fleet";
import { FargateCmkError } from "../errors";
import type { RunContext } from "./run-context";
import { scan } from "./scan";

export async function performSweep(context: RunContext): Promise<void> {
  const after = await scanWhole(context);
  const { clusters } = verifyFleet(after);
  const before = new Set(context.fleet.services.map((service) => service.arn));
  const proofs = clusters.flatMap((cluster) => cluster.services);
  await context.recorder.record({
    kind: "swept",
    proofs,
    standalone: clusters.flatMap((cluster) => cluster.standalone),
    newServices: proofs.map((proof) => proof.serviceArn).filter((arn) => !before.has(arn)),
    changed: changedServices(context, after),
  });
}

/** Planned services of which something differs that a redeployment leaves as it is. */
function changedServices({ plan, fleet }: RunContext, { services }: Fleet): readonly ChangedService[] {
  const [earlier, later] = [byArn(fleet.services), byArn(services)];
  return plan.services.flatMap(({ arn, name, clusterName }) => {
    const [before, after] = [earlier.get(arn), later.get(arn)];
    if (before === undefined || after?.status !== "ACTIVE") return [];
    const changes = compareUntouched({ before, after, isScaled: isScaled(fleet, { name, clusterName }) });
    return changes.length === 0 ? [] : [{ service: arn, changes }];
  });
}

function isScaled(
  { scaling }: Fleet,
  { name, clusterName }: { readonly name: string; readonly clusterName: string },
): boolean | null {
  if (scaling.kind === "unknown") return null;
  return scaling.value.some((target) => target.serviceName === name && target.clusterName === clusterName);
}

function byArn(services: readonly ServiceRecord[]): ReadonlyMap<string, ServiceRecord> {
  return new Map(services.map((service) => [service.arn, service]));
}

async function scanWhole(context: RunContext): Promise<Fleet> {
  let clusters = context.fleet.clusters.map(({ arn }) => arn);
  for (let attempt = 1; ; attempt += 1) {
    const isLast = attempt >= LIMITS.sweepScansMax;
    const seen = await scanNow(context, clusters, isLast);
    if (seen !== null && (isLast || !mayShowMore(seen))) return seen;
    if (seen === null) clusters = await thoseThere(context, clusters);
    else await context.clock.sleep(LIMITS.tickMs, context.signal);
  }
}

/** Null when one of the clusters is not there any more: which ones are is asked only then. */
async function scanNow(
  { ecs, account, clock, plan }: RunContext,
  clusters: readonly string[],
  isLast: boolean,
): Promise<Fleet | null> {
  try {
    return await scan({ ecs, account, clock, region: plan.lane.region, clusters, depth: "present-state" });
  } catch (error) {
    if (!isLast && error instanceof FargateCmkError && error.code === "no-such-cluster") return null;
    throw error;
  }
}

async function thoseThere({ ecs }: RunContext, clusters: readonly string[]): Promise<string[]> {
  const { found } = await ecs.describeClusters(clusters);
  return found.filter(({ status }) => status !== "INACTIVE").map(({ arn }) => arn);
}

/** Whether something that verdicts rest on was not seen for another reason than a missing permission. */
function mayShowMore({ clusters }: Fleet): boolean {
  return clusters.some(({ configuration, services, tasks }) =>
    [configuration, services, tasks].some((fact) => fact.kind === "unknown" && fact.permission === undefined),
  );
}
