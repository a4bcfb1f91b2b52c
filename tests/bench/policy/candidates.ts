// The packs that are compared. Each is compiled, and starts in the policy host of the SDK that it finds from its own folder: the same
// version for all.

import path from "node:path";
import { profileConfiguration, REGISTRY } from "../../../policypack/registry";
import type { Level, Profile } from "../../../policypack/rules/rule";
import { bundledPack } from "../../policypack/bundled-pack";
import type { Levels } from "../../policypack/policy-host";
import { installedAwsGuard } from "./installed-aws-guard";

export type PackName = "empty" | "ours" | "awsguard";

export interface Candidate {
  readonly name: PackName;
  /** Absolute. */
  readonly folder: string;
}

export interface Candidates {
  readonly all: readonly Candidate[];
  remove(): void;
}

/** Our pack as the sources stand now, the least that a pack is, and AWSGuard from npm. */
export async function candidates(): Promise<Candidates> {
  const awsGuard = installedAwsGuard();
  const ours = await bundledPack();
  return {
    all: [
      { name: "empty", folder: path.resolve("tests/bench/policy/empty-pack") },
      { name: "ours", folder: ours.folder },
      { name: "awsguard", folder: awsGuard },
    ],
    remove: () => ours.remove(),
  };
}

/** A profile of our pack, as the engine hands it over. */
export function levelsOf(profile: Profile): Levels {
  const configured = Object.entries(profileConfiguration(REGISTRY, profile));
  return Object.fromEntries(
    configured.map(([id, value]) => {
      if (typeof value === "string") return [id, { level: value as Level }];
      const { enforcementLevel, ...properties } = value as { readonly enforcementLevel: Level };
      return [id, { level: enforcementLevel, properties }];
    }),
  );
}
