// What the starts of a fleet's services need, as a scan would have found it: images, secrets and parameters, log groups.
// Invariants: complete for what services on Fargate name, each once and in order; what several share has its worst state.

import { known, unknown } from "../../domain/fact";
import type { Fleet, Lane } from "../../domain/fleet";
import type { FoundImage, ImageRecord, SecretRecord, SecretState } from "../../domain/fleet-surroundings";
import { parseImageReference } from "../../domain/image-reference";
import { parseSecretReference } from "../../domain/secret-reference";
import { writtenSecret } from "./build-task-definition";
import type { BuiltService } from "./built";
import type { ServiceDraft } from "./drafts";
import { hexOf } from "./fleet-ids";
import { digestAtHand } from "./image-digest";

/** A service on Fargate, as it was told and as it was built. */
export interface StartedService {
  readonly draft: ServiceDraft;
  readonly built: BuiltService;
}

export function buildStartNeeds(
  services: readonly StartedService[],
  { lane, at }: { readonly lane: Lane; readonly at: string },
): Pick<Fleet, "images" | "secrets" | "logGroups"> {
  return {
    images: sharers(services, ({ built }) => built.taskDefinition.containers.map(({ image }) => image)).map(
      ([reference, sharing]) => imageRecord({ reference, sharing, lane, at }),
    ),
    secrets: secretRecords(services, lane, at),
    logGroups: sharers(services, ({ built }) =>
      built.taskDefinition.containers.flatMap(({ logGroup, createsLogGroup }) =>
        logGroup === null || createsLogGroup ? [] : [logGroup],
      ),
    ).map(([name, sharing]) => ({
      name,
      exists: known(!sharing.some(({ draft }) => draft.start.logGroupIs === "missing"), at),
    })),
  };
}

/** The services that name each thing, in the order of the things' names. */
function sharers(
  services: readonly StartedService[],
  namesOf: (service: StartedService) => readonly string[],
): readonly (readonly [name: string, sharing: readonly StartedService[]])[] {
  const byName = new Map<string, StartedService[]>();
  for (const service of services) {
    for (const name of new Set(namesOf(service))) byName.set(name, [...(byName.get(name) ?? []), service]);
  }
  return [...byName].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

interface SharedImage {
  readonly reference: string;
  readonly sharing: readonly StartedService[];
  readonly lane: Lane;
}

function imageRecord({ at, ...image }: SharedImage & { readonly at: string }): ImageRecord {
  const { reference } = image;
  const parsed = parseImageReference(reference);
  if (parsed.kind === "elsewhere") {
    return { reference, found: unknown(`the registry ${parsed.host} cannot be asked with AWS's permissions`) };
  }
  return { reference, found: known(foundImage(image), at) };
}

function foundImage({ reference, sharing, lane }: SharedImage): FoundImage | null {
  const is = (state: string): boolean => sharing.some(({ draft }) => draft.start.imageIs === state);
  if (is("gone")) return null;
  const multiArch = sharing.some(({ draft }) => draft.start.multiArch);
  const running = digestAtHand(reference, { multiArch, lane });
  const current = is("moved") ? `sha256:${hexOf(`moved image ${reference}`, 64)}` : running;
  if (!multiArch) return { digest: current, platformDigests: [] };
  const pinned = parseImageReference(reference);
  const digest =
    pinned.kind === "ecr" && "digest" in pinned.id
      ? pinned.id.digest
      : `sha256:${hexOf(`${is("moved") ? "moved " : ""}index ${reference}`, 64)}`;
  return { digest, platformDigests: [current, `sha256:${hexOf(`other platform of ${current}`, 64)}`] };
}

function secretRecords(services: readonly StartedService[], lane: Lane, at: string): readonly SecretRecord[] {
  const states = new Map<string, { kind: SecretRecord["kind"]; state: SecretState }>();
  for (const { draft } of services) {
    for (const secret of draft.start.secrets) {
      const { reference, kind } = parseSecretReference(writtenSecret(secret, lane));
      const state = worse(states.get(reference)?.state ?? "present", secret.state);
      states.set(reference, { kind, state });
    }
  }
  return [...states]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([reference, { kind, state }]) => ({ reference, kind, state: known(state, at) }));
}

const FROM_BEST: readonly SecretState[] = ["present", "being-deleted", "missing"];

function worse(left: SecretState, right: SecretState): SecretState {
  return FROM_BEST.indexOf(left) > FROM_BEST.indexOf(right) ? left : right;
}
