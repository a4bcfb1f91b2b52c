// The rules of the pack, in the order in which they are asked and listed.
//
// Invariants
//   an id is never reused: a rule that goes leaves a tombstone. Configuration for an id that a pack does not have ends the preview in
//     some versions of Pulumi and is ignored without a word in others, where it looks like protection
//   levels in force without configuration are those of the baseline profile

import { profileParameters } from "./parameters";
import { abacTags } from "./rules/access/abac-tags";
import { auditTrailKeepsKms } from "./rules/access/audit-trail-keeps-kms";
import { clusterAdminNeedsKeyCondition } from "./rules/access/cluster-admin-needs-key-condition";
import { taskRolesSeparate } from "./rules/access/task-roles-separate";
import { taskUserInHostMode } from "./rules/access/task-user-in-host-mode";
import { clusterFargateKey } from "./rules/cluster/cluster-fargate-key";
import { clusterKeyForm } from "./rules/cluster/cluster-key-form";
import { clusterKeyUsable } from "./rules/cluster/cluster-key-usable";
import { keyAdministratorPresent } from "./rules/key/key-administrator-present";
import { keyDeletionWindow } from "./rules/key/key-deletion-window";
import { keyNotDisabled } from "./rules/key/key-not-disabled";
import { keyPolicyNotPublic } from "./rules/key/key-policy-not-public";
import { keyRotation } from "./rules/key/key-rotation";
import { platformVersion } from "./rules/launch/platform-version";
import { serviceRedeploysOnKeyChange } from "./rules/launch/service-redeploys-on-key-change";
import { windowsOnKeyedCluster } from "./rules/launch/windows-on-keyed-cluster";
import { execSessionEncrypted } from "./rules/monitoring/exec-session-encrypted";
import { logGroupKey } from "./rules/monitoring/log-group-key";
import { monitoringOffTheKey } from "./rules/monitoring/monitoring-off-the-key";
import { endpointPolicy } from "./rules/network/endpoint-policy";
import { privateNetworking } from "./rules/network/private-networking";
import type { Level, Profile, Rule } from "./rules/rule";
import { ebsVolumeKey } from "./rules/storage/ebs-volume-key";
import { efsEncrypted } from "./rules/storage/efs-encrypted";
import { efsInTransit } from "./rules/storage/efs-in-transit";

export const PACK_NAME = "fargate-cmk-policy";
/** The policy that carries the pack-wide settings; first in order, so that the rules after it know them. */
export const SETTINGS_ID = "settings";

/** The policy that tells which waivers and exemptions accept nothing; last in order. */
export const UNUSED_ID = "waivers-in-use";

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
  rules: [
    clusterFargateKey,
    clusterKeyForm,
    clusterKeyUsable,
    keyPolicyNotPublic,
    keyAdministratorPresent,
    keyRotation,
    keyDeletionWindow,
    keyNotDisabled,
    platformVersion,
    windowsOnKeyedCluster,
    serviceRedeploysOnKeyChange,
    ebsVolumeKey,
    efsEncrypted,
    efsInTransit,
    execSessionEncrypted,
    logGroupKey,
    monitoringOffTheKey,
    auditTrailKeepsKms,
    clusterAdminNeedsKeyCondition,
    taskRolesSeparate,
    taskUserInHostMode,
    privateNetworking,
    endpointPolicy,
    abacTags,
  ],
  tombstones: [],
};

/** The level of every policy of the pack in one profile. */
export function profileLevels({ rules }: Registry, profile: Profile): Readonly<Record<string, Level>> {
  return Object.fromEntries([
    [SETTINGS_ID, "mandatory"],
    ...rules.map(({ id, levels }) => [id, levels[profile]]),
    [UNUSED_ID, "advisory"],
  ]);
}

/** A profile as the pack's configuration file holds it: a level, or an object with level and parameters. */
export function profileConfiguration(registry: Registry, profile: Profile): Readonly<Record<string, unknown>> {
  const configured = Object.entries(profileLevels(registry, profile)).map(([id, level]) => {
    const rule = registry.rules.find((one) => one.id === id);
    if (rule?.parameters === undefined) return [id, level];
    return [id, { enforcementLevel: level, ...profileParameters(rule, profile) }];
  });
  return Object.fromEntries(configured);
}

/** Where a rule's page stands, for people who read a violation. */
export function pageOf(id: string): string {
  return `${PACK_NAME}/RULES.md#${id}`;
}
