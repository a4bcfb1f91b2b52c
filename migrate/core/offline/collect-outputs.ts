// The files of a folder → what they hold together.
//
// Invariants
//   no file is fatal: one that is broken or none of ours is named with the reason
//   a thing without its ARN or id, or with a word that this program does not know, is left out and named

import { FOLDER_LIMITS } from "../limits";
import { decodeOutput } from "./decode-output";
import { keepNewest } from "./keep-newest";
import type { OutputFile, OutputRemark, Outputs, PolicySighting, Sighting, ThingKind } from "./outputs";
import { isDeeperThan, isRecord, type Raw } from "./raw";
import { isOurs, type Piece, type Recognition, recognise } from "./recognise";
import { splitOutput } from "./split-output";
import { thingsOf } from "./things-of";

export interface Collected {
  readonly sightings: Sighting[];
  readonly policies: PolicySighting[];
  readonly listed: Map<string, string>;
  readonly complete: Set<ThingKind>;
  readonly gone: Set<string>;
  readonly skipped: OutputRemark[];
  readonly odd: OutputRemark[];
}

export function collectOutputs(files: readonly OutputFile[]): Outputs {
  const collected: Collected = {
    sightings: [],
    policies: [],
    listed: new Map(),
    complete: new Set(),
    gone: new Set(),
    skipped: [],
    odd: [],
  };
  for (const file of files.toSorted((a, b) => (a.name < b.name ? -1 : 1))) collectFile(collected, file);
  const { sightings, policies, listed, complete, gone, skipped, odd } = collected;
  odd.push(...tagsNotShown(sightings));
  const things = Object.fromEntries(
    THING_KINDS.map((kind) => {
      const { kept, remarks } = keepNewest(sightings.filter((sighting) => sighting.kind === kind));
      odd.push(...remarks);
      return [kind, kept];
    }),
  ) as unknown as Outputs["things"];
  return { files: files.length, sightings, things, policies, listed, complete, gone, skipped, odd };
}

const THING_KINDS: readonly ThingKind[] = [
  "cluster",
  "service",
  "task",
  "task-definition",
  "service-deployment",
  "service-revision",
  "key",
  "subnet",
  "identity",
  "rotation",
  "protection",
  "image",
  "secret",
  "parameter",
  "log-group",
  "alarm",
  "scalable-target",
  "quota",
  "usage",
  "trail",
  "event-selectors",
];

function collectFile(collected: Collected, { name: file, bytes }: OutputFile): void {
  const { values, problem } = splitOutput(decodeOutput(bytes));
  if (problem !== null) collected.skipped.push({ file, what: problem });
  const policies: string[] = [];
  const keysBefore = collected.sightings.length;
  let unknown = 0;
  for (const value of values) {
    const { pieces, isKnown } = isDeeperThan(value, FOLDER_LIMITS.jsonDepthMax) ? NOTHING : recognise(value);
    if (!isKnown) unknown += 1;
    collectFailures(collected, value, file);
    policies.push(...collectReply(collected, pieces, file));
  }
  const keysInFile = collected.sightings.slice(keysBefore).flatMap(({ kind, id }) => (kind === "key" ? [id] : []));
  for (const policy of policies) collected.policies.push({ policy, file, keysInFile: [...new Set(keysInFile)] });
  if (values.length > 0 && unknown === values.length) collected.skipped.push({ file, what: noneOfOurs(values) });
  else if (unknown > 0)
    collected.odd.push({ file, what: `${unknown} of its ${values.length} values tell nothing of a fleet` });
}

const NOTHING: Recognition = { pieces: [], isKnown: false };

/** The pieces of one JSON value: what one call of the CLI answered. Returns the policies in it, whose key is not yet known. */
function collectReply(collected: Collected, pieces: readonly Piece[], file: string): readonly string[] {
  const asked = pieces.some((piece) => piece.kind === "cluster" && isRecord(piece.value.configuration));
  const policies: string[] = [];
  for (const piece of pieces) {
    if (piece.kind === "listed") {
      if (!collected.listed.has(piece.arn)) collected.listed.set(piece.arn, file);
    } else if (piece.kind === "complete") {
      if (piece.of !== "key-policy") collected.complete.add(piece.of);
    } else if (piece.kind === "key-policy") policies.push(policyText(piece.value));
    else {
      const { sightings, odd } = thingsOf(piece.kind, piece.value, { file, showsConfiguration: asked });
      collected.sightings.push(...sightings);
      collected.odd.push(...odd.map((what) => ({ file, what })));
    }
  }
  return policies;
}

/** GetKeyPolicy gives the document as text; `--query Policy --output text` gives the document itself. */
function policyText(value: Raw): string {
  if (typeof value.Policy === "string") return value.Policy;
  return JSON.stringify(isRecord(value.Policy) ? value.Policy : value, null, 2);
}

/** A tag can exclude a service or choose its wave; AWS shows tags only when they are asked for (documented). */
function tagsNotShown(sightings: readonly Sighting[]): readonly OutputRemark[] {
  const services = sightings.filter(({ kind }) => kind === "service");
  const [first] = services;
  if (first === undefined || services.some(({ wire }) => wire.tags !== undefined)) return [];
  const why = "no service shows its tags: where tags exclude or order services, describe them with --include TAGS";
  return [{ file: first.file, what: why }];
}

/** What a describing call says that it did not find, or could not look at. */
function collectFailures(collected: Collected, value: unknown, file: string): void {
  if (!isRecord(value) || !Array.isArray(value.failures)) return;
  for (const { arn, reason, detail, imageId } of value.failures.filter(isRecord)) {
    // Of images, what was not found is read as such.
    if (imageId !== undefined) continue;
    if (typeof arn === "string" && reason === "MISSING") collected.gone.add(arn);
    const more = typeof detail === "string" ? `: ${detail}` : "";
    collected.odd.push({
      file,
      what: `AWS says ${text(reason, "nothing")} of ${text(arn, "something unnamed")}${more}`,
    });
  }
}

function text(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}

function noneOfOurs(values: readonly unknown[]): string {
  const [first] = values;
  if (isRecord(first) && isOurs(first)) return "it is a file of fargate-cmk itself, no output of the AWS CLI";
  const members = isRecord(first) ? Object.keys(first).slice(0, 3) : [];
  const holds = members.length === 0 ? "" : ` (it holds ${members.join(", ")})`;
  return `it is JSON, but no output that tells of a fleet${holds}`;
}
