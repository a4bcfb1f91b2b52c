// The images of a fleet, in the registries of the lanes that their references name.
// Invariants: an image seen is there with its digest, one looked for in vain is not; what nobody could look at is taken for present,
// with the digest that its tasks run; a digest that tasks run stays pullable unless its image is known to be gone.

import type { Fleet, TaskDefinitionRecord } from "../../../domain/fleet";
import type { FoundImage, ImageRecord } from "../../../domain/fleet-surroundings";
import { type EcrImage, parseImageReference } from "../../../domain/image-reference";
import { manifestDigest, unseenManifest } from "../image-manifest";
import { imageIn, type Repository, repositoryOf, storeImage } from "../repository";
import { laneOf, type WorldState } from "../world-state";
import type { RunningDigests } from "./running-digests";

export function importImages(world: WorldState, fleet: Fleet, running: RunningDigests): void {
  const gone = new Set(fleet.images.filter(isKnownToBeGone).map(({ reference }) => reference));
  for (const record of fleet.images) importRecord(world, record);
  for (const fact of fleet.taskDefinitions) {
    if (fact.kind === "known") importRunning(world, fact.value, { gone, running });
  }
  for (const { reference } of fleet.images) if (!gone.has(reference)) takeForPresent(world, reference, null);
}

function isKnownToBeGone({ found }: ImageRecord): boolean {
  return found.kind === "known" && found.value === null;
}

function importRecord(world: WorldState, { reference, found }: ImageRecord): void {
  const parsed = parseImageReference(reference);
  if (parsed.kind !== "ecr" || found.kind === "unknown") return;
  const repository = repositoryIn(world, parsed);
  if (found.value !== null) put(world, repository, { id: parsed.id, image: found.value });
}

function importRunning(
  world: WorldState,
  { arn, containers }: TaskDefinitionRecord,
  { gone, running }: { readonly gone: ReadonlySet<string>; readonly running: RunningDigests },
): void {
  for (const { name, image } of containers) {
    const parsed = parseImageReference(image);
    if (parsed.kind !== "ecr" || gone.has(image)) continue;
    takeForPresent(world, image, running.of(arn, name));
    for (const digest of running.all(arn, name)) store(world, repositoryIn(world, parsed), digest, []);
  }
}

/** Does nothing to an image that is there already. */
function takeForPresent(world: WorldState, reference: string, digest: string | null): void {
  const parsed = parseImageReference(reference);
  if (parsed.kind !== "ecr") return;
  const repository = repositoryIn(world, parsed);
  if (imageIn(repository, parsed.id, world.nowMs) !== null) return;
  const image = { digest: digest ?? manifestDigest(reference), platformDigests: [] };
  put(world, repository, { id: parsed.id, image });
}

function put(
  world: WorldState,
  repository: Repository,
  { id, image }: { readonly id: EcrImage["id"]; readonly image: FoundImage },
): void {
  const digest = "digest" in id ? id.digest : image.digest;
  for (const listed of image.platformDigests) store(world, repository, listed, []);
  store(world, repository, digest, image.platformDigests);
  if ("tag" in id) repository.tags.set(id.tag, digest);
}

function store(world: WorldState, repository: Repository, digest: string, platformDigests: readonly string[]): void {
  storeImage(world, repository, { digest, manifest: unseenManifest(digest, platformDigests) });
}

function repositoryIn(world: WorldState, { account, region, repository }: EcrImage): Repository {
  return repositoryOf(world, laneOf(world, account, region), { name: repository });
}
