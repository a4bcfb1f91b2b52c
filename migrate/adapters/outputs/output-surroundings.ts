// SurroundingsPort on what AWS CLI outputs hold.
//
// Invariants
//   what an output does not show is missing only where one lists all that there are; else it is a gap
//   a gap is one a kind, with the command that lists the whole kind; of images one a repository
//   an image whose platforms no output lists is not shown: DescribeImages tells of an index, but not what is in it

import { RESOURCE_QUOTAS } from "../../../domain/api-quotas";
import type { FoundImage, SecretState } from "../../../domain/fleet-surroundings";
import { SINGLE_MANIFEST_TYPES } from "../../../domain/image-manifest-types";
import { type EcrImage, ecrImageName, parseImageReference } from "../../../domain/image-reference";
import { parseSecretReference } from "../../../domain/secret-reference";
import { type GapKind, gapOf, NotShown } from "../../core/offline/gap";
import type { Sighting, ThingKind } from "../../core/offline/outputs";
import type { AlarmState, ImageId, RepositoryQuestion, SurroundingsPort } from "../../ports/surroundings-port";
import { platformDigestsOf } from "../aws/to-found-image";
import { toScalableTarget } from "../aws/to-scalable-target";
import { toTaskDefinitionRecord } from "../aws/to-task-definition-record";
import { toTrailEvents } from "../aws/to-trail-events";
import { asWire, type OutputAccountOptions } from "./output-account";

export function outputSurroundings(options: OutputAccountOptions): SurroundingsPort {
  const { things } = options.outputs;
  return {
    images: async (question) => question.ids.map((id) => imageOf(options, question, id)),
    secretState: async (secret) => secretStateOf(options, secret),
    presentParameters: async (names) =>
      new Set(names.filter((name) => isThere(options, { kind: "parameter", name, gap: "parameters" }))),
    presentLogGroups: async (names) =>
      new Set(names.filter((name) => isThere(options, { kind: "log-group", name, gap: "log-groups" }))),
    alarmStates: async (names) => new Map(names.map((name) => [name, alarmStateOf(options, name)])),
    scalableTargets: async () =>
      allOf(options, "scalable-target", "scaling").flatMap(({ wire }) => toScalableTarget(asWire(wire)) ?? []),
    vcpuQuota: async (kind) => {
      const quota = kind === "onDemand" ? RESOURCE_QUOTAS.fargateOnDemandVcpu : RESOURCE_QUOTAS.fargateSpotVcpu;
      const value = things.quota.get(quota.quotaCode)?.wire.Value;
      if (typeof value === "number") return value;
      throw notShown(options, "quotas");
    },
    vcpuInUse: async () => ({ onDemand: newestOf(options, "onDemand"), spot: newestOf(options, "spot") }),
    trails: async () =>
      allOf(options, "trail", "trails").map(({ id, wire }) => ({
        arn: id,
        name: String(wire.Name ?? ""),
        isMultiRegion: wire.IsMultiRegionTrail === true,
      })),
    trailEvents: async (trailArn) => {
      const seen = things["event-selectors"].get(trailArn);
      if (seen !== undefined) return toTrailEvents(asWire(seen.wire));
      throw new NotShown(gapOf("trail-events", trailArn, { region: options.lane.region }));
    },
  };
}

/** What all things of a kind are called together. */
const SUBJECTS = {
  secrets: "all secrets",
  parameters: "all parameters",
  "log-groups": "all log groups",
  alarms: "all alarms",
  scaling: "the bounds of autoscaling",
  quotas: "the quotas of AWS Fargate",
  usage: "the vCPU in use",
  trails: "the trails",
} as const satisfies Partial<Readonly<Record<GapKind, string>>>;

function notShown({ lane }: OutputAccountOptions, kind: keyof typeof SUBJECTS): NotShown {
  return new NotShown(gapOf(kind, SUBJECTS[kind], { region: lane.region }));
}

interface Named {
  readonly kind: ThingKind;
  readonly name: string;
  readonly gap: keyof typeof SUBJECTS;
}

