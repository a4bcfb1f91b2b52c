// Outputs of the AWS CLI → the fleet that a scan of the account would have made, and what is missing from it.
//
// Invariants
//   the scan itself makes the fleet: it differs from a live one only in what the outputs do not show
//   services and tasks of a cluster count as all of them only when a count or a list shows it
//   `extra.outputs` says that no AWS account was asked; a run looks at everything again before it changes anything

import { lastPart } from "../../domain/arn";
import { type Fact, unknown } from "../../domain/fact";
import type { ClusterRecord, Fleet } from "../../domain/fleet";
import {
  clusterArnsOf,
  type OutputAccountOptions,
  outputEcs,
  outputNeighbours,
} from "../adapters/outputs/output-account";
import { outputSurroundings } from "../adapters/outputs/output-surroundings";
import { type Gap, gapOf } from "../core/offline/gap";
import { laneOfOutputs } from "../core/offline/lane-of-outputs";
import { missingParts } from "../core/offline/missing-parts";
import type { Outputs } from "../core/offline/outputs";
import { type ReadInstant, readInstantOf } from "../core/offline/read-instant";
import { createGapReader, type GapReader } from "../drive/gap-reader";
import { scan } from "../drive/scan";
import { FargateCmkError } from "../errors";

export interface FleetOfOutputsOptions {
  readonly outputs: Outputs;
  /** As its user typed it, for errors. */
  readonly folder: string;
  /** Names or ARNs; all when left out. */
  readonly clusters?: readonly string[];
  /** An instant that the outputs were made at, instead of the newest that they know. */
  readonly readAt?: string;
  readonly configurationsIncluded?: boolean;
}

export interface FleetOfOutputs {
  readonly fleet: Fleet;
  readonly gaps: readonly Gap[];
  readonly readAtFrom: ReadInstant["from"];
}

/** @throws FargateCmkError `no-outputs`, `mixed-lanes`, `no-such-cluster`, `usage` */
export async function fleetOfOutputs(options: FleetOfOutputsOptions): Promise<FleetOfOutputs> {
  const { outputs, folder, configurationsIncluded = false } = options;
  const lane = laneOfOutputs(outputs, folder);
  const { readAt, from } = readInstantOf(outputs, options.readAt);
  const reader = createGapReader(readAt);
  const account: OutputAccountOptions = { outputs, lane, readAt, note: reader.note, configurationsIncluded };
  const scanned = await namedClusters(options, () =>
    scan({
      ecs: outputEcs(account),
      account: outputNeighbours(account),
      surroundings: outputSurroundings(account),
      clock: { nowMs: () => Date.parse(readAt), sleep: () => Promise.resolve() },
      region: lane.region,
      reader,
      ...(options.clusters === undefined ? {} : { clusters: options.clusters }),
    }),
  );
  const clusters = scanned.clusters.map((cluster) => withMissing(cluster, { outputs, reader, region: lane.region }));
  const extra = { outputs: { files: outputs.files, skipped: outputs.skipped.length, readAtFrom: from } };
  return { fleet: { ...scanned, clusters, unread: reader.unread(), extra }, gaps: reader.gaps(), readAtFrom: from };
}

interface Missing {
  readonly outputs: Outputs;
  readonly reader: GapReader;
  readonly region: string;
}

function withMissing(cluster: ClusterRecord, { outputs, reader, region }: Missing): ClusterRecord {
  const missing = missingParts(outputs, cluster.arn);
  const factOf = (kind: "services" | "tasks"): Fact<number> => {
    const reason = missing[kind];
    if (reason === null) return cluster[kind];
    const { why, permission } = reader.note(gapOf(kind, cluster.arn, { reason, region }));
    return unknown(why, permission);
  };
  return { ...cluster, services: factOf("services"), tasks: factOf("tasks") };
}

/** A scan's advice for a cluster that is not there speaks of Regions and profiles, which a folder does not have. */
async function namedClusters<T>({ outputs, folder }: FleetOfOutputsOptions, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FargateCmkError) || error.code !== "no-such-cluster") throw error;
    const names = clusterArnsOf(outputs).map(lastPart);
    const more = names.length > NAMES_SHOWN ? ` and ${names.length - NAMES_SHOWN} more` : "";
    const remedy = `check the name: ${folder} tells of ${names.slice(0, NAMES_SHOWN).join(", ")}${more}`;
    throw new FargateCmkError("no-such-cluster", { message: error.message, remedy, cause: error });
  }
}

const NAMES_SHOWN = 10;
