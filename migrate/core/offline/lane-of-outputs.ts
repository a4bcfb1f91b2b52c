// The lane that a folder's outputs are of: the account and Region that their ARNs name.
//
// Invariants
//   one folder is one lane: two accounts or two Regions are an error that names them and the files
//   keys and subnets do not count: they may belong to another account (shared keys, shared VPCs)
//   an account that is not twelve digits, as AWS's samples have, makes no lane

import { type Arn, parseArn } from "../../../domain/arn";
import type { Lane } from "../../../domain/fleet";
import { isProblem } from "../../../domain/problem";
import { FargateCmkError } from "../../errors";
import type { Outputs } from "./outputs";

/** `folder` as its user typed it. @throws FargateCmkError `no-outputs`, `mixed-lanes` */
export function laneOfOutputs(outputs: Outputs, folder: string): Lane {
  const places = placesOf(outputs);
  const [only, ...others] = [...places.values()].filter(({ region }) => region !== null);
  if (only?.region == null) throw noOutputs(outputs, folder);
  const strangers = [...places.values()].filter(({ account, region }) => account !== only.account && region === null);
  if (others.length > 0 || strangers.length > 0) throw mixed(folder, [only, ...others, ...strangers]);
  return { account: only.account, region: only.region, partition: only.partition };
}

interface Place {
  readonly account: string;
  /** Null for a caller identity, which has none. */
  readonly region: string | null;
  readonly partition: string;
  readonly files: Set<string>;
}

function placesOf({ sightings, listed }: Outputs): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const add = (text: string, file: string): void => {
    const arn = parseArn(text);
    if (isProblem(arn) || arn.odd.length > 0 || !PLACING.includes(arn.service)) return;
    addPlace(places, arn, file);
  };
  for (const { kind, id, wire, file } of sightings) add(kind === "identity" ? String(wire.Arn) : id, file);
  for (const [arn, file] of listed) add(arn, file);
  return places;
}

const PLACING: readonly string[] = ["ecs", "iam", "sts"];

function addPlace(places: Map<string, Place>, { account, region, partition, service }: Arn, file: string): void {
  const place = { account, region: service === "ecs" ? region : null, partition };
  const key = `${account} ${place.region ?? ""}`;
  const known = places.get(key) ?? { ...place, files: new Set() };
  known.files.add(file);
  places.set(key, known);
}

function mixed(folder: string, places: readonly Place[]): FargateCmkError {
  const named = places.slice(0, PLACES_SHOWN).map(({ account, region, files }) => {
    const [first, ...more] = [...files].toSorted();
    return `${account}${region === null ? "" : ` ${region}`} (${first}${more.length === 0 ? "" : ` and ${more.length} more`})`;
  });
  const rest = places.length > named.length ? `, and ${places.length - named.length} more` : "";
  return new FargateCmkError("mixed-lanes", {
    message: `${folder} holds outputs of more than one account or Region: ${named.join(", ")}${rest}`,
    remedy:
      "put the outputs of each account and Region into a folder of their own: a fleet is one account in one Region",
  });
}

const PLACES_SHOWN = 4;

function noOutputs({ files, skipped, sightings }: Outputs, folder: string): FargateCmkError {
  const reasons = skipped.slice(0, REASONS_SHOWN).map(({ file, what }) => `${file}: ${what}`);
  const more = skipped.length > reasons.length ? [`and ${skipped.length - reasons.length} more`] : [];
  const odd = sightings.length > 0 ? ["no ARN in it names an account of twelve digits and a Region"] : [];
  const why = files === 0 ? ["it holds no file"] : [...odd, ...reasons, ...more];
  return new FargateCmkError("no-outputs", {
    message: `${folder} tells of no cluster, service or task${why.length === 0 ? "" : `: ${why.join("; ")}`}`,
    remedy:
      "put JSON outputs of the AWS CLI into it, first that of aws ecs describe-clusters with --include CONFIGURATIONS",
  });
}

const REASONS_SHOWN = 3;