/** @throws NotShown where nothing tells */
function isThere(options: OutputAccountOptions, { kind, name, gap }: Named): boolean {
  const { things, complete } = options.outputs;
  if (things[kind].has(name)) return true;
  if (complete.has(kind)) return false;
  throw notShown(options, gap);
}

function allOf(options: OutputAccountOptions, kind: ThingKind, gap: keyof typeof SUBJECTS): readonly Sighting[] {
  const { things, complete } = options.outputs;
  if (!complete.has(kind)) throw notShown(options, gap);
  return [...things[kind].values()];
}

function alarmStateOf(options: OutputAccountOptions, name: string): AlarmState {
  if (!isThere(options, { kind: "alarm", name, gap: "alarms" })) return "MISSING";
  const state = options.outputs.things.alarm.get(name)?.wire.StateValue;
  return (state as AlarmState | undefined) ?? "INSUFFICIENT_DATA";
}

function newestOf(options: OutputAccountOptions, id: "onDemand" | "spot"): number {
  const values = options.outputs.things.usage.get(id)?.wire.Values;
  if (!Array.isArray(values)) throw notShown(options, "usage");
  return typeof values[0] === "number" ? values[0] : 0;
}

function secretStateOf(options: OutputAccountOptions, secret: string): SecretState {
  const { lane, outputs } = options;
  const seen = secretNamed(outputs.things.secret, secret);
  if (seen !== undefined) return seen.wire.DeletedDate === undefined ? "present" : "being-deleted";
  const { account } = parseSecretReference(secret);
  if (account !== null && account !== lane.account)
    throw new NotShown(gapOf("secret", secret, { region: lane.region }));
  if (outputs.complete.has("secret")) return "missing";
  throw notShown(options, "secrets");
}

/** Secrets Manager finds a secret by its ARN without the six characters that it ends in, too (documented). */
function secretNamed(secrets: ReadonlyMap<string, Sighting>, reference: string): Sighting | undefined {
  return (
    secrets.get(reference) ??
    [...secrets.values()].find(({ id }) => id.startsWith(`${reference}-`) && id.length === reference.length + SUFFIX)
  );
}

const SUFFIX = 7;

function imageOf(options: OutputAccountOptions, question: RepositoryQuestion, id: ImageId): FoundImage | null {
  const { account, repository } = question;
  const wire = options.outputs.things.image.get(ecrImageName({ account, repository, id }))?.wire;
  if (wire?.failureCode === "ImageNotFound") return null;
  const { imageDigest } = (wire?.imageId ?? wire ?? {}) as { readonly imageDigest?: unknown };
  if (typeof imageDigest !== "string" || wire === undefined) throw imagesNotShown(options, question);
  if (typeof wire.imageManifest === "string")
    return { digest: imageDigest, platformDigests: platformDigestsOf(wire.imageManifest) };
  if (!SINGLE_MANIFEST_TYPES.includes(String(wire.imageManifestMediaType))) throw imagesNotShown(options, question);
  return { digest: imageDigest, platformDigests: [] };
}

/** One gap a repository: its command asks for every image of it that a task definition names. */
function imagesNotShown(options: OutputAccountOptions, { account, repository }: RepositoryQuestion): NotShown {
  const { lane, outputs } = options;
  const definitions = [...outputs.things["task-definition"].values()].map(({ wire }) =>
    toTaskDefinitionRecord(asWire(wire)),
  );
  const named = definitions.flatMap(({ containers }) => containers.map(({ image }) => parseImageReference(image)));
  const own = named.filter(
    (image): image is EcrImage => image.kind === "ecr" && image.account === account && image.repository === repository,
  );
  const asks = [...new Set(own.map(ecrImageName))].toSorted();
  const arn = `arn:${lane.partition}:ecr:${lane.region}:${account}:repository/${repository}`;
  const reason = `no output shows all needed images of repository ${repository}`;
  return new NotShown(gapOf("images", arn, { region: lane.region, asks, reason }));
}
