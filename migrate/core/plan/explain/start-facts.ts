// The facts that tell whether a service can start again as it is: what its task definition names, and what was seen of it.

import type { ContainerRecord, ProtectedTask } from "../../../../domain/fleet";
import { isPinnedByDigest } from "../../../../domain/image-reference";
import { parseSecretReference } from "../../../../domain/secret-reference";
import { runningTasks } from "../../classify/image-drift";
import { isOwnRegion } from "../../classify/start-obstacles";
import { listed } from "../../words/listed";
import type { ExplainedFact } from "./explanation";
import type { QuestionFacts } from "./questions";
import { read } from "./read-fact";

/** Each image, secret and log group that a start needs, once. */
export function startFacts(of: QuestionFacts): readonly ExplainedFact[] {
  const { surroundings } = of;
  const images = once(containersOf(of).map(({ image }) => image));
  const secrets = once(containersOf(of).flatMap(({ secretArns }) => secretArns));
  const groups = once(
    containersOf(of).flatMap(({ logGroup, logRegion, createsLogGroup }) =>
      logGroup === null || createsLogGroup || !isOwnRegion(logRegion, of.service) ? [] : [logGroup],
    ),
  );
  return [
    ...images.map((image) =>
      read(`image ${image}`, surroundings.image(image), (found) => (found === null ? "gone" : "there")),
    ),
    ...secrets.map((one) => read(secretName(one), surroundings.secret(one), (state) => state.replace("-", " "))),
    ...groups.map((name) =>
      read(`log group ${name}`, surroundings.logGroup(name), (exists) => (exists ? "there" : "missing")),
    ),
  ];
}

/** What a start would pull now, and what runs, for each image that is named by tag. */
export function driftFacts(of: QuestionFacts): readonly ExplainedFact[] {
  return containersOf(of).flatMap(({ name, image }) => {
    const pinned = { name: `image of ${name}`, value: "named by digest", asOf: of.readAt };
    if (isPinnedByDigest(image)) return [pinned];
    const digests = once(
      runningTasks(of.service, of.tasks).flatMap(({ imageDigests }) => imageDigests[name] ?? []),
    ).toSorted();
    const runs = { name: `${name} runs`, value: digests.length === 0 ? null : listed(digests), asOf: of.readAt };
    return [
      read(`image ${image} is`, of.surroundings.image(image), (found) => found?.digest ?? "gone"),
      digests.length === 0 ? { ...runs, asOf: null } : runs,
    ];
  });
}

export function statefulFacts(of: QuestionFacts): readonly ExplainedFact[] {
  const volumes = once(
    of.service.deployments.flatMap(({ status, ebsVolumes }) => (status === "PRIMARY" ? ebsVolumes : [])),
  );
  const own = {
    name: "EBS volumes of each task",
    value: volumes.length === 0 ? "none" : listed(volumes),
    asOf: of.readAt,
  };
  if (of.taskDefinition === null) return [own];
  return [
    own,
    read("file systems that it writes to", of.taskDefinition, ({ efsVolumes }) => {
      const written = efsVolumes.filter(({ writable }) => writable).map(({ fileSystemId }) => fileSystemId);
      return written.length === 0 ? "none" : listed(once(written));
    }),
    { name: "tasks wanted", value: String(of.service.desiredCount), asOf: of.readAt },
  ];
}

export function protectedText({ tasks }: QuestionFacts, all: readonly ProtectedTask[]): string {
  const own = new Set(tasks.map(({ arn }) => arn));
  return `${all.filter(({ arn }) => own.has(arn)).length} of ${tasks.length}`;
}

function containersOf({ taskDefinition }: QuestionFacts): readonly ContainerRecord[] {
  return taskDefinition?.kind === "known" ? taskDefinition.value.containers : [];
}

function secretName(written: string): string {
  const { kind, name } = parseSecretReference(written);
  return `${kind} ${name}`;
}

function once(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
