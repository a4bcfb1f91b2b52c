// The ports of a scan on what AWS CLI outputs hold: the same scan then makes the same fleet, and the same classes follow.
//
// Invariants
//   what no output shows is never an empty answer: it becomes a gap and an unknown fact
//   nothing can be changed or followed here
//   `asOf` of every fact is the instant that the outputs stand for

import { lastPart } from "../../../domain/arn";
import { unknown } from "../../../domain/fact";
import type { Lane, ProtectedTask, SubnetRecord } from "../../../domain/fleet";
import { type Gap, type GapKind, gapOf, NotShown } from "../../core/offline/gap";
import type { Outputs, Sighting, ThingKind } from "../../core/offline/outputs";
import { policiesByKey } from "../../core/offline/policy-of-key";
import { internalError } from "../../errors";
import type { AccountPort } from "../../ports/account-port";
import type { ClusterSeen, EcsPort } from "../../ports/ecs-port";
import { toClusterSeen } from "../aws/to-cluster-seen";
import { toKeyMetadata } from "../aws/to-key-metadata";
import { toServiceRecord } from "../aws/to-service-record";
import { toSubnetRecord } from "../aws/to-subnet-record";
import { toTaskDefinitionRecord } from "../aws/to-task-definition-record";
import { toTaskRecord } from "../aws/to-task-record";
import { keyIdsOf } from "./keys-in-use";

export interface OutputAccountOptions {
  readonly outputs: Outputs;
  readonly lane: Lane;
  readonly readAt: string;
  /** Writes a gap down that no failed read tells of, and gives it back. */
  readonly note: (gap: Gap) => Gap;
  /** A cluster that shows no configuration has none: who made the outputs knows that it was asked for. */
  readonly configurationsIncluded: boolean;
}

export function outputEcs(options: OutputAccountOptions): EcsPort {
  const { outputs } = options;
  const { service, task, "task-definition": taskDefinition } = outputs.things;
  const clusterArns = clusterArnsOf(outputs);
  return {
    ...UNANSWERED,
    listClusters: async () => clusterArns,
    describeClusters: async (refs) => {
      const arns = refs.map((ref) => clusterArns.find((arn) => arn === ref || lastPart(arn) === ref));
      return {
        found: arns.filter((arn) => arn !== undefined).map((arn) => clusterSeen(options, arn)),
        missing: refs.filter((_, index) => arns[index] === undefined),
      };
    },
    listServices: async (clusterArn) => idsIn(service, clusterArn),
    describeServices: async ({ services }) => found(services, service, (wire) => toServiceRecord(asWire(wire))),
    listTasks: async ({ clusterArn, desiredStatus = "RUNNING" }) =>
      idsIn(task, clusterArn).filter((arn) => isStopping(task.get(arn)) === (desiredStatus === "STOPPED")),
    describeTasks: async ({ tasks }) => found(tasks, task, (wire) => toTaskRecord(asWire(wire))),
    protectedTasks: async ({ clusterArn, tasks }) => protectedOf(options, clusterArn, tasks),
    describeTaskDefinition: async (arn) =>
      toTaskDefinitionRecord(asWire(shown(options, taskDefinition.get(arn), ["task-definition", arn]))),
  };
}

export function outputNeighbours(options: OutputAccountOptions): AccountPort {
  const { outputs, lane, readAt, note } = options;
  const { key, subnet } = outputs.things;
  const policies = policiesByKey(outputs, keyIdsOf(outputs));
  return {
    identity: async () => ({ account: lane.account, partition: lane.partition, principalArn: "" }),
    describeKey: async (ref) => toKeyMetadata(asWire(shown(options, key.get(lastPart(ref)), ["key", ref]))),
    getKeyPolicy: async (ref) => {
      const policy = policies.get(lastPart(ref));
      if (policy !== undefined) return policy;
      throw new NotShown(gapOf("key-policy", ref, { region: lane.region, ...policyReason(outputs, ref) }));
    },
    keyRotation: async (ref) => {
      const seen = outputs.things.rotation.get(lastPart(ref))?.wire;
      if (seen !== undefined)
        return { enabled: seen.KeyRotationEnabled === true, periodDays: daysOf(seen.RotationPeriodInDays) };
      // Source: "Rotate AWS KMS keys" (documented): material of other origin does not rotate by itself.
      const origin = key.get(lastPart(ref))?.wire.Origin;
      if (origin !== undefined && origin !== "AWS_KMS") return { enabled: false, periodDays: null };
      throw new NotShown(gapOf("key-rotation", ref, { region: lane.region }));
    },
    describeSubnets: async (ids) =>
      ids.map((id): SubnetRecord => {
        const seen = subnet.get(id);
        if (seen !== undefined) return toSubnetRecord(asWire(seen.wire), readAt);
        const { why, permission } = note(gapOf("subnet", id, { region: lane.region }));
        const free = { availableIpAddresses: unknown(why, permission) };
        return { id, vpcId: null, availabilityZone: null, cidrBlock: null, ...free };
      }),
  };
}

