// What watches the services of a fleet: alarms, autoscaling and trails.
// Invariant: there is a record for every alarm that a service names, and none else.

import { known } from "../../domain/fact";
import type { Lane } from "../../domain/fleet";
import type { AlarmRecord, ScalableTarget, TrailEvents, TrailRecord } from "../../domain/fleet-surroundings";
import type { FleetDraft, TrailVariant } from "./drafts";
import { FleetProblem } from "./fleet-problem";

export function buildAlarms({ services, firing, at }: FleetDraft): readonly AlarmRecord[] {
  const names = new Set(services.flatMap(({ alarms }) => alarms));
  const stray = firing.find((name) => !names.has(name));
  if (stray !== undefined) {
    throw new FleetProblem(`alarm "${stray}" fires and no service watches it`, `call .alarms("${stray}") on a service`);
  }
  return [...names].toSorted().map((name) => ({ name, state: known(firing.includes(name) ? "ALARM" : "OK", at) }));
}

export function buildScaling({ services }: FleetDraft): readonly ScalableTarget[] {
  return services
    .flatMap(({ cluster, name, scaling }) =>
      scaling === null ? [] : [{ clusterName: cluster, serviceName: name, ...scaling }],
    )
    .toSorted((left, right) => (orderOf(left) < orderOf(right) ? -1 : 1));
}

function orderOf({ clusterName, serviceName }: ScalableTarget): string {
  return `${clusterName} ${serviceName}`;
}

export function buildTrails({ trails, at }: FleetDraft, { partition, region, account }: Lane): readonly TrailRecord[] {
  if (trails === "none") return [];
  const name = "management-events";
  const arn = `arn:${partition}:cloudtrail:${region}:${account}:trail/${name}`;
  return [{ arn, name, isMultiRegion: true, events: known(KEPT[trails], at) }];
}

const KEPT: Readonly<Record<Exclude<TrailVariant, "none">, TrailEvents>> = {
  all: { kmsReads: true, kmsWrites: true },
  "write-only": { kmsReads: false, kmsWrites: true },
  "without-kms": { kmsReads: false, kmsWrites: false },
};
