// A fleet in which the scan saw everything that a start needs: each image as it runs, each secret and log group present.
// What the fleet holds records of already stays as it is.

import { known } from "../../../domain/fact";
import type { Fleet, TaskDefinitionRecord } from "../../../domain/fleet";
import { isPinnedByDigest } from "../../../domain/image-reference";
import { parseSecretReference } from "../../../domain/secret-reference";

export function seenWhole(fleet: Fleet): Fleet {
  const definitions = fleet.taskDefinitions.flatMap((fact) => (fact.kind === "known" ? [fact.value] : []));
  const containers = definitions.flatMap((definition) =>
    definition.containers.map((container) => ({ ...container, digest: runningDigest(fleet, definition, container) })),
  );
  const images = containers.map(({ image, digest }) => ({
    reference: image,
    found: known({ digest, platformDigests: [] }, fleet.readAt),
  }));
  const secrets = containers
    .flatMap(({ secretArns }) => secretArns.map(parseSecretReference))
    .map(({ kind, reference }) => ({ kind, reference, state: known("present" as const, fleet.readAt) }));
  const logGroups = containers.flatMap(({ logGroup, createsLogGroup }) =>
    logGroup === null || createsLogGroup ? [] : [{ name: logGroup, exists: known(true, fleet.readAt) }],
  );
  return {
    ...fleet,
    images: withMissing(fleet.images, images, ({ reference }) => reference),
    secrets: withMissing(fleet.secrets, secrets, ({ reference }) => reference),
    logGroups: withMissing(fleet.logGroups, logGroups, ({ name }) => name),
  };
}

function runningDigest(
  { tasks }: Fleet,
  { arn }: TaskDefinitionRecord,
  { name, image }: TaskDefinitionRecord["containers"][number],
): string {
  if (isPinnedByDigest(image)) return image.slice(image.indexOf("@") + 1);
  const task = tasks.find(({ taskDefinitionArn }) => taskDefinitionArn === arn);
  return task?.imageDigests[name] ?? `sha256:${"0".repeat(64)}`;
}

function withMissing<T>(present: readonly T[], wanted: readonly T[], keyOf: (one: T) => string): readonly T[] {
  const all = new Map([...wanted, ...present].map((one) => [keyOf(one), one]));
  return [...all].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
