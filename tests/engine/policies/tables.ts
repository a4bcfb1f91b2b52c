// What the policy pack says of each program, as resource, rule and level.
// Invariant: the tables are complete, so that a word too many fails as a missing one does.

export const PRESENCE = "cluster-fargate-key";
export const FORM = "cluster-key-form";
export const USABLE = "cluster-key-usable";
export const PLATFORM = "platform-version";
export const ROTATION = "key-rotation";

export type Table = readonly (readonly [name: string, rule: string, level: string])[];

/** Nothing exists yet; by the levels of the baseline. */
export const FIRST_PREVIEW: Table = [
  ["configuration-from-elsewhere", PRESENCE, "advisory"],
  ["exempt", PRESENCE, "mandatory"],
  ["first-on-linux", PLATFORM, "mandatory"],
  ["first-on-what", PLATFORM, "advisory"],
  ["key-alias", FORM, "mandatory"],
  ["key-bare-id", FORM, "advisory"],
  ["key-bare-id", USABLE, "advisory"],
  ["key-behind-an-alias", FORM, "advisory"],
  ["key-from-elsewhere", USABLE, "advisory"],
  ["key-known", USABLE, "advisory"],
  ["key-known-far-by-argument", FORM, "mandatory"],
  ["key-known-far-by-provider", FORM, "mandatory"],
  ["key-known-secret", USABLE, "advisory"],
  ["key-of-the-stack-by-default", USABLE, "mandatory"],
  ["key-of-the-stack-far", FORM, "mandatory"],
  ["key-of-the-stack-multi-region", FORM, "mandatory"],
  ["lower-case", PLATFORM, "mandatory"],
  ["none", PRESENCE, "mandatory"],
  ["none-after-transform", PRESENCE, "mandatory"],
  ["none-blank", PRESENCE, "mandatory"],
  ["none-empty", PRESENCE, "mandatory"],
  ["none-empty-storage", PRESENCE, "mandatory"],
  ["none-in-a-component", PRESENCE, "mandatory"],
  ["none-only-volumes", PRESENCE, "mandatory"],
  ["pin-from-elsewhere", PLATFORM, "advisory"],
  ["retired", PLATFORM, "mandatory"],
  ["retired-blank-before", PLATFORM, "mandatory"],
  ["retired-by-cluster", PLATFORM, "mandatory"],
  ["retired-spot", PLATFORM, "mandatory"],
  ["retired-task-set", PLATFORM, "mandatory"],
  ["still", ROTATION, "advisory"],
  ["two-numbers", PLATFORM, "mandatory"],
  ["waived", PRESENCE, "mandatory"],
];

/** Of these, what platform-version mends: a wrong pin of a launch that is surely on Fargate, and on either operating system. */
export const MENDED: readonly string[] = [
  "lower-case",
  "retired",
  "retired-blank-before",
  "retired-spot",
  "retired-task-set",
  "two-numbers",
];

/** One violation of every rule, with its level in the baseline, "off" where the rule is not asked there, and in the strict profile. */
export const VIOLATIONS: readonly (readonly [rule: string, name: string, baseline: string, strict: string])[] = [
  ["cluster-fargate-key", "no-key", "mandatory", "mandatory"],
  ["cluster-key-form", "key-by-alias", "mandatory", "mandatory"],
  ["cluster-key-usable", "closed", "mandatory", "mandatory"],
  ["key-policy-not-public", "is-open-to-everyone", "mandatory", "mandatory"],
  ["key-administrator-present", "has-no-administrator", "advisory", "mandatory"],
  ["key-rotation", "does-not-rotate", "advisory", "mandatory"],
  ["key-deletion-window", "is-gone-in-a-week", "advisory", "mandatory"],
  ["key-not-disabled", "is-disabled", "advisory", "mandatory"],
  ["platform-version", "retired-platform", "mandatory", "mandatory"],
  ["windows-on-keyed-cluster", "windows", "advisory", "advisory"],
  ["service-redeploys-on-key-change", "stays-on-the-old-key", "off", "advisory"],
  ["ebs-volume-key", "volume-without-key", "advisory", "advisory"],
  ["exec-session-encrypted", "exec-in-the-clear", "advisory", "mandatory"],
  ["log-group-key", "logs-without-key", "advisory", "mandatory"],
  ["monitoring-off-the-key", "alarm-on-the-watched-key", "advisory", "mandatory"],
  ["efs-encrypted", "files-in-the-clear", "advisory", "mandatory"],
  ["efs-in-transit", "mounts-in-the-clear", "advisory", "mandatory"],
  ["task-user-in-host-mode", "root-on-host", "off", "advisory"],
  ["task-roles-separate", "one-role", "off", "advisory"],
  ["private-networking", "public-address", "off", "advisory"],
  ["endpoint-policy", "open-endpoint", "off", "advisory"],
  ["cluster-admin-needs-key-condition", "clusters-without-key", "off", "advisory"],
  ["abac-tags", "untagged", "off", "advisory"],
  ["audit-trail-keeps-kms", "forgets-kms", "off", "advisory"],
];

/** Of these, what AWS itself refuses: no state can hold it. */
export const NEVER_IN_A_STATE: readonly string[] = ["key-by-alias"];

/** Every property that a rule reads is unknown: the strict profile, where every rule is asked. */
export const UNKNOWN: Table = [
  ["cloudtrail-Trail", "audit-trail-keeps-kms", "advisory"],
  ["cloudwatch-EventTarget", "platform-version", "advisory"],
  ["cloudwatch-EventTarget", "private-networking", "advisory"],
  ["ecs-Cluster", "abac-tags", "advisory"],
  ["ecs-Cluster", "cluster-fargate-key", "advisory"],
  ["ecs-Service", "abac-tags", "advisory"],
  ["ecs-Service", "ebs-volume-key", "advisory"],
  ["ecs-Service", "platform-version", "advisory"],
  ["ecs-Service", "private-networking", "advisory"],
  ["ecs-TaskDefinition", "abac-tags", "advisory"],
  ["ecs-TaskDefinition", "efs-in-transit", "advisory"],
  ["ecs-TaskDefinition", "task-user-in-host-mode", "advisory"],
  ["ecs-TaskSet", "abac-tags", "advisory"],
  ["ecs-TaskSet", "platform-version", "advisory"],
  ["ecs-TaskSet", "private-networking", "advisory"],
  ["efs-FileSystem", "efs-encrypted", "advisory"],
];

/** What looks wrong and is not. These two are told, and never stop anything, in either profile. */
export const QUIET: Table = [
  ["key-of-another-stack", USABLE, "advisory"],
  ["on-instances", PRESENCE, "advisory"],
];
