// The final look at every cluster of the fleet: a scan like the first one, judged by the same rule as `verify`.
// Invariant: what was missed by a failure that may pass is looked at again, a few times; what was denied stays unknown.

import type { Fleet } from "../../domain/fleet";
import { LIMITS } from "../core/limits";
import { verifyFleet } from "../core/verify/verify-fleet";
import type { RunContext } from "./run-context";
import { scan } from "./scan";

export async function performSweep(context: RunContext): Promise<void> {
  const { clusters } = verifyFleet(await scanWhole(context));
  const before = new Set(context.fleet.services.map((service) => service.arn));
  const proofs = clusters.flatMap((cluster) => cluster.services);
  await context.recorder.record({
    kind: "swept",
    proofs,
    standalone: clusters.flatMap((cluster) => cluster.standalone),
    newServices: proofs.map((proof) => proof.serviceArn).filter((arn) => !before.has(arn)),
  });
}

async function scanWhole({ ecs, account, clock, plan, fleet: before, signal }: RunContext): Promise<Fleet> {
  const { found } = await ecs.describeClusters(before.clusters.map(({ arn }) => arn));
  const clusters = found.filter(({ status }) => status !== "INACTIVE").map(({ arn }) => arn);
  for (let attempt = 1; ; attempt += 1) {
    const fleet = await scan({ ecs, account, clock, region: plan.lane.region, clusters, depth: "present-state" });
    if (attempt >= LIMITS.sweepScansMax || !mayShowMore(fleet)) return fleet;
    await clock.sleep(LIMITS.tickMs, signal);
  }
}

/** Whether something that verdicts rest on was not seen for another reason than a missing permission. */
function mayShowMore({ clusters }: Fleet): boolean {
  return clusters.some(({ configuration, services, tasks }) =>
    [configuration, services, tasks].some((fact) => fact.kind === "unknown" && fact.permission === undefined),
  );
}
