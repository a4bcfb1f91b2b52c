// The services and tasks of one cluster.
//
// Invariants
//   services and tasks are listed without filters: AWS's launch type filter does not show all that run on Fargate
//   a batch that is denied leaves the rest readable; the cluster then says that its list is incomplete
//   tasks that drain are listed apart: their desired status is STOPPED, so the default listing hides them (documented)
//   what vanished between the listing and the look is gone, not unknown

import { BATCH_LIMITS } from "../../domain/api-quotas";
import { type Fact, known, type Unknown, unknown } from "../../domain/fact";
import type { ClusterRecord, ServiceRecord, TaskRecord } from "../../domain/fleet";
import { batchesOf } from "../core/batches-of";
import type { ClusterSeen, EcsPort, Found } from "../ports/ecs-port";
import { byText } from "./by-text";
import { inParallel } from "./in-parallel";
import type { ScanReader } from "./scan-reader";

export interface ScannedCluster {
  readonly cluster: ClusterRecord;
  readonly services: readonly ServiceRecord[];
  readonly tasks: readonly TaskRecord[];
}

export interface ClusterScan {
  readonly ecs: EcsPort;
  readonly reader: ScanReader;
  readonly cluster: ClusterSeen;
}

const BATCHES_AT_ONCE = 8;

export async function scanCluster(scan: ClusterScan): Promise<ScannedCluster> {
  const services = await servicesOf(scan);
  const tasks = await tasksOf(scan, services);
  const protectedTasks = unknown("not read");
  const cluster = { ...scan.cluster, services: countOf(services), tasks: countOf(tasks), protectedTasks };
  return { cluster, services: services.found, tasks: tasks.found };
}

/** What was found, and why it may not be all. */
interface Listing<T> {
  readonly found: readonly T[];
  /** The newest instant at which something of it was seen: a verdict on all of it is never older than what it rests on. */
  readonly asOf: string;
  readonly incomplete: Unknown | null;
}

function countOf(listing: Listing<unknown>): Fact<number> {
  return listing.incomplete ?? known(listing.found.length, listing.asOf);
}

async function servicesOf({ ecs, reader, cluster: { arn } }: ClusterScan): Promise<Listing<ServiceRecord>> {
  const listed = await reader.read(arn, () => ecs.listServices(arn));
  const described = await describe({
    listed,
    most: BATCH_LIMITS.describeServices,
    ask: (services) => reader.read(arn, () => ecs.describeServices({ clusterArn: arn, services })),
  });
  const found = described.found
    .filter(({ status }) => status !== "INACTIVE")
    .toSorted(byText((service) => service.arn));
  return { ...described, found };
}

async function tasksOf(scan: ClusterScan, services: Listing<ServiceRecord>): Promise<Listing<TaskRecord>> {
  const { ecs, reader, cluster } = scan;
  const { arn } = cluster;
  const listed = await listedTasks(scan, services);
  const described = await describe({
    listed,
    most: BATCH_LIMITS.describeTasks,
    ask: (tasks) => reader.read(arn, () => ecs.describeTasks({ clusterArn: arn, tasks })),
  });
  const names = new Set(services.found.map(({ name }) => name));
  const isKept = (task: TaskRecord): boolean => isOfInterest(task, names, services.incomplete !== null);
  return { ...described, found: described.found.filter(isKept).toSorted(byText((task) => task.arn)) };
}

/**
 * Those that shall run first, then those that shall stop: a task that begins to drain between the two listings is in both, never
 * in neither. A cluster without services has no task of a service that drains, so the second listing is saved there.
 */
async function listedTasks(
  { ecs, reader, cluster: { arn } }: ClusterScan,
  services: Listing<ServiceRecord>,
): Promise<Fact<readonly string[]>> {
  const running = await reader.read(arn, () => ecs.listTasks({ clusterArn: arn }));
  if (running.kind === "unknown") return running;
  if (services.found.length === 0 && services.incomplete === null) return running;
  const stopping = await reader.read(arn, () => ecs.listTasks({ clusterArn: arn, desiredStatus: "STOPPED" }));
  if (stopping.kind === "unknown") return stopping;
  return known([...new Set([...running.value, ...stopping.value])], stopping.asOf);
}

/** Runs, or shall stop, still runs and belongs to a service of this scan (or may, when the services could not be listed). */
function isOfInterest(task: TaskRecord, services: ReadonlySet<string>, servicesIncomplete: boolean): boolean {
  if (task.lastStatus === "STOPPED") return false;
  if (task.desiredStatus !== "STOPPED") return true;
  const service = task.group?.startsWith("service:") === true ? task.group.slice("service:".length) : null;
  return service !== null && (servicesIncomplete || services.has(service));
}

interface Description<T> {
  readonly listed: Fact<readonly string[]>;
  readonly most: number;
  readonly ask: (batch: readonly string[]) => Promise<Fact<Found<T>>>;
}

async function describe<T>({ listed, most, ask }: Description<T>): Promise<Listing<T>> {
  if (listed.kind === "unknown") return { found: [], asOf: "", incomplete: listed };
  const answers = await inParallel({ items: batchesOf(listed.value, most), atOnce: BATCHES_AT_ONCE, work: ask });
  const found = answers.flatMap((answer) => (answer.kind === "known" ? answer.value.found : []));
  const incomplete = answers.find((answer) => answer.kind === "unknown") ?? null;
  const asOf = answers.reduce((newest, answer) => laterOf(newest, answer), listed.asOf);
  return { found, asOf, incomplete };
}

/** Instants of one form, whose order is that of their texts. */
function laterOf(instant: string, answer: Fact<unknown>): string {
  return answer.kind === "known" && answer.asOf > instant ? answer.asOf : instant;
}
