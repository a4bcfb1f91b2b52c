// The instant that a fleet from files stands for.
//
// An output does not say when it was made. The newest instant that any of them knows (a task that started, an event) is one at
// which the account had not yet been read: the outputs are that young or younger. A fleet that bears it is never taken for fresher
// than can be shown, only for older. Who knows when the outputs were made says so with --read-at.
// Invariant: an instant before something that the outputs show is refused.

import { FargateCmkError } from "../../errors";
import type { Outputs } from "./outputs";
import { instantMsOf } from "./wire-instant";

export interface ReadInstant {
  /** ISO 8601 in UTC. */
  readonly readAt: string;
  readonly from: "outputs" | "option";
}

/** `given`: the value of --read-at. @throws FargateCmkError `usage` */
export function readInstantOf({ sightings }: Outputs, given: string | undefined): ReadInstant {
  const newestMs = sightings.reduce<number | null>((newest, { newestMs: ms }) => later(newest, ms), null);
  if (given === undefined) {
    if (newestMs !== null) return { readAt: new Date(newestMs).toISOString(), from: "outputs" };
    throw new FargateCmkError("usage", {
      message: "nothing in the outputs tells a time",
      remedy: "say when they were made: --read-at 2026-11-22T09:14:00Z",
    });
  }
  const givenMs = instantMsOf(given);
  if (givenMs === null) throw wrongInstant(given, "give an instant with its offset, such as 2026-11-22T09:14:00Z");
  if (newestMs !== null && givenMs < newestMs)
    throw wrongInstant(
      given,
      `the outputs tell of ${new Date(newestMs).toISOString()}: give that instant or a later one`,
    );
  return { readAt: new Date(givenMs).toISOString(), from: "option" };
}

function later(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

function wrongInstant(given: string, remedy: string): FargateCmkError {
  return new FargateCmkError("usage", { message: `--read-at is ${JSON.stringify(given)}`, remedy });
}
