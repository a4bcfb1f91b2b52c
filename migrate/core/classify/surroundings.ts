// What stands around the services of a fleet, looked up by what task definitions write.
// Invariants
//   a thing that the fleet has no record of is unknown, never taken for present or missing
//   each lookup takes the same time, however large the fleet; the tables of one fleet are made once

import { type Fact, unknown } from "../../../domain/fact";
import type { Fleet } from "../../../domain/fleet";
import type { FoundImage, SecretState } from "../../../domain/fleet-surroundings";
import { parseSecretReference } from "../../../domain/secret-reference";

export interface Surroundings {
  /** By reference as task definitions write it; known and null: looked for, and not there. */
  image(reference: string): Fact<FoundImage | null>;
  /** By what a task definition writes: the JSON key and version that may follow a secret's ARN do not count. */
  secret(written: string): Fact<SecretState>;
  /** Of the fleet's own Region. */
  logGroup(name: string): Fact<boolean>;
}

/** A fleet is never changed, so asking for the same one again costs nothing. */
export function surroundingsOf(fleet: Fleet): Surroundings {
  const made = MADE.get(fleet) ?? tablesOf(fleet);
  MADE.set(fleet, made);
  return made;
}

const MADE = new WeakMap<Fleet, Surroundings>();

function tablesOf({ images, secrets, logGroups }: Fleet): Surroundings {
  const imageFacts = new Map(images.map(({ reference, found }) => [reference, found]));
  const secretFacts = new Map(secrets.map(({ reference, state }) => [reference, state]));
  const logGroupFacts = new Map(logGroups.map(({ name, exists }) => [name, exists]));
  return {
    image: (reference) => imageFacts.get(reference) ?? NOT_LOOKED_AT,
    secret: (written) => secretFacts.get(parseSecretReference(written).reference) ?? NOT_LOOKED_AT,
    logGroup: (name) => logGroupFacts.get(name) ?? NOT_LOOKED_AT,
  };
}

const NOT_LOOKED_AT = unknown("the scan did not look at it");
