// What stands around the services of a scan beyond ECS, KMS and EC2: what a start reads, and how much room there is.
//
// Invariants
//   only what services and standalone tasks on Fargate use is asked for, and each thing once
//   a stage that is denied or fails makes its facts unknown; it never ends the scan

import { unknown } from "../../domain/fact";
import type { ContainerRecord, Fleet, Lane } from "../../domain/fleet";
import type { Inhabitants } from "../core/scan/on-fargate";
import type { SurroundingsPort } from "../ports/surroundings-port";
import type { OnRead } from "./read-each";
import { scanImages } from "./scan-images";
import type { ScanReader } from "./scan-reader";
import { scanCapacity, scanScaling, scanTrails } from "./scan-room";
import { scanSecrets } from "./scan-secrets";
import { scanAlarms, scanLogGroups } from "./scan-watched";

export type Surroundings = Pick<
  Fleet,
  "images" | "secrets" | "logGroups" | "alarms" | "scaling" | "capacity" | "trails"
>;

export const SURROUNDING_STAGES = [
  "images",
  "secrets",
  "log groups",
  "alarms",
  "autoscaling bounds",
  "free vCPU",
  "trails",
] as const;

export interface SurroundingsScan {
  readonly surroundings: SurroundingsPort;
  readonly reader: ScanReader;
  readonly lane: Lane;
  /** The instant at which the scan began. */
  readonly readAt: string;
  readonly reading: (stage: (typeof SURROUNDING_STAGES)[number]) => OnRead;
}

export async function scanSurroundings(
  { clusters, services }: Inhabitants,
  taskDefinitions: Fleet["taskDefinitions"],
  { surroundings, reader, lane, readAt, reading }: SurroundingsScan,
): Promise<Surroundings> {
  const asking = { surroundings, reader, lane };
  const definitions = taskDefinitions.flatMap((fact) => (fact.kind === "known" ? [fact.value] : []));
  const containers: readonly ContainerRecord[] = definitions.flatMap((definition) => definition.containers);
  const images = containers.map(({ image }) => image);
  const written = containers.flatMap(({ secretArns }) => secretArns);
  return {
    images: await scanImages(images, { ...asking, onRead: reading("images") }),
    secrets: await scanSecrets(written, { ...asking, onRead: reading("secrets") }),
    logGroups: await scanLogGroups(definitions, { ...asking, onRead: reading("log groups") }),
    alarms: await scanAlarms(services, { ...asking, onRead: reading("alarms") }),
    scaling: await scanScaling({ clusters, services, readAt }, { ...asking, onRead: reading("autoscaling bounds") }),
    capacity: await scanCapacity({ ...asking, onRead: reading("free vCPU") }),
    trails: await scanTrails({ ...asking, onRead: reading("trails") }),
  };
}

/** Of a scan that reads the present state only: nothing was looked at, and nothing is claimed. */
export function unreadSurroundings(): Surroundings {
  const notRead = unknown("not read");
  const vcpu = { quota: notRead, inUse: notRead };
  return {
    images: [],
    secrets: [],
    logGroups: [],
    alarms: [],
    scaling: notRead,
    capacity: { onDemand: vcpu, spot: vcpu },
    trails: notRead,
  };
}
