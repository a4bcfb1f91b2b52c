// What stands behind "stable": of the services that the waiter called done, which really run on their cluster's key, and which
// still have tasks of before.
// Invariants: pure; it says what the world is at the instant of the view, so the same services may be asked of the instant when
// they were called done and of the end.

import type { ClusterView, ServiceView, TaskView, WorldView } from "../../../simulator/world/world-view";
import type { HandResult } from "./by-hand";

export interface HandTruth {
  readonly calledDone: number;
  readonly ofThoseOnKey: number;
  readonly ofThoseNot: number;
  /** Of all called done: a task that is on another key, or on none, has not stopped yet, its drain included. */
  readonly ofThoseStillDraining: number;
  /** The ARNs that `ofThoseNot` counts: rolled back, or of a deployment that the key never reached, or without enough tasks. */
  readonly notOnKey: readonly string[];
}

export function handTruth({ calledDone }: Pick<HandResult, "calledDone">, { lanes }: WorldView): HandTruth {
  const clusters = lanes.flatMap((lane) => lane.clusters);
  const found = new Map(
    clusters.flatMap((cluster) => cluster.services.map((service) => [service.arn, { service, cluster }] as const)),
  );
  const notOnKey = calledDone.filter((arn) => !isOnKey(found.get(arn)));
  return {
    calledDone: calledDone.length,
    ofThoseOnKey: calledDone.length - notOnKey.length,
    ofThoseNot: notOnKey.length,
    ofThoseStillDraining: calledDone.filter((arn) => drainsStill(found.get(arn))).length,
    notOnKey,
  };
}

interface Found {
  readonly service: ServiceView;
  readonly cluster: ClusterView;
}

/** Its newest deployment has the key, and so have all its tasks that are to run, of which there are enough. */
function isOnKey(found: Found | undefined): boolean {
  if (found === undefined || found.cluster.kmsKeyArn === null) return false;
  const { service, cluster } = found;
  const live = service.tasks.filter(({ desiredStatus }) => desiredStatus === "RUNNING");
  return (
    service.deployments[0]?.kmsKeyArn === cluster.kmsKeyArn &&
    live.every(({ kmsKeyArn }) => kmsKeyArn === cluster.kmsKeyArn) &&
    live.filter(({ lastStatus }) => lastStatus === "RUNNING").length >= service.desiredCount
  );
}

function drainsStill(found: Found | undefined): boolean {
  if (found === undefined) return false;
  const { service, cluster } = found;
  const isOld = ({ kmsKeyArn }: TaskView): boolean => kmsKeyArn !== cluster.kmsKeyArn;
  return service.tasks.some((task) => isOld(task) && task.desiredStatus === "STOPPED" && task.lastStatus !== "STOPPED");
}