/** Every cluster that is described or listed, or in which something is. */
export function clusterArnsOf({ things, listed }: Outputs): readonly string[] {
  const named = [...things.service.values(), ...things.task.values()].map(({ wire }) => String(wire.clusterArn));
  const alone = [...listed.keys()].filter((arn) => /:ecs:[^/]*:cluster\//.test(arn));
  return [...new Set([...things.cluster.keys(), ...named, ...alone])].toSorted();
}

function clusterSeen({ outputs, lane, readAt, note, configurationsIncluded }: OutputAccountOptions, arn: string) {
  const sighting = outputs.things.cluster.get(arn);
  const showsConfiguration =
    sighting?.showsConfiguration === true || (sighting !== undefined && configurationsIncluded);
  const cluster = sighting?.wire ?? { clusterArn: arn, clusterName: lastPart(arn), status: "UNKNOWN" };
  const seen: ClusterSeen = toClusterSeen({ cluster: asWire(cluster), asOf: readAt, showsConfiguration });
  if (seen.configuration.kind === "known") return seen;
  const asked =
    "the output shows none, and nothing tells that CONFIGURATIONS was included (--configurations-included says so)";
  const reason = sighting === undefined ? {} : { reason: `cluster ${seen.name} may have a configuration: ${asked}` };
  const { why, permission } = note(gapOf("configuration", arn, { region: lane.region, ...reason }));
  return { ...seen, configuration: unknown(why, permission) };
}

/** Every task that was asked for must be told of, protected or not: a task of which nothing is said may be protected. */
function protectedOf(
  { outputs, lane }: OutputAccountOptions,
  clusterArn: string,
  tasks: readonly string[],
): readonly ProtectedTask[] {
  const seen = tasks.map((arn) => outputs.things.protection.get(arn));
  if (seen.some((sighting, index) => sighting === undefined && !outputs.gone.has(tasks[index] ?? "")))
    throw new NotShown(gapOf("protection", clusterArn, { region: lane.region }));
  return seen.flatMap((sighting) => {
    if (sighting?.wire.protectionEnabled !== true) return [];
    const { expirationDate } = sighting.wire;
    return [{ arn: sighting.id, expiresAt: expirationDate instanceof Date ? expirationDate.toISOString() : null }];
  });
}

function daysOf(days: unknown): number | null {
  return typeof days === "number" ? days : null;
}

function policyReason({ policies }: Outputs, key: string): { readonly reason?: string } {
  if (policies.length === 0) return {};
  return { reason: `no output tells which policy is that of key ${lastPart(key)}` };
}

function shown({ lane }: OutputAccountOptions, sighting: Sighting | undefined, [kind, subject]: [GapKind, string]) {
  if (sighting !== undefined) return sighting.wire;
  throw new NotShown(gapOf(kind, subject, { region: lane.region }));
}

function idsIn(things: Outputs["things"][ThingKind], clusterArn: string): readonly string[] {
  return [...things.values()].filter(({ wire }) => wire.clusterArn === clusterArn).map(({ id }) => id);
}

function found<T>(ids: readonly string[], things: Outputs["things"][ThingKind], map: (wire: Sighting["wire"]) => T) {
  const seen = ids.flatMap((id) => things.get(id) ?? []);
  return { found: seen.map(({ wire }) => map(wire)), missing: ids.filter((id) => !things.has(id)) };
}

function isStopping(task: Sighting | undefined): boolean {
  return task?.wire.desiredStatus === "STOPPED";
}

/** What was read along a shape of the API has that shape's type: core does not know the SDK's names for it. */
export function asWire<T>(wire: Sighting["wire"]): T {
  return wire as T;
}

const notHere = (): Promise<never> =>
  Promise.reject(internalError("outputs of the AWS CLI can be read, not followed or changed"));

const UNANSWERED = {
  listServiceDeployments: notHere,
  describeServiceDeployments: notHere,
  describeServiceRevisions: notHere,
  forceNewDeployment: notHere,
  rollBackServiceDeployment: notHere,
  updateClusterConfiguration: notHere,
};
