// The log groups that tasks write to and the alarms that deployments watch: two lists of names that are looked up many a call.
//
// Invariants
//   a log group that a start makes by itself, or that is in another Region, is not asked for: its absence here stops nothing
//   an alarm counts only where the deployment really watches it

import { BATCH_LIMITS } from "../../domain/api-quotas";
import type { Fact } from "../../domain/fact";
import type { Lane, ServiceRecord, TaskDefinitionRecord } from "../../domain/fleet";
import type { AlarmRecord, LogGroupRecord } from "../../domain/fleet-surroundings";
import type { AlarmState, SurroundingsPort } from "../ports/surroundings-port";
import { distinct } from "./distinct";
import { type OnRead, readInBatches } from "./read-each";
import type { ScanReader } from "./scan-reader";

export interface WatchedScan {
  readonly surroundings: SurroundingsPort;
  readonly reader: ScanReader;
  readonly onRead: OnRead;
}

export async function scanLogGroups(
  definitions: readonly TaskDefinitionRecord[],
  { surroundings, reader, onRead, lane }: WatchedScan & { readonly lane: Lane },
): Promise<readonly LogGroupRecord[]> {
  const needed = definitions
    .flatMap(({ containers }) => containers)
    .filter(({ createsLogGroup, logRegion }) => !createsLogGroup && (logRegion ?? lane.region) === lane.region);
  const seen = await readInBatches({
    reader,
    subject: "the log groups",
    items: distinct(needed.map(({ logGroup }) => logGroup)),
    most: BATCH_LIMITS.describeLogGroups,
    onRead,
    async ask(names) {
      const present = await surroundings.presentLogGroups(names);
      return (name) => present.has(name);
    },
  });
  return [...seen].map(([name, exists]) => ({ name, exists }));
}

export async function scanAlarms(
  services: readonly ServiceRecord[],
  { surroundings, reader, onRead }: WatchedScan,
): Promise<readonly AlarmRecord[]> {
  const seen: ReadonlyMap<string, Fact<AlarmState>> = await readInBatches({
    reader,
    subject: "the alarms",
    items: distinct(services.flatMap(({ alarms }) => (alarms.enable ? alarms.names : []))),
    most: BATCH_LIMITS.describeAlarms,
    onRead,
    async ask(names) {
      const states = await surroundings.alarmStates(names);
      return (name): AlarmState => states.get(name) ?? "MISSING";
    },
  });
  return [...seen].map(([name, state]) => ({ name, state }));
}
