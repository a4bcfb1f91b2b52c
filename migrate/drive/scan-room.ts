// The room that a redeployment must fit into, and what records it: autoscaling's bounds, vCPU, trails.
// Invariant: each is a question of its own; one that is denied leaves the others answered.

import { type Fact, known } from "../../domain/fact";
import type { ClusterRecord, ServiceRecord } from "../../domain/fleet";
import type { CapacityRecord, ScalableTarget, TrailRecord, VcpuRecord } from "../../domain/fleet-surroundings";
import type { SurroundingsPort, VcpuInUse } from "../ports/surroundings-port";
import { byText } from "./by-text";
import { type OnRead, readEach } from "./read-each";
import type { ScanReader } from "./scan-reader";

export interface RoomScan {
  readonly surroundings: SurroundingsPort;
  readonly reader: ScanReader;
  readonly onRead: OnRead;
}

export interface Scalable {
  readonly clusters: readonly ClusterRecord[];
  readonly services: readonly ServiceRecord[];
  /** When it was seen that there are no services, should there be none. */
  readonly readAt: string;
}

/** Of these services: an account's other targets are left out. */
export async function scanScaling(
  { clusters, services, readAt }: Scalable,
  { surroundings, reader, onRead }: RoomScan,
): Promise<Fact<readonly ScalableTarget[]>> {
  if (services.length === 0) return known([], readAt);
  const all = await reader.read("the scalable targets", () => surroundings.scalableTargets());
  onRead(1, 1);
  if (all.kind === "unknown") return all;
  const nameOf = new Map(clusters.map(({ arn, name }) => [arn, name]));
  const own = new Set(services.map(({ clusterArn, name }) => `${nameOf.get(clusterArn)}/${name}`));
  const keyOf = ({ clusterName, serviceName }: ScalableTarget) => `${clusterName}/${serviceName}`;
  return { ...all, value: all.value.filter((target) => own.has(keyOf(target))).toSorted(byText(keyOf)) };
}

export async function scanCapacity({ surroundings, reader, onRead }: RoomScan): Promise<CapacityRecord> {
  const quotaOf = (kind: keyof VcpuInUse) =>
    reader.read(`the quota of ${KINDS[kind]} vCPU`, () => surroundings.vcpuQuota(kind));
  const [onDemand, spot] = [await quotaOf("onDemand"), await quotaOf("spot")];
  const inUse = await reader.read("the vCPU in use", () => surroundings.vcpuInUse());
  onRead(1, 1);
  const record = (kind: keyof VcpuInUse, quota: Fact<number>): VcpuRecord => ({
    quota,
    inUse: inUse.kind === "unknown" ? inUse : { ...inUse, value: inUse.value[kind] },
  });
  return { onDemand: record("onDemand", onDemand), spot: record("spot", spot) };
}

const KINDS: Readonly<Record<keyof VcpuInUse, string>> = {
  onDemand: "Fargate On-Demand",
  spot: "Fargate Spot",
};

export async function scanTrails({ surroundings, reader, onRead }: RoomScan): Promise<Fact<readonly TrailRecord[]>> {
  const listed = await reader.read("the trails", () => surroundings.trails());
  if (listed.kind === "unknown") return listed;
  const trails = await readEach({
    items: listed.value.toSorted(byText(({ arn }) => arn)),
    onRead,
    read: async (trail): Promise<TrailRecord> => ({
      ...trail,
      events: await reader.read(trail.arn, () => surroundings.trailEvents(trail.arn)),
    }),
  });
  return { ...listed, value: trails };
}
