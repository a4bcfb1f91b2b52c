// The rules of the pack, in the order in which they are asked and listed.
//
// Invariants
//   an id is never reused: a rule that goes leaves a tombstone. Configuration for an id that a pack does not have ends the preview in
//     some versions of Pulumi and is ignored without a word in others, where it looks like protection
//   levels in force without configuration are those of the baseline profile

import { clusterFargateKey } from "./rules/cluster/cluster-fargate-key";
import { clusterKeyForm } from "./rules/cluster/cluster-key-form";
import { keyRotation } from "./rules/key/key-rotation";
import { platformVersion } from "./rules/launch/platform-version";
import type { Level, Profile, Rule } from "./rules/rule";

export const PACK_NAME = "fargate-cmk-policy";
/** The policy that carries the pack-wide settings; first in order, so that the rules after it know them. */
export const SETTINGS_ID = "settings";

/** A rule that was. Its configuration is accepted and does nothing. */
export interface Tombstone {
  readonly id: string;
  readonly removedIn: string;
  /** Why it went and what stands in its place, as a sentence. */
  readonly reason: string;
}

export interface Registry {
  readonly rules: readonly Rule[];
  readonly tombstones: readonly Tombstone[];
}

export const REGISTRY: Registry = {
  rules: [clusterFargateKey, clusterKeyForm, platformVersion, keyRotation],
  tombstones: [],
};

/** The level of every policy of the pack in one profile, as the pack's configuration file holds it. */
export function profileLevels({ rules }: Registry, profile: Profile): Readonly<Record<string, Level>> {
  return Object.fromEntries([[SETTINGS_ID, "mandatory"], ...rules.map(({ id, levels }) => [id, levels[profile]])]);
}

/** Where a rule's page stands, for people who read a violation. */
export function pageOf(id: string): string {
  return `${PACK_NAME}/RULES.md#${id}`;
}
