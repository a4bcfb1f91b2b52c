// What a folder of AWS CLI outputs holds, put together: each thing once, as the newest output that tells of it shows it.
// Invariant: the same outputs give the same value, whatever their files are called and however they are cut into files; only what is
// said of a file names it.

import type { Raw } from "./raw";
import type { PieceKind } from "./recognise";

/** Kinds of things that have a name of their own. */
export type ThingKind = Exclude<PieceKind, "key-policy">;

export interface Sighting {
  readonly kind: ThingKind;
  /** The ARN; for keys and subnets the id, for identities the account, for images repository and tag, else what it is called. */
  readonly id: string;
  /** With the SDK's types. */
  readonly wire: Raw;
  /** As it stands in the file. */
  readonly raw: Raw;
  /** The newest instant that it knows, as a Unix time; null when it knows none. */
  readonly newestMs: number | null;
  readonly file: string;
  /** Clusters: whether it is certain that the configuration was asked for, so that none shown means none. */
  readonly showsConfiguration: boolean;
}

export interface PolicySighting {
  /** The document as text. */
  readonly policy: string;
  readonly file: string;
  /** The ids of the keys that the same file describes. */
  readonly keysInFile: readonly string[];
}

export interface OutputRemark {
  readonly file: string;
  readonly what: string;
}

export interface Outputs {
  /** How many files were looked at, those that told nothing included. */
  readonly files: number;
  /** Every sighting, also those that a newer one replaced. */
  readonly sightings: readonly Sighting[];
  readonly things: Readonly<Record<ThingKind, ReadonlyMap<string, Sighting>>>;
  readonly policies: readonly PolicySighting[];
  /** ARNs of which an output says only that they are there, with a file that does. */
  readonly listed: ReadonlyMap<string, string>;
  /** Kinds of which an output lists all that there are. */
  readonly complete: ReadonlySet<ThingKind>;
  /** ARNs that AWS called MISSING when they were to be described: gone since they were listed. */
  readonly gone: ReadonlySet<string>;
  /** Files, or the rest of them, that were not read, and why. */
  readonly skipped: readonly OutputRemark[];
  /** What was read and is odd: left out, or taken with a doubt. */
  readonly odd: readonly OutputRemark[];
}

export interface OutputFile {
  /** Relative to the folder. */
  readonly name: string;
  readonly bytes: Uint8Array;
}
