// Reads one lane, an account in a Region, into a Fleet. It changes nothing.
//
// Invariants
//   a read that is denied or fails makes its fact `unknown` and is listed in `unread`; only who we are and which clusters there
//   are cannot be done without
//   everything is sorted by ARN or id: the same account gives the same fleet, whatever the order in which AWS answered
//   `readAt` is the instant at which the scan began, on the given clock

import type { Fact } from "../../domain/fact";
import { FLEET_SCHEMA, FLEET_VERSION, type Fleet, type Lane, type TaskDefinitionRecord } from "../../domain/fleet";
import { type Inhabitants, onFargate } from "../core/scan/on-fargate";
import type { AccountPort } from "../ports/account-port";
import type { Clock } from "../ports/clock";
import type { EcsPort } from "../ports/ecs-port";
import type { SurroundingsPort } from "../ports/surroundings-port";
import { byText } from "./by-text";
import { inParallel } from "./in-parallel";
import { type ScannedCluster, scanCluster } from "./scan-cluster";
import { scanClusters } from "./scan-clusters";
import { scanKeys, scanSubnets, scanTaskDefinitions } from "./scan-neighbours";
import { scanProtection } from "./scan-protection";
import { createScanReader, type ScanReader } from "./scan-reader";
import { type SURROUNDING_STAGES, scanSurroundings, unreadSurroundings } from "./scan-surroundings";

export interface ScanProgress {
  readonly stage:
    | "clusters"
    | "services and tasks"
    | "task protection"
    | "task definitions"
    | "keys"
    | "subnets"
    | (typeof SURROUNDING_STAGES)[number];
  readonly done: number;
  readonly total: number;
}

export type ScanOptions = WholeScan | PresentStateScan;

interface AnyScan {
  readonly ecs: EcsPort;
  readonly account: AccountPort;
  readonly clock: Clock;
  readonly region: string;
  /** Names or ARNs; all when left out, none when empty. */
  readonly clusters?: readonly string[];
  readonly onProgress?: (progress: ScanProgress) => void;
  /** What becomes of a read that shows nothing; by default what AWS said against it is told. */
  readonly reader?: ScanReader;
}

/** Reads what a plan needs. */
export interface WholeScan extends AnyScan {
  readonly depth?: "whole";
  readonly surroundings: SurroundingsPort;
  /** Of an earlier scan: those that are known there are taken over and not read again. */
  readonly knownTaskDefinitions?: readonly Fact<TaskDefinitionRecord>[];
}

/**
 * Reads clusters, services and tasks: all that a verdict rests on. Such a fleet says nothing of what stands around them and is
 * never written to a file.
 */
export interface PresentStateScan extends AnyScan {
  readonly depth: "present-state";
}

const CLUSTERS_AT_ONCE = 4;

/** @throws FargateCmkError `no-such-cluster`, `denied`, `no-credentials`, `expired-credentials`, `unreachable` or `aws` */
export async function scan(options: ScanOptions): Promise<Fleet> {
  const { account, clock, region } = options;
  const readAt = new Date(clock.nowMs()).toISOString();
  const reader = options.reader ?? createScanReader(clock);
  const identity = await reader.mustRead("find out whose credentials these are", () => account.identity());
  const lane: Lane = { account: identity.account, region, partition: identity.partition };
  const all = together(await scanEveryCluster(options, lane, reader));
  const nothing = { taskDefinitions: [], keys: [], subnets: [], ...unreadSurroundings() };
  const around =
    options.depth === "present-state" ? nothing : await scanAround(options, onFargate(all), { reader, lane, readAt });
  const header = { schema: FLEET_SCHEMA, version: FLEET_VERSION, lane, readAt } as const;
  return { ...header, ...all, ...around, unread: reader.unread(), extra: {} };
}

async function scanEveryCluster(
  { ecs, clusters: chosen, onProgress }: ScanOptions,
  lane: Lane,
  reader: ScanReader,
): Promise<readonly ScannedCluster[]> {
  const clusters = await scanClusters({ ecs, reader, lane, ...(chosen === undefined ? {} : { clusters: chosen }) });
  onProgress?.({ stage: "clusters", done: clusters.length, total: clusters.length });
  let done = 0;
  return inParallel({
    items: clusters,
    atOnce: CLUSTERS_AT_ONCE,
    async work(cluster) {
      const scanned = await scanCluster({ ecs, reader, cluster });
      done += 1;
      onProgress?.({ stage: "services and tasks", done, total: clusters.length });
      return scanned;
    },
  });
}

interface Frame {
  readonly reader: ScanReader;
  readonly lane: Lane;
  readonly readAt: string;
}

async function scanAround(options: WholeScan, relevant: Inhabitants, { reader, lane, readAt }: Frame) {
  const { ecs, account, surroundings, onProgress, knownTaskDefinitions: known } = options;
  const reading = (stage: ScanProgress["stage"]) => (done: number, total: number) =>
    onProgress?.({ stage, done, total });
  const clusters = await scanProtection(relevant, { ecs, reader, onRead: reading("task protection") });
  const onRead = reading("task definitions");
  const taskDefinitions = await scanTaskDefinitions(relevant, { ecs, reader, onRead, known });
  const keys = await scanKeys(relevant, { account, reader, onRead: reading("keys") });
  const subnets = await scanSubnets(relevant, { account, reader, onRead: reading("subnets") });
  const asking = { surroundings, reader, lane, readAt, reading };
  const around = await scanSurroundings(relevant, taskDefinitions, asking);
  return { clusters, taskDefinitions, keys, subnets, ...around };
}

function together(scanned: readonly ScannedCluster[]): Inhabitants {
  return {
    clusters: scanned.map(({ cluster }) => cluster).toSorted(byText(({ arn }) => arn)),
    services: scanned.flatMap(({ services }) => services).toSorted(byText(({ arn }) => arn)),
    tasks: scanned.flatMap(({ tasks }) => tasks).toSorted(byText(({ arn }) => arn)),
  };
}
